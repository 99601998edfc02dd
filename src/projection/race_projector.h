#pragma once

#include <optional>
#include <vector>

#include "model/projection.h"
#include "model/result.h"
#include "projection/field_projector.h"

namespace hs::projection {

/// `FieldProjector` for one race of an event.
///
/// It runs on foot: wheelchairs and handcycles are neither projected nor learned from, because the
/// past that the models know is a runner's. Spotter points play no part. What is projected is the
/// net time; where the race closes, that is the cut-off.
///
/// Threads: pure and const; the model must outlive it, the results need not.
class RaceProjector {
 public:
  /// `learned` is a model of this course; nullptr: the generic table.
  RaceProjector(const model::EventResults& results, model::RaceId race, const CourseModel* learned);

  /// What could be said when the runner was seen at `point`; nothing where they were not seen
  /// there, at the finish, and for those who are not projected at all.
  [[nodiscard]] std::optional<model::Projection> when_seen(model::EntrantId entrant,
                                                           model::PointId point) const;

  /// What can be said at `now` of somebody who is on the course.
  [[nodiscard]] std::optional<model::Projection> at(model::EntrantId entrant,
                                                    base::RaceTime now) const;

  [[nodiscard]] std::optional<Wall> wall(model::EntrantId entrant,
                                         const model::Projection& projection) const;

  /// When the race closes, since the runner's own start.
  [[nodiscard]] std::optional<base::Duration> cut_off(model::EntrantId entrant) const;

  /// `when_seen` at every point where the runner was seen, in course order; maybe empty.
  [[nodiscard]] model::ProjectionFan fan(model::EntrantId entrant) const;

  /// The point of the race that a projection's `since` means.
  [[nodiscard]] model::PointId since(const model::Projection& projection) const {
    return points_[projection.since];
  }
  [[nodiscard]] const FieldProjector& field() const { return *field_; }

 private:
  [[nodiscard]] std::optional<std::size_t> row_of(model::EntrantId entrant) const;

  std::vector<model::PointId> points_;            // of the race, as the field's course
  std::vector<std::optional<std::size_t>> rows_;  // by EntrantId
  std::optional<base::RaceTime> closes_;
  std::optional<FieldProjector> field_;
};

/// The fans of some runners of any race of the event, by the generic table, in their order; left
/// out who has none.
[[nodiscard]] std::vector<model::ProjectionFan> fans_of(
    const model::EventResults& results, const std::vector<model::EntrantId>& entrants);

}  // namespace hs::projection
