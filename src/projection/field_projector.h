#pragma once

#include <optional>
#include <vector>

#include "projection/day.h"
#include "projection/projector.h"
#include "projection/wall.h"

namespace hs::projection {

/// Projects the runners of one race as the race itself could have at each instant: with the day as
/// its own runners had shown it by then.
///
/// Units:   since each runner's own start.
/// Threads: pure and const; `learned` must outlive it.
/// Cost:    made as `Day::learn` costs; a projection as `Projector::project`.
class FieldProjector {
 public:
  /// `starts` has one instant a runner. `learned` is a model of this course; nullptr: the generic
  /// table.
  FieldProjector(Course course, std::vector<Runner> runners, std::vector<base::RaceTime> starts,
                 const CourseModel* learned);

  /// What could be said when the runner was seen at a point of the course; nothing where they were
  /// not seen there, and at the finish. `cut_off` as in `Known`.
  [[nodiscard]] std::optional<model::Projection> when_seen(
      std::size_t runner, std::size_t point, std::optional<base::Duration> cut_off = {}) const;

  /// What can be said at `now` of somebody on the course, from where they were last seen: it grows
  /// later and wider while they are seen nowhere. Nothing before the first point and after the
  /// last.
  [[nodiscard]] std::optional<model::Projection> at(
      std::size_t runner, base::RaceTime now, std::optional<base::Duration> cut_off = {}) const;

  /// The chance of the wall that belongs to a projection of this runner.
  [[nodiscard]] std::optional<Wall> wall(std::size_t runner,
                                         const model::Projection& projection) const;

  [[nodiscard]] const Course& course() const { return course_; }
  [[nodiscard]] const std::vector<Runner>& runners() const { return runners_; }
  [[nodiscard]] const std::vector<base::RaceTime>& starts() const { return starts_; }
  [[nodiscard]] model::ProjectionSource source() const { return source_; }
  /// True where what others did at later mats corrects the projections.
  [[nodiscard]] bool knows_the_day() const { return day_.has_value(); }

 private:
  [[nodiscard]] std::optional<model::Projection> project(const Known& known,
                                                         base::RaceTime instant) const;

  const CourseModel* model_;
  Course course_;
  std::vector<Runner> runners_;
  std::vector<base::RaceTime> starts_;
  model::ProjectionSource source_;
  Projector projector_;
  std::optional<Day> day_;
};

}  // namespace hs::projection
