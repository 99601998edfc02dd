#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "projection/trace.h"

namespace hs::projection {

/// The most numbers that a runner is described by.
inline constexpr std::size_t kMaxFeatures = 72;

/// How fully a runner is described.
enum class Detail : std::uint8_t {
  Full,   ///< For the finish.
  Short,  ///< For the points between, which only tell what the day is like; and for the spread.
};

/// Turns a runner seen at one point of a grid into numbers: level of pace, each stretch against
/// it, bends of the slow-down (hinges, because the wall is no straight line), sex, age.
///
/// All are logs of ratios of pace, so the same numbers mean the same for a 2:10 and a 5:30 runner.
class FeatureMap {
 public:
  FeatureMap() = default;
  /// For runners last seen at point `from` of the grid; `without` is an earlier point that is not
  /// looked at.
  FeatureMap(const Grid& grid, std::size_t from, std::optional<std::size_t> without = {});

  /// Writes `count(detail)` numbers, the first always 1, and returns how many.
  std::size_t fill(const Grid& grid, const Trace& trace, Detail detail,
                   std::span<double, kMaxFeatures> out) const;

  /// How many numbers `fill` writes.
  [[nodiscard]] std::size_t count(Detail detail) const;

  /// Seconds a kilometre over the last stretch: what "goes on like this" means.
  [[nodiscard]] double last_pace(const Grid& grid, const Trace& trace) const;

 private:
  std::size_t from_ = 0;
  std::vector<std::size_t> ends_;  ///< Of the stretches looked at, [0] the start.
  /// The ends of stretches long enough to tell a change of pace: 20K is left out at the half, since
  /// a second of rounding over 1.1 km looks like a collapse.
  std::vector<std::size_t> chain_;
};

}  // namespace hs::projection
