#pragma once

#include <optional>
#include <span>
#include <vector>

#include "projection/course.h"

namespace hs::evaluate {

/// The simple ways to project that every figure is printed beside. All minutes.
enum class Baseline : std::uint8_t {
  ConstantPace,  ///< The average pace so far, held to the finish.
  LastPace,      ///< The pace of the last stretch (5K where there are such points), held.
  FieldRatio,    ///< The past field's median of finish over time here.
  SplitRatio,    ///< The last stretch times the past field's mean of rest over last stretch.
};
inline constexpr std::array<Baseline, 4> kBaselines = {Baseline::ConstantPace, Baseline::LastPace,
                                                       Baseline::FieldRatio, Baseline::SplitRatio};
[[nodiscard]] const char* name_of(Baseline baseline);

/// The baselines at one point of a course, fitted to the past where they need one.
class BaselinesAt {
 public:
  /// `past` of other points or lengths is used where it has this point and the one before.
  BaselinesAt(std::span<const projection::PastRace> past, const projection::Course& course,
              std::size_t point);

  /// Nothing where the runner misses a time that the method needs, or the past does.
  [[nodiscard]] std::optional<double> project(Baseline baseline,
                                              const projection::Runner& runner) const;

 private:
  std::size_t point_;
  std::optional<std::size_t> before_;  ///< Where the last stretch begins; absent: the start.
  double km_ = 0;
  double before_km_ = 0;
  double finish_km_ = 0;
  std::optional<double> field_ratio_;
  std::optional<double> split_ratio_;
};

}  // namespace hs::evaluate
