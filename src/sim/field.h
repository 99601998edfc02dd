#pragma once

#include <cstdint>
#include <vector>

#include "sim/plan.h"
#include "sim/random.h"
#include "sim/runner.h"

namespace hs::sim {

/// Draws the entries of a field: sex, age, name, club, goal, net time of the day, wave by ability.
///
/// Order: by bib, which runs from 1 by the seeded time, the quick first. Everybody starts and
/// carries their own chip; nobody has a way yet.
/// Cost:    O(runners log runners).
[[nodiscard]] std::vector<Runner> draw_field(const Plan& plan, std::uint32_t runners,
                                             std::uint64_t seed);

/// Plants the troubles of docs/simulator.md that are people's: each on at least two runners where
/// the field has room, else by its rate. Runners whose troubles hold `Scene` are left alone.
void plant_people_troubles(const Plan& plan, std::vector<Runner>& field, Random& random);

/// Plants the troubles that are the boxes': clocks, dead mats and antennas, power; not those in
/// `leave_out`.
void plant_box_troubles(Plan& plan, const std::vector<Trouble>& leave_out);

/// Lays the way of every runner who starts, from the pen to the walk away.
///
/// `heat_per_mille` slows the last fifth of the way by that much and earlier parts by less.
void lay_ways(const Plan& plan, std::vector<Runner>& field, std::uint64_t seed,
              std::uint32_t heat_per_mille);

/// A runner's times at the ends of whole kilometres and of the race, since the start.
struct KilometreTime {
  base::Distance along;
  base::Duration since_start{0};
};

/// Lays one runner's way through given times. The first kilometre time is behind the start, the
/// last the finish, or where the runner stops. `crosses` is the (last) crossing of the start.
/// Behaviour before the start and behind the finish comes from the runner's troubles.
void lay_way(const Plan& plan, Runner& runner, base::RaceTime crosses,
             const std::vector<KilometreTime>& times, Random& random);

/// Ends everybody's way where they are at `at`, and notes it.
void stop_race(const Plan& plan, std::vector<Runner>& field, base::RaceTime at);

}  // namespace hs::sim
