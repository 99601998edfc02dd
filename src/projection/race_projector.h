#pragma once

#include <optional>
#include <vector>

#include "model/projection.h"
#include "model/result.h"
#include "projection/course.h"
#include "projection/day.h"
#include "projection/projector.h"

namespace hs::projection {

/// Projects the runners of one race of an event, as the race itself could have at each instant.
///
/// It runs on foot: wheelchairs and handcycles are neither projected nor learned from, because the
/// past that the models know is a runner's. Spotter points play no part.
///
/// Units:   since each runner's own start, so what is projected is the net time.
/// Threads: pure and const; `results` and the model must outlive it.
/// Cost:    made in about 50 us a runner of a marathon (the day is learned); a projection 20 us.
class RaceProjector {
 public:
  /// `learned` is a model of this course; nullptr: the generic table.
  RaceProjector(const model::EventResults& results, model::RaceId race, const CourseModel* learned);

  /// What could be said when the runner was seen at `point`; nothing where they were not seen
  /// there, at the finish, and for those who are not projected at all.
  [[nodiscard]] std::optional<model::Projection> when_seen(model::EntrantId entrant,
                                                           model::PointId point) const;

  /// What can be said at `now` of somebody who is on the course, from where they were last seen:
  /// it grows later and wider while they are seen nowhere.
  [[nodiscard]] std::optional<model::Projection> at(model::EntrantId entrant,
                                                    base::RaceTime now) const;

  /// `when_seen` at every point where the runner was seen, in course order; maybe empty.
  [[nodiscard]] model::ProjectionFan fan(model::EntrantId entrant) const;

  /// The point of the race that a projection's `since` means.
  [[nodiscard]] model::PointId since(const model::Projection& projection) const {
    return points_[projection.since];
  }
  [[nodiscard]] model::ProjectionSource source() const { return source_; }

  /// True where what others did at later mats corrects the projections: the model knows a course
  /// of this length.
  [[nodiscard]] bool knows_the_day() const { return day_.has_value(); }

 private:
  [[nodiscard]] std::optional<std::size_t> row_of(model::EntrantId entrant) const;
  [[nodiscard]] std::optional<std::size_t> index_of(model::PointId point) const;
  [[nodiscard]] std::optional<model::Projection> project(const Known& known,
                                                         base::RaceTime instant) const;

  std::vector<model::PointId> points_;  // of the race, as `course_.points`
  Course course_;
  std::vector<Runner> runners_;
  std::vector<base::RaceTime> starts_;
  std::vector<std::optional<std::size_t>> rows_;  // by EntrantId
  std::optional<base::RaceTime> closes_;
  model::ProjectionSource source_ = model::ProjectionSource::Generic;
  std::optional<Projector> projector_;
  std::optional<Day> day_;
};

/// The fans of some runners of any race of the event, by the generic table, in their order; left
/// out who has none.
[[nodiscard]] std::vector<model::ProjectionFan> fans_of(
    const model::EventResults& results, const std::vector<model::EntrantId>& entrants);

}  // namespace hs::projection
