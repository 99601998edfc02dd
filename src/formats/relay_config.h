#pragma once

#include <cstddef>
#include <map>

#include "formats/race_config.h"

namespace hs::formats {

/// Where the legs and mass starts of a race were written, for the checks between them.
struct RelayPlaces {
  std::map<std::size_t, base::Place> points;  ///< By index: of `leg` at a point.
  std::map<std::size_t, base::Place> waves;   ///< By index: of `leg` at a wave.
  base::Place race;
  bool is_relay = false;  ///< kind = "relay".
};

/// Checks what makes a race a relay: legs that end at timed points, the last at the finish; mass
/// starts of known legs, later ones later; a gun of its own for the first leg. In a relay the least
/// times that nobody gave are counted anew from each exchange, since whoever takes over is fresh.
///
/// Errors: a fault each, with its place; a race without legs is untouched.
void settle_relay(const RelayPlaces& places, Faults& faults, model::Race& race);

}  // namespace hs::formats
