#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "model/entrant.h"
#include "model/event.h"
#include "sim/truth.h"

namespace hs::sim {

/// Where somebody is at an instant: `along` the axis of the course (before the start negative,
/// beyond the finish more than the race is long), `beside` it to the right.
struct Knot {
  base::RaceTime at;
  base::Distance along;
  base::Distance beside;
};

/// The way of one person over the ground: straight and even between knots, nowhere before the
/// first and behind the last. `at` rises; `along` may go back (the walk home under the arch).
using Way = std::vector<Knot>;

/// Chips are numbers here; files write them as their device does.
using ChipNumber = std::uint32_t;

/// One line of the entry list, and what its owner does on the day.
struct Runner {
  model::Entrant entrant;  ///< `chips` as entered.
  model::Person person;
  std::string goal_time;            ///< As the entry list has it, "3:45:00".
  std::size_t wave = 0;             ///< Entered for; index into the plan's waves.
  std::size_t started_wave = 0;     ///< Starts with.
  std::int64_t net_goal_us = 0;     ///< What the runner would need today, start to finish.
  std::vector<ChipNumber> chips;    ///< Entered for this runner.
  std::vector<ChipNumber> carries;  ///< On the body today.
  bool starts = true;
  Way way;
  std::vector<Trouble> troubles;
};

/// Notes a trouble once, keeping the order of the enum.
void add_trouble(std::vector<Trouble>& troubles, Trouble trouble);
[[nodiscard]] bool has_trouble(const std::vector<Trouble>& troubles, Trouble trouble);

/// When the way first comes to `along` going forward; absent: never.
[[nodiscard]] std::optional<base::RaceTime> first_crossing(const Way& way, base::Distance along);

/// When the way last leaves `along` going forward; absent: never.
[[nodiscard]] std::optional<base::RaceTime> last_crossing(const Way& way, base::Distance along);

}  // namespace hs::sim
