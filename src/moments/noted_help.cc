#include "moments/noted_help.h"

#include <algorithm>

#include "moments/assistance.h"

// Implementation notes: the view holds finishers on foot; help is told of others as well, so people
// are looked up in the results. No rarity: every race may have a note, and how seldom help is
// nobody can count, since most of it is never written down. It stands on the shelf with the weight
// of its kind (detector.cc). Minors are told of: help is neither a collapse nor a last place. But
// the words of the note may be about either, so the quotation of minors' notes is held (quotes.h).

namespace hs::moments {
namespace {

using model::EntrantId;
using model::RunnerStatus;

std::vector<EntrantId> entered_as(const model::EventResults& results, const model::BibNumber& bib) {
  std::vector<EntrantId> found;
  for (std::size_t i = 0; i < results.entrants.size(); ++i) {
    if (results.entrants[i].bib == bib) found.emplace_back(static_cast<std::uint32_t>(i));
  }
  return found;
}

/// The one of this race with the bib; nothing where a note without a race may mean another's.
std::optional<EntrantId> meant(const model::EventResults& results, model::RaceId race,
                               const model::NoteFact& note, const model::BibNumber& bib) {
  const std::vector<EntrantId> all = entered_as(results, bib);
  if (note.race.empty() && all.size() > 1) return std::nullopt;
  const auto at = std::find_if(
      all.begin(), all.end(), [&](EntrantId id) { return results.runners[id.raw()].race == race; });
  return at == all.end() ? std::nullopt : std::optional(*at);
}

std::size_t anchor_of(const FieldView& view, const std::string& point) {
  for (std::size_t column = 0; column < view.columns(); ++column) {
    if (view.point_name(column) == point) return column;
  }
  return view.finish();
}

bool may_tell(const FieldView& view, const std::vector<EntrantId>& people) {
  const model::EventResults& results = *view.results;
  return may_tell_help(results, view.race, people) &&
         std::all_of(people.begin(), people.end(), [&](EntrantId id) {
           return may_be_named_in_help(results, id) &&
                  !is_in_hold(results, results.runners[id.raw()], view.latest);
         });
}

Found tell(const FieldView& view, const model::Note& note, const std::vector<EntrantId>& people) {
  Found found;
  found.moment = make_moment_of(view, model::MomentKind::Helped, people,
                                anchor_of(view, note.note.point), 0.0, 1.0);
  put_on_shelf(found.moment);
  found.moment.evidence = {witness_evidence(note)};
  for (const EntrantId id : people) {
    const auto row = std::find(view.people.begin(), view.people.end(), id);
    if (row == view.people.end()) continue;
    const auto at = static_cast<std::size_t>(row - view.people.begin());
    found.moment.evidence.push_back(passing_evidence(view, at, view.finish()));
  }
  return found;
}

}  // namespace

std::optional<std::vector<EntrantId>> named_in_help(const model::EventResults& results,
                                                    model::RaceId race,
                                                    const model::NoteFact& note) {
  const bool here = note.race.empty() || note.race == results.event.races[race.raw()].id;
  if (!here || note.about != model::NoteSubject::Help || model::misfit_of(note)) return {};
  std::vector<EntrantId> people;
  for (const model::BibNumber& bib : note.bibs) {
    const auto id = meant(results, race, note, bib);
    if (!id) return std::nullopt;
    if (std::find(people.begin(), people.end(), *id) == people.end()) people.push_back(*id);
  }
  return people;
}

bool may_be_named_in_help(const model::EventResults& results, EntrantId id) {
  const RunnerStatus status = results.runners[id.raw()].status;
  const bool known_how_it_ended =
      status == RunnerStatus::Finished || status == RunnerStatus::OutOfCompetition ||
      status == RunnerStatus::DidNotFinish || status == RunnerStatus::Disqualified;
  return known_how_it_ended && !results.entrants[id.raw()].is_private &&
         !results.runners[id.raw()].hidden_by && !has_open_question(results, id);
}

model::Evidence witness_evidence(const model::Note& note) {
  model::Evidence evidence;
  evidence.what = "witness";
  evidence.to = note.note.point;
  evidence.bibs = note.note.bibs;
  evidence.given = model::name_of(note.note.kind);
  evidence.note = note.seq;
  return evidence;
}

std::vector<Found> find_noted_help(const FieldView& view) {
  std::vector<Found> found;
  for (const model::Note& note : view.results->notes) {
    const auto people = named_in_help(*view.results, view.race, note.note);
    if (people && may_tell(view, *people)) found.push_back(tell(view, note, *people));
  }
  return found;
}

}  // namespace hs::moments
