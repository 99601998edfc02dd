#include <algorithm>
#include <string>

#include "moments/detector.h"
#include "moments/storm_note.h"

// Implementation notes: no read shows weather. An official's note that bears witness to a storm
// does, and the moment is that note and how many of the field finished. The last such note holds;
// one that was undone is no longer among the notes.

namespace hs::moments {
namespace {

/// What was said, without the blanks around it and the full stop, which the sentence around has.
std::string said(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

const model::Note* storm_note(const FieldView& view) {
  const model::Note* last = nullptr;
  for (const model::Note& note : view.results->notes) {
    const bool here = note.note.race.empty() || note.note.race == view.race_config().id;
    const bool fits = note.note.about == model::NoteSubject::Storm && !model::misfit_of(note.note);
    if (here && fits) last = &note;
  }
  return last;
}

std::vector<Found> find_storms(const FieldView& view) {
  const model::Note* last = storm_note(view);
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
