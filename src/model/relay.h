#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/event.h"

namespace hs::model {

/// A leg of a relay: the points behind `from` up to and with `to` are run on it.
struct RelayLeg {
  std::string id;
  std::size_t from = 0;  ///< Index of the point at which it begins.
  std::size_t to = 0;    ///< Index of the point at which it ends.
};

/// The legs of a race in course order; empty: it is no relay.
[[nodiscard]] std::vector<RelayLeg> legs_of(const Race& race);

/// True where points end legs.
[[nodiscard]] bool is_relay(const Race& race);

/// True for a gun that begins a later leg, and not the race of those entered in a wave.
[[nodiscard]] inline bool is_mass_start(const Wave& wave) { return !wave.leg.empty(); }

/// The gun at which a leg begins at the latest: the first one fired of the mass starts of this leg
/// and of later ones. Absent: it begins with the exchange, however late.
/// Precondition: `leg` is an index into `legs`, which are those of `race`.
[[nodiscard]] std::optional<base::RaceTime> mass_start_of(const Race& race,
                                                          const std::vector<RelayLeg>& legs,
                                                          std::size_t leg);

}  // namespace hs::model
