#include <algorithm>
#include <array>
#include <string>

#include "moments/detector.h"
#include "moments/noted_help.h"
#include "moments/quotes.h"
#include "moments/shared.h"
#include "moments/waits.h"

// Implementation notes: one search, two kinds. `helped` needs a signed note that names both and
// bears witness to help, or a remark whose words speak of it; the clock gives the cost. Without one
// the clock is told alone. Where there is such a note but it may not be told, nothing is: also the
// clock would point at the two. What the clock does not show stands on the note alone.

namespace hs::moments {
namespace {

/// Stems of the words that notes in the languages of `present/words` use of help. That a note uses
/// one does not make it true: it is quoted, and told as the note's.
constexpr std::array kOfHelp = {"help",      "assist",   "support",      "carr",    "guid",
                                "pull",      "wait",     "geholfen",     "half ih", "wartet",
                                "begleitet", "getragen", "gest\u00fctzt"};

bool speaks_of_help(const std::string& text) {
  std::string lower;
  for (const char c : text) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const char* word : kOfHelp) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

model::Evidence lost_evidence(const FieldView& view, const Wait& wait) {
  model::Evidence lost;
  lost.what = "lost";
  lost.from = view.point_name(wait.before);
  lost.to = view.point_name(wait.last);
  lost.bibs = {view.bib(wait.faster)};
  lost.seconds = whole_seconds(wait.cost);
  lost.reads = view.reads(wait.faster, std::array{wait.before, wait.last});
  return lost;
}

model::Evidence level_evidence(const FieldView& view, const Wait& wait) {
  model::Evidence level;
  level.what = "agreement";
  level.from = view.point_name(wait.first);
  level.to = view.point_name(wait.last);
  level.bibs = {view.bib(wait.faster), view.bib(wait.slower)};
  level.seconds = whole_seconds(kLevel);
  level.rank_in_field = static_cast<std::uint32_t>(wait.points);
  level.of = static_cast<std::uint32_t>(wait.common);
  return level;
}

Found tell(const FieldView& view, const Wait& wait, model::MomentKind kind) {
  Found found;
  found.moment =
      make_moment(view, kind, {wait.faster, wait.slower}, wait.first, wait.net_bits, wait.valid);
  found.minutes_order = whole_seconds(wait.cost);
  found.moment.evidence = {lost_evidence(view, wait),
                           level_evidence(view, wait),
                           stretch_evidence(view, wait.faster, 0, wait.before),
                           stretch_evidence(view, wait.slower, 0, wait.before),
                           passing_evidence(view, wait.faster, view.finish()),
                           passing_evidence(view, wait.slower, view.finish())};
  if (wait.returned) {
    found.moment.evidence.push_back(stretch_evidence(view, wait.faster, wait.last, view.finish()));
  }
  return found;
}

/// A wait that a note bears witness to: whoever else it names belongs to it.
void add_witness(const FieldView& view, const model::Note& note, model::Moment& moment) {
  const auto named = named_in_help(*view.results, view.race, note.note);
  for (const model::EntrantId id : named.value_or(std::vector<model::EntrantId>())) {
    const bool is_new =
        std::find(moment.people.begin(), moment.people.end(), id) == moment.people.end();
    if (is_new) moment.people.push_back(id);
  }
  moment.evidence.push_back(witness_evidence(note));
}

std::vector<Found> tell_all(const FieldView& view, const std::vector<Wait>& waits) {
  if (waits.empty()) return {};
  const Quotes quotes(view);
  std::vector<Found> found;
  for (const Wait& wait : waits) {
    const std::array people = {view.people[wait.faster], view.people[wait.slower]};
    const model::Note* witness = quotes.witness_of(people);
    const model::Note* note = witness != nullptr ? witness : quotes.about_all(people);
    if (note != nullptr && quotes.is_held(*note)) continue;
    const bool helped = note != nullptr && (witness != nullptr || speaks_of_help(note->note.text));
    found.push_back(tell(
        view, wait, helped ? model::MomentKind::Helped : model::MomentKind::WaitedAndReturned));
    if (witness != nullptr) add_witness(view, *witness, found.back().moment);
  }
  return found;
}

}  // namespace

std::vector<Found> find_waited_or_helped(const FieldView& view) {
  if (view.columns() < 4) return {};
  return tell_all(view, find_waits(view));
}

std::vector<Found> judge_waited_or_helped(const FieldView& view, const Shared& day,
                                          std::size_t row) {
  if (!day.waits || !day.habits) return {};
  return tell_all(view, waits_of(view, *day.habits, *day.waits, row));
}

}  // namespace hs::moments
