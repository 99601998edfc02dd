#include <algorithm>
#include <string>
#include <string_view>

#include "moments/detector.h"

// Implementation notes: no read shows weather. An official's note about the whole race that begins
// with "storm:" does, and the moment is that note and how many of the field finished. The last such
// note holds; one that was undone is no longer among the notes.

namespace hs::moments {
namespace {

constexpr std::string_view kMark = "storm:";

bool is_marked(std::string_view text) {
  if (text.size() <= kMark.size()) return false;
  return std::equal(kMark.begin(), kMark.end(), text.begin(), [](char mark, char c) {
    return mark == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  });
}

bool is_about(const FieldView& view, const model::NoteFact& note) {
  return note.kind == model::NoteKind::Official && note.bibs.empty() &&
         (note.race.empty() || note.race == view.race_config().id) && is_marked(note.text);
}

/// What was said, without the mark and the blanks around it.
std::string said(std::string_view text) {
  text.remove_prefix(kMark.size());
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

std::vector<Found> find_storms(const FieldView& view) {
  const model::Note* last = nullptr;
  for (const model::Note& note : view.results->notes) {
    if (is_about(view, note.note)) last = &note;
  }
  if (last == nullptr || said(last->note.text).empty()) return {};
  std::uint32_t started = 0;
  std::uint32_t finished = 0;
  for (const model::RunnerResult& runner : view.results->runners) {
    if (runner.race != view.race) continue;
    const bool heard =
        std::any_of(runner.splits.begin(), runner.splits.end(),
                    [](const model::Split& split) { return split.passing.has_value(); });
    started += heard ? 1u : 0u;
    finished += heard && runner.status == model::RunnerStatus::Finished ? 1u : 0u;
  }
  if (started == 0) return {};
  Found found;
  found.moment = make_moment_of(view, model::MomentKind::Storm, {}, view.finish(), 0.0, 1.0);
  put_on_shelf(found.moment);
  model::Evidence note;
  note.what = "note";
  note.to = view.point_name(view.finish());
  note.given = said(last->note.text);
  note.note = last->seq;
  model::Evidence field;
  field.what = "finished";
  field.to = note.to;
  field.rank_in_field = finished;
  field.of = started;
  found.moment.evidence = {note, field};
  return {found};
}

}  // namespace hs::moments
