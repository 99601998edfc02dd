#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "model/cup.h"
#include "model/result.h"

namespace hs::scoring {

/// One finish of one person in one race of the cup. Invariant: a person at most once a race.
struct CupFinish {
  std::size_t person = 0;
  std::size_t race = 0;        ///< In the order of time.
  base::Duration official{0};  ///< As the race rounds it.
  std::uint32_t place = 1;     ///< In the race; by sex where the cup has the sexes apart.
};

/// What one race gave.
struct CupScoreOf {
  std::size_t race = 0;
  std::int64_t score = 0;  ///< Points, microseconds, or thousandths of the median.
  bool counts = false;     ///< Among the best that make the total.
};

struct CupStanding {
  std::size_t person = 0;
  /// Absent: too few races, and too few to come.
  std::optional<model::Placing> placing;
  bool complete = false;          ///< Ran as many as are needed.
  std::int64_t total = 0;         ///< Of the races that count; as `CupScoreOf::score`.
  std::vector<CupScoreOf> races;  ///< By race.
};

/// The standings of a cup: who ran enough by total, then who still may by races run and total,
/// then the others without a place in the same order; equal ones by `person`.
///
/// `medians` has the median official time of each race that was run, by race; only
/// `CupScore::Median` needs it. `to_come` races are still to be run.
/// Cost: n log n in the number of finishes; a tie among k people is k^2.
[[nodiscard]] std::vector<CupStanding> cup_standings(const std::vector<CupFinish>& finishes,
                                                     std::size_t people, std::size_t to_come,
                                                     const std::vector<base::Duration>& medians,
                                                     const model::CupRules& rules);

/// The middle of the official times of all finishers; of an even number the upper one of the two in
/// the middle. Absent without a finisher.
[[nodiscard]] std::optional<base::Duration> median_time(std::vector<base::Duration> times);

}  // namespace hs::scoring
