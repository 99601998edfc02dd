#pragma once

#include "base/check.h"
#include "formats/entrants_file.h"

/// What the fuzz targets of entry lists have in common.
namespace hs::fuzz {

/// An event of a race "half" and another one, with a wave each.
inline model::Event two_races(const char* other) {
  model::Event event;
  event.date = base::Date{2026, 5, 8};
  for (const char* id : {"half", other}) {
    model::Race race;
    race.id = id;
    race.name = id;
    race.waves.push_back(model::Wave{"A", {}});
    race.points.resize(2);
    race.points[1].distance = base::Distance::metres(10'000);
    event.races.push_back(race);
  }
  return event;
}

/// What holds of every list that was taken.
template <typename Read>
void check_entries(const Read& read) {
  HS_CHECK(read.entries.size() == read.lines.size(), "a line for every entry");
  for (const model::EntrantFact& entry : read.entries) {
    HS_CHECK(!entry.entrant.bib.empty() && !entry.entrant.race.empty(), "a bib and a race");
    for (const char c : entry.person.name) {
      HS_CHECK(static_cast<unsigned char>(c) >= ' ' && c != '\x7f', "no control characters");
    }
  }
}

}  // namespace hs::fuzz
