#include <set>
#include <string>

#include "moments/detector.h"

// Implementation notes: no read shows a volunteer. What is told is a note that names no bib: by a
// volunteer, or by an official who speaks of volunteers; an official's other notes without a bib
// are about mats and weather. One a point, the first that was written.

namespace hs::moments {
namespace {

bool speaks_of_volunteers(const model::NoteFact& note) {
  if (note.about) return false;  // Of help or of a storm: told as that.
  if (note.kind == model::NoteKind::Volunteer) return true;
  if (note.kind != model::NoteKind::Official) return false;
  std::string lower;
  for (const char c : note.text) {
    lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  for (const char* word : {"volunteer", "helfer", "freiwillig"}) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

/// A note about the whole event is told once: with its first race.
bool belongs_here(const FieldView& view, const model::NoteFact& note) {
  return note.race.empty() ? view.race.raw() == 0 : note.race == view.race_config().id;
}

}  // namespace

std::vector<Found> find_volunteers(const FieldView& view) {
  std::vector<Found> found;
  std::set<std::size_t> told;
  for (const model::Note& one : view.results->notes) {
    const model::NoteFact& note = one.note;
    if (!note.bibs.empty() || !belongs_here(view, note) || !speaks_of_volunteers(note)) continue;
    std::size_t anchor = view.finish();
    for (std::size_t column = 0; column < view.columns(); ++column) {
      if (view.point_name(column) == note.point) anchor = column;
    }
    if (!told.insert(anchor).second) continue;
    Found volunteers;
    volunteers.moment = make_moment(view, model::MomentKind::Volunteers, {}, anchor, 0.0, 1.0);
    put_on_shelf(volunteers.moment);
    model::Evidence evidence;
    evidence.what = "note";
    evidence.to = note.point;
    evidence.given = model::name_of(note.kind);
    evidence.note = one.seq;
    volunteers.moment.evidence = {evidence};
    found.push_back(std::move(volunteers));
  }
  return found;
}

}  // namespace hs::moments
