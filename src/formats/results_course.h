#pragma once

#include <optional>
#include <vector>

#include "formats/results_columns.h"
#include "formats/results_times.h"

namespace hs::formats {

/// A point of the course with its columns.
struct CoursePoint {
  model::PublishedPoint point;
  std::optional<TimeColumn> split;
  std::optional<TimeColumn> time_of_day;
};

/// All columns of times of a table, read, and the points they stand for in course order.
struct Course {
  std::vector<CoursePoint> points;
  std::optional<TimeColumn> official, gun, net;  ///< Finishing times.
  std::optional<TimeColumn> start;               ///< Time of day at the start mat.
  std::optional<base::Distance> distance;        ///< Of the race, as told or worked out.
  bool has_laps = false;                         ///< The points are the ends of laps.
  LapRule lap_rule = LapRule::Sum;

  /// The three finishing times that are there: official, net, gun.
  [[nodiscard]] std::vector<const TimeColumn*> finishes() const;
};

/// Reads the columns of times and puts their points in course order: by distance where all are
/// known, else by the middle time of the finishers. A checkpoint whose times are the finishing
/// times is the finish. Laps become times since the start. Damage is mended (`mend_minutes`).
///
/// Errors: those of `read_time_column`.
[[nodiscard]] base::Result<Course> read_course(const ResultsTable& table,
                                               const std::vector<ColumnRole>& roles,
                                               const ResultsMap& map,
                                               std::optional<base::Distance> distance,
                                               Questions& questions);

}  // namespace hs::formats
