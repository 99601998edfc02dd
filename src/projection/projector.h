#pragma once

#include <optional>
#include <vector>

#include "model/projection.h"
#include "projection/course_model.h"
#include "projection/day.h"

namespace hs::projection {

/// Says when runners of one course will finish.
///
/// With a model of this course it uses that; the generic table (`generic_model`) serves a course of
/// any length and any points: the course is laid over the marathon that the table knows, times
/// follow Riegel's power law, and a slow-down counts in proportion to the distance.
///
/// Threads: pure and const; the model must outlive it.
/// Cost:    construction some allocations; `project` none and under 20 us (bench/projection).
class Projector {
 public:
  Projector(const CourseModel& model, Course course, model::ProjectionSource source);

  /// What is known gives a distribution; nothing where no point up to `known.at` has a usable time
  /// or the runner was seen at the finish. Later points are not looked at, and neither is anything
  /// after `instant` where a day is given: `day` must be of the same model and course.
  [[nodiscard]] std::optional<model::Projection> project(
      const Known& known, const Day* day = nullptr,
      base::RaceTime instant = base::RaceTime{}) const;

 private:
  [[nodiscard]] std::optional<Trace> trace(const Known& known, std::uint64_t skip) const;

  const CourseModel* model_;
  Course course_;
  model::ProjectionSource source_;
  std::vector<double> grid_km_;  ///< The course's points in the model's kilometres.
  double seconds_factor_ = 1;    ///< The model's seconds for one of the course's.
  double slowdown_factor_ = 1;
};

/// Turns a distribution into a projection under what else is known: whoever was not seen at the
/// next point by `known.elapsed` has not passed it. Not later than likely, that cuts the
/// distribution below; later, he stands or has left: it is said, and the distribution moves on with
/// the clock and widens. `seconds` rise and are the course's; `next_share` is how much of the rest
/// lies before the next point, 1 where that is the finish.
[[nodiscard]] model::Projection conclude(
    const std::array<double, model::kProjectionShares.size()>& seconds, double last_seconds,
    double next_share, const Known& known);

}  // namespace hs::projection
