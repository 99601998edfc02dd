#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/published.h"
#include "projection/course.h"

namespace hs::evaluate {

/// How the instants of a field were found.
enum class ClockSource : std::uint8_t {
  TimeOfDay,  ///< The file has times of day: true.
  GunAndNet,  ///< The difference of gun and net time is the way to the start: true.
  Assumed,    ///< Net times alone: waves by bib, see `field_of`.
};
[[nodiscard]] const char* name_of(ClockSource source);

/// The runners of a published race as a projection would have met them.
struct Field {
  std::string name;
  std::vector<std::string> point_ids;  ///< As `course.points`; also where distances are unknown.
  projection::Course course;           ///< Empty where a point has no distance: a trail.
  std::vector<projection::Runner>
      runners;                         ///< With the finish as last time, absent if not reached.
  std::vector<base::RaceTime> starts;  ///< When each crossed the start; day 0 is the race's.
  std::vector<std::size_t> rows;       ///< Which result of the race each runner is.
  ClockSource clock = ClockSource::Assumed;
  bool is_interrupted = false;  ///< Stopped for some: the finishers are survivors.

  [[nodiscard]] bool has_distances() const { return !course.points.empty(); }
  [[nodiscard]] std::size_t finish() const { return point_ids.size() - 1; }
  [[nodiscard]] std::size_t finishers() const;
};

/// Makes a field of a published race.
///
/// Runners in a field of their own (wheelchairs) are left out, splits that the timer estimated or
/// that contradict each other count as missed. On files with net times alone, waves of 9,000 bibs
/// start 25 minutes apart, and bibs with an F 28 minutes before all: *assumed*, and said so.
[[nodiscard]] Field field_of(const model::PublishedRace& race);

}  // namespace hs::evaluate
