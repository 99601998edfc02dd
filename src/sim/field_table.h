#pragma once

#include <array>
#include <cstdint>

#include "sim/random.h"

namespace hs::sim {

inline constexpr std::size_t kAgeBands = 5;
inline constexpr std::size_t kAbilities = 6;
inline constexpr std::size_t kShapePoints = 10;

/// Runners of one ability: how they spread their effort over a marathon.
struct AbilityShape {
  std::int32_t net_seconds_most;  ///< Upper limit of the class, a marathon's net time.
  /// Pace of each interval (5K ... 20K, half, 25K ... 40K, finish), per mille of the mean pace.
  std::array<std::int32_t, kShapePoints> pace;
  QuantileRow halves;  ///< Time of the second half, per mille of the first.
};

/// One sex and age band: how many of a thousand runners, and their net times.
struct FieldGroup {
  bool female;
  std::int32_t age_least, age_most;
  std::int32_t per_mille;
  QuantileRow net_seconds;  ///< Of a marathon.
};

/// The fitted field, from `tools/fit_field.py` on a sample of 4,800 finishers of a big-city autumn
/// marathon of 2023. Only these numbers come from there, no row of it.
extern const std::array<FieldGroup, 2 * kAgeBands> kFieldGroups;
extern const std::array<AbilityShape, kAbilities> kAbilityShapes;

/// The distances in millimetres at which the intervals of `AbilityShape::pace` end.
inline constexpr std::array<std::int64_t, kShapePoints> kShapeEnds = {
    5000000,  10000000, 15000000, 20000000, 21097500,
    25000000, 30000000, 35000000, 40000000, 42195000};

}  // namespace hs::sim
