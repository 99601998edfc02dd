#include <string>

#include "model/fact.h"

// Implementation notes: a note that bears witness is held to what it can bear. What does not fit is
// refused where somebody types it, since a word that is silently passed over is worse than one that
// is asked about again; a stored note that does not fit is a remark to whoever reads it.

namespace hs::model {
namespace {

std::optional<Misfit> misfit_of_help(const NoteFact& note) {
  if (note.kind == NoteKind::Runner) {
    return Misfit{"about",
                  "found 'help' in a runner's note, expected it of an official, an announcer or a "
                  "volunteer; a runner's own words are quoted as theirs"};
  }
  if (note.bibs.empty()) return Misfit{"about", "found 'help' of nobody, expected a bib or more"};
  return std::nullopt;
}

std::optional<Misfit> misfit_of_storm(const NoteFact& note) {
  if (note.kind != NoteKind::Official) {
    return Misfit{"about", std::string("found 'storm' in a note of the kind '") +
                               name_of(note.kind) + "', expected it of an official"};
  }
  if (!note.bibs.empty()) {
    return Misfit{"about", "found 'storm' and bibs, expected a storm over everybody"};
  }
  if (note.from.has_value() != note.until.has_value()) {
    return Misfit{note.from ? "from" : "until", "found alone, expected 'from' and 'until' or none"};
  }
  if (note.from && *note.from >= *note.until) {
    return Misfit{"until", "found a time that is not after 'from'"};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Misfit> misfit_of(const NoteFact& note) {
  if (note.about == NoteSubject::Storm) return misfit_of_storm(note);
  if (note.from || note.until) {
    return Misfit{note.from ? "from" : "until",
                  "has no meaning for a note that is not about a "
                  "storm"};
  }
  return note.about ? misfit_of_help(note) : std::nullopt;
}

}  // namespace hs::model
