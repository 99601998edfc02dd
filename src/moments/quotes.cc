#include "moments/quotes.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "moments/assistance.h"

namespace hs::moments {
namespace {

/// "yes", "1", "first half": anything but a plain no.
bool is_first(const std::string& text) {
  std::string plain;
  for (const char c : text) plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return !plain.empty() && plain != "no" && plain != "n" && plain != "0" && plain != "false";
}

}  // namespace

const char* name_of(Hold hold) {
  constexpr std::array kNames = {"private",      "hidden",        "minor",        "not-in",
                                 "only-just-in", "open-question", "without-tell", "help-not-ruled"};
  static_assert(kNames.size() == static_cast<std::size_t>(Hold::HelpNotRuled) + 1);
  return kNames[static_cast<std::size_t>(hold)];
}

bool tells_of_a_first(const model::Person& person) {
  return is_first(person.first_time) && person.why.size() >= kLeastWords;
}

bool may_quote(const FieldView& view, std::size_t row) {
  return view.tells[row] && view.telling[row] == Telling::All;
}

void keep_longest(const FieldView& view, std::vector<std::size_t>& rows) {
  constexpr std::size_t kShelf = 10;
  const auto time = [&](std::size_t row) { return view.net_at(row, view.finish()); };
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return time(a) != time(b) ? time(a) > time(b) : a < b;
  });
  rows.resize(std::min(rows.size(), kShelf));
}

Quotes::Quotes(const FieldView& view) : view_(view) {
  for (const model::Note& note : view.results->notes) {
    const bool here = note.note.race.empty() || note.note.race == view.race_config().id;
    if (here && !note.note.bibs.empty()) notes_.push_back(&note);
  }
  // Their order is that of the kinds: official, announcer, runner, volunteer; then as they came.
  std::stable_sort(notes_.begin(), notes_.end(), [](const model::Note* a, const model::Note* b) {
    return a->note.kind < b->note.kind;
  });
  std::set<model::BibNumber> named;
  for (const model::Note* note : notes_)
    named.insert(note->note.bibs.begin(), note->note.bibs.end());
  for (std::size_t row = 0; row < view.rows() && !named.empty(); ++row) {
    const model::BibNumber bib = view.bib(row);
    if (named.count(bib) > 0) row_of_[bib] = row;
  }
}

std::vector<model::EntrantId> Quotes::named_in(const model::Note& note) const {
  std::vector<model::EntrantId> named;
  for (const model::BibNumber& bib : note.note.bibs) {
    const auto row = row_of_.find(bib);
    if (row != row_of_.end()) named.push_back(view_.people[row->second]);
  }
  return named;
}

Hold Quotes::why_not_told(std::size_t row) const {
  const model::EntrantId id = view_.people[row];
  const model::Entrant& entrant = view_.results->entrants[id.raw()];
  if (entrant.is_private) return Hold::Private;
  if (view_.results->runners[id.raw()].hidden_by) return Hold::Hidden;
  if (has_open_question(*view_.results, id)) return Hold::OpenQuestion;
  // Who is told of except in hardship is a minor, or in only just now.
  return is_minor(entrant) ? Hold::Minor : Hold::OnlyJustIn;
}

Hold Quotes::why_no_row(const model::BibNumber& bib) const {
  const auto& entrants = view_.results->entrants;
  const bool is_private =
      std::any_of(entrants.begin(), entrants.end(), [&](const model::Entrant& entrant) {
        return entrant.is_private && entrant.race == view_.race_config().id && entrant.bib == bib;
      });
  return is_private ? Hold::Private : Hold::NotIn;
}

std::optional<Held> Quotes::why_held(const model::Note& note) const {
  for (const model::BibNumber& bib : note.note.bibs) {
    const auto row = row_of_.find(bib);
    // Whoever is not among the finishers is not spoken of by others either.
    if (row == row_of_.end()) return Held{why_no_row(bib), bib};
    if (view_.telling[row->second] != Telling::All) return Held{why_not_told(row->second), bib};
    if (note.note.kind == model::NoteKind::Runner && !may_quote(view_, row->second)) {
      return Held{Hold::WithoutTell, bib};
    }
  }
  if (may_tell_help(*view_.results, view_.race, named_in(note))) return std::nullopt;
  return Held{Hold::HelpNotRuled, std::nullopt};
}

bool Quotes::names_all(const model::Note& note, std::span<const model::EntrantId> people) const {
  const std::vector<model::EntrantId> named = named_in(note);
  return std::all_of(people.begin(), people.end(), [&](model::EntrantId id) {
    return std::find(named.begin(), named.end(), id) != named.end();
  });
}

const model::Note* Quotes::about_all(std::span<const model::EntrantId> people) const {
  const auto note = std::find_if(notes_.begin(), notes_.end(),
                                 [&](const auto* one) { return names_all(*one, people); });
  return note == notes_.end() ? nullptr : *note;
}

const model::Note* Quotes::witness_of(std::span<const model::EntrantId> people) const {
  const auto note = std::find_if(notes_.begin(), notes_.end(), [&](const auto* one) {
    return one->note.about == model::NoteSubject::Help && !model::misfit_of(one->note) &&
           names_all(*one, people);
  });
  return note == notes_.end() ? nullptr : *note;
}

void Quotes::add_note(model::Moment& moment) const {
  const model::Note* best = nullptr;
  std::ptrdiff_t most = 0;
  for (const model::Note* note : notes_) {
    const std::vector<model::EntrantId> named = named_in(*note);
    const auto common =
        std::count_if(moment.people.begin(), moment.people.end(), [&](model::EntrantId id) {
          return std::find(named.begin(), named.end(), id) != named.end();
        });
    if (common <= most || is_held(*note)) continue;
    best = note;
    most = common;
  }
  if (best == nullptr) return;
  model::Evidence evidence;
  evidence.what = "note";
  evidence.to = best->note.point;
  evidence.bibs = best->note.bibs;
  evidence.given = model::name_of(best->note.kind);
  evidence.note = best->seq;
  moment.evidence.push_back(std::move(evidence));
}

void Quotes::add_own_words(model::Moment& moment) const {
  // These tell the runner's own words themselves.
  if (moment.kind == model::MomentKind::OwnWords) return;
  for (const model::EntrantId id : moment.people) {
    const model::Person& person = view_.results->persons[id.raw()];
    const bool dedicated = person.dedication.size() >= kLeastWords;
    if (!dedicated && person.cause.size() < kLeastWords) continue;
    const auto row = std::find(view_.people.begin(), view_.people.end(), id);
    if (row == view_.people.end()) continue;
    if (!may_quote(view_, static_cast<std::size_t>(row - view_.people.begin()))) continue;
    model::Evidence evidence;
    evidence.what = "own-words";
    evidence.bibs = {view_.results->entrants[id.raw()].bib};
    evidence.given = dedicated ? "dedication" : "cause";
    moment.evidence.push_back(std::move(evidence));
    return;
  }
}

void Quotes::add_to(model::Moment& moment) const {
  add_note(moment);
  add_own_words(moment);
}

}  // namespace hs::moments
