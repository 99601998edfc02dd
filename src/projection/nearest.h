#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/projection.h"
#include "projection/course.h"

namespace hs::projection {

/// Projects from the past runners most like this one on the same course: for trails, where climbs,
/// nights and cut-offs make pace a word without meaning. Whoever was here at the same time after
/// the same start ran into the same night.
///
/// Likeness is the time here and the share of it since about half of it; among the nearest a
/// local line gives the rest of the race, and their misses its distribution. It holds for those
/// who finish: the past's non-finishers have no rest to learn from.
class NearestRunners {
 public:
  /// `past` has its times at the points of the course to project on, absent where that past race
  /// had no such point; the finish is last. Order: any; the result does not depend on it but for
  /// runners with equal times.
  explicit NearestRunners(std::span<const Runner> past);

  /// Nothing where fewer than 30 past finishers were seen at the runner's last point.
  /// Cost: no more than 400 past runners are looked at: under 20 us.
  [[nodiscard]] std::optional<model::Projection> project(const Known& known) const;

 private:
  /// The past at one point.
  struct Row {
    double log_time = 0;
    double log_rest = 0;
    double seconds = 0;
    std::uint32_t runner = 0;
  };
  struct AtPoint {
    std::vector<Row> rows;   ///< By rising time.
    double next_share = 1;   ///< The usual share of the rest that lies before the next point.
    double log_time_sd = 1;  ///< The field's spread.
  };
  [[nodiscard]] double seconds_of(std::uint32_t runner, std::size_t point) const {
    return times_[runner * points_ + point];
  }

  std::size_t points_ = 0;
  std::vector<double> times_;  ///< A row a runner; 0 where he was not seen.
  std::vector<AtPoint> at_;
};

}  // namespace hs::projection
