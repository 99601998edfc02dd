#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "evaluate/field.h"
#include "evaluate/protocol_b.h"
#include "evaluate/walls.h"
#include "projection/course_model.h"

namespace hs::evaluate {

/// What is known of the day when a runner is projected.
enum class Recalibration : std::uint8_t {
  None,    ///< Only the past.
  Live,    ///< Crossings at least a minute old.
  Oracle,  ///< 2,000 random runners of the same race, to the finish: leaks, for comparison.
};
inline constexpr std::array<Recalibration, 3> kRecalibrations = {
    Recalibration::None, Recalibration::Live, Recalibration::Oracle};
[[nodiscard]] const char* name_of(Recalibration recalibration);

/// The figures of part of a field.
struct GroupFigures {
  std::string group;  ///< "F", "M", "pace 1" (the fastest quarter at that point) .. "pace 4".
  Figures figures;
};

/// Protocol A (and C, which is A on true clocks) at one point.
struct AtPoint {
  std::string point;
  std::optional<double> km;
  std::vector<MethodFigures> methods;             ///< The baselines, then a row a recalibration.
  std::vector<MethodFigures> behind_first_tenth;  ///< The recalibrations again.
  std::vector<GroupFigures> groups;               ///< Of the live row, or the only one.
};

/// Of the projections that gave a share of `stated` to what came, how many came true.
struct Reliability {
  std::string method;
  std::vector<double> stated;
  std::vector<double> seen;
};

/// One race that was held out.
struct HeldOut {
  std::string race;
  std::size_t finishers = 0;
  std::vector<std::string> trained_on;
  std::size_t training_finishers = 0;
  model::ProjectionSource source = model::ProjectionSource::Generic;
  ClockSource clock = ClockSource::Assumed;
  bool is_interrupted = false;
  std::vector<AtPoint> points;
  std::vector<Reliability> reliability;  ///< Points from 55 % of the course on, in tenths.
  WallRates wall_rates;
  std::vector<WallAt> walls;  ///< Empty where the course is too short or no walls were learned.
};

/// Projects every finisher of `test` at every point where he was seen, learning from `train`.
///
/// A race is learned from by distance where both have distances, by the names of the points
/// otherwise (a trail: nearest runners, no recalibration). Nothing to learn from: the generic
/// table.
/// `table` stands for the generic one; nullptr: the shipped one.
/// Errors:  InvalidInput where the race has nothing but a finish, or is a trail without a past.
[[nodiscard]] base::Result<HeldOut> run_held_out(std::span<const Field> train, const Field& test,
                                                 std::uint64_t seed,
                                                 const projection::CourseModel* table = nullptr);

}  // namespace hs::evaluate
