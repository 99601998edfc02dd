#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "model/event.h"
#include "model/ids.h"
#include "model/result.h"

// What an archive knows of the runners of an event: their earlier races, and how fast those races
// were. Values, found by whoever has the archive (`history/past.h`); moments are told from them.

namespace hs::model {

/// An earlier race.
struct PastRace {
  std::string id;
  std::string name;
  base::Date date;
  std::optional<base::Distance> distance;
  bool is_interrupted = false;         ///< Stopped for some or all runners.
  std::optional<RaceId> continued_by;  ///< The race of the event that is its next edition.
  friend bool operator==(const PastRace&, const PastRace&) = default;
};

/// True where an earlier race was as long as one of this length, to half a percent: nearer than
/// projections ask (`projection::is_as_long`), since bests are told of it.
[[nodiscard]] inline bool is_as_long(const PastRace& race, base::Distance here) {
  if (!race.distance) return false;
  const std::int64_t off = (*race.distance - here).in_millimetres();
  return (off < 0 ? -off : off) * 200 <= here.in_millimetres();
}

/// One earlier result of a runner.
struct PastResult {
  std::uint32_t race = 0;  ///< Into `Past::races`.
  RunnerStatus status = RunnerStatus::Finished;
  /// Since the runner's own start, or on a clock that the file does not name; absent where the
  /// file has only the gun's, which would make every later net time look better than it is.
  std::optional<base::Duration> time;
  std::optional<std::uint32_t> place;
  double sure = 1;  ///< The probability that it is this runner's.
  friend bool operator==(const PastResult&, const PastResult&) = default;
};

/// The fastest of the earlier editions of one race.
struct PastBests {
  struct Best {
    base::Duration time{0};
    std::uint32_t race = 0;  ///< Into `Past::races`.
    friend bool operator==(const Best&, const Best&) = default;
  };
  RaceId race;  ///< Of the event.
  Sex sex = Sex::Female;
  std::optional<std::uint16_t> age;  ///< Absent: of all ages.
  std::uint32_t finishers = 0;       ///< Of that sex and age, in all editions.
  std::vector<Best> fastest;         ///< At most `kPastBests`, the fastest first.
  friend bool operator==(const PastBests&, const PastBests&) = default;
};
inline constexpr std::size_t kPastBests = 10;

/// All of it. A snapshot: it does not change while the race runs.
struct Past {
  std::vector<PastRace> races;                   ///< By date, then id; all before the event.
  std::vector<std::vector<PastResult>> runners;  ///< By EntrantId; by race.
  std::vector<PastBests> bests;                  ///< By race, sex, age.
  /// By EntrantId: the age grade of this race's finish, in hundredths of a percent; empty without
  /// tables of standards.
  std::vector<std::optional<std::uint32_t>> age_grades;
  friend bool operator==(const Past&, const Past&) = default;
};

}  // namespace hs::model
