#include "moments/held_notes.h"

#include <algorithm>
#include <map>
#include <optional>

#include "moments/field_view.h"

namespace hs::moments {
namespace {

/// The races in which somebody that a note names is entered.
std::vector<model::RaceId> races_of(const model::EventResults& results,
                                    const model::NoteFact& note) {
  std::vector<model::RaceId> out;
  for (std::size_t race = 0; race < results.event.races.size(); ++race) {
    const std::string& id = results.event.races[race].id;
    if (!note.race.empty() && note.race != id) continue;
    const bool named = std::any_of(
        results.entrants.begin(), results.entrants.end(), [&](const model::Entrant& entrant) {
          return entrant.race == id &&
                 std::find(note.bibs.begin(), note.bibs.end(), entrant.bib) != note.bibs.end();
        });
    if (named) out.emplace_back(static_cast<model::RaceId::rep>(race));
  }
  return out;
}

/// A race as its notes are judged in.
struct Judged {
  FieldView view;
  std::optional<Quotes> quotes;
};

}  // namespace

std::vector<HeldNote> held_notes(const model::EventResults& results) {
  std::map<model::RaceId, Judged> judged;  // A map: quotes point into their view.
  std::vector<HeldNote> out;
  for (const model::Note& note : results.notes) {
    if (note.note.bibs.empty()) continue;
    std::optional<Held> held = Held{Hold::NotIn, note.note.bibs.front()};
    bool first = true;
    for (const model::RaceId race : races_of(results, note.note)) {
      Judged& one = judged[race];
      if (!one.quotes) {
        one.view = view_field(results, race);
        one.quotes.emplace(one.view);
      }
      const std::optional<Held> here = one.quotes->why_held(note);
      if (first || !here) held = here;
      first = false;
      if (!here) break;
    }
    if (held) out.push_back({&note, *held});
  }
  return out;
}

}  // namespace hs::moments
