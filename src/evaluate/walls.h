#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluate/field.h"
#include "projection/course_model.h"
#include "projection/day.h"
#include "projection/projector.h"

namespace hs::evaluate {

/// The wall alarm at one point of a race that was held out.
struct WallAt {
  std::string point;
  std::size_t count = 0;  ///< Runners seen there of whom it is known whether they hit it.
  double auc = 0;         ///< How often somebody who hit it had the higher chance of two.
  double stated = 0;      ///< Mean chance,
  double seen = 0;        ///< and the share who hit it.
  /// The same by tenth of the runners, by rising chance.
  std::vector<double> stated_tenths;
  std::vector<double> seen_tenths;
};

/// How many of a field hit the wall.
struct WallRates {
  std::optional<double> all, women, men;  ///< Absent below 100 of whom it is known.
};
[[nodiscard]] WallRates wall_rates(const Field& field);

/// Learns the lines of the alarm from races that are over, each with what could be known of its
/// day live. At most 6,000 runners a race and point, evenly chosen.
/// Cost: some seconds for three large marathons, nearly all of it the days.
[[nodiscard]] std::vector<projection::WallLine> learn_walls(const projection::CourseModel& model,
                                                            std::span<const Field> train);

/// Judges the alarm at every point of a race.
[[nodiscard]] std::vector<WallAt> judge_walls(std::span<const projection::WallLine> lines,
                                              const projection::Projector& projector,
                                              const projection::Day& day, const Field& test);

}  // namespace hs::evaluate
