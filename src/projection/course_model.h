#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "projection/leg_model.h"
#include "projection/wall.h"

namespace hs::projection {

/// How what is seen at a point between tells of the day at the finish.
struct Carry {
  double slope = 0;    ///< Shift at the finish per shift at the point between, in spreads.
  double unknown = 1;  ///< Variance of the finish's shift that the point between does not tell.
  std::array<double, 3> usual{};  ///< Misses at the shares .1, .5, .9 on the days learned from.
};

/// Everything fitted for one course.
///
/// Shape: `finish[p]` leads from point p of the grid to the finish; `between[p][q]`, q > p, to a
///        later point. Both ends of the table are points of the grid.
struct CourseModel {
  Grid grid;
  std::vector<LegModel> finish;
  /// [p - 1] as `finish[p]`, for who was not seen at p - 1. A table without them has none.
  std::vector<LegModel> finish_without;
  std::vector<std::vector<LegModel>> between;  ///< [p][q - p - 1]; q before the finish.
  std::vector<std::vector<Carry>> carry;       ///< [p][q - p - 1]; the last is the finish itself.
  /// How much courses differ in log pace over some kilometres, where the model is of none of them
  /// in particular; 0 for a model of one course.
  double difference = 0;
  std::vector<WallLine> wall;  ///< By rising km; empty where no walls were learned.

  /// The leg from where a runner was last seen to the finish. The point just before says most of
  /// how he goes now; where it missed him, a leg that never asked for it knows more than one that
  /// is told a guess.
  [[nodiscard]] const LegModel& to_finish(const Trace& trace) const {
    const std::size_t p = trace.from;
    const bool is_known = p == 0 || (trace.seen >> (p - 1) & 1U) != 0;
    return is_known || finish_without.size() < p ? finish[p] : finish_without[p - 1];
  }
};

/// The fewest past finishers a course is learned from; below, the generic table knows more.
inline constexpr std::size_t kLeastPast = 300;

/// Which legs are learned: all, or only those that a day is not needed for.
enum class Legs : std::uint8_t { All, FinishOnly };

/// Learns a course from its past. Pure and closed form but for a fixed number of reweightings.
///
/// Races count that are as long as the first (to 1 %); the points are those that at least half of
/// their runners had; of too many, every so many-th. A runner teaches a point if he was seen at it
/// and at the finish.
///
/// Errors:  nothing where fewer than `kLeastPast` runners can be learned from.
/// Cost:    about five seconds for 70,000 runners and nine points; rows beyond 40,000 a point are
///          thinned, evenly.
[[nodiscard]] std::optional<CourseModel> fit_course(std::span<const PastRace> past,
                                                    Legs legs = Legs::All);

}  // namespace hs::projection
