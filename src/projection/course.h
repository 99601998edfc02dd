#pragma once

#include <cmath>
#include <optional>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "model/event.h"

namespace hs::projection {

/// Where a race has points.
/// Order: rising distances above zero; the start is left out and the last is the finish.
struct Course {
  std::vector<base::Distance> points;
  friend bool operator==(const Course&, const Course&) = default;
  [[nodiscard]] std::size_t finish() const { return points.size() - 1; }
};

/// True where two courses are of one length, to 1 %: a mat may stand some metres off. Any unit;
/// `of` is the one that the hundredth is taken of.
[[nodiscard]] inline bool is_as_long(double length, double of) {
  return std::abs(length - of) <= 0.01 * of;
}

/// A runner as the points saw him.
/// Shape: `times` has one entry a point of the course; absent where the mat missed him or he has
///        not come yet. Units: since his own start.
struct Runner {
  std::vector<std::optional<base::Duration>> times;
  std::optional<model::Sex> sex;
  std::optional<int> age;  ///< Years on race day.
};

/// A race that is over, to learn from. Whoever has no time at the finish teaches nothing here.
struct PastRace {
  Course course;
  std::vector<Runner> runners;
};

/// What may be known of a runner at an instant.
struct Known {
  const Runner* runner = nullptr;
  std::size_t at = 0;  ///< Points behind this one are not looked at.
  /// Since the runner's own start; absent: he has only just been seen.
  std::optional<base::Duration> elapsed;
  std::optional<base::Duration> cut_off;  ///< Of the finish, since the runner's own start.
};

}  // namespace hs::projection
