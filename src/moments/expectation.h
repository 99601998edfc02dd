#pragma once

#include <cstddef>
#include <vector>

#include "moments/field_view.h"

namespace hs::moments {

/// What the rest of the race from one point on was to be expected to take, for each runner, by
/// what this field did on this day with what was known of the runner at that point.
///
/// Units: seconds; `z` in scales of the runner's own uncertainty, positive for slower.
/// Shape: by row of the view; NaN for whoever cannot be judged from that point.
struct RestExpectation {
  std::size_t from = 0;          ///< Column.
  std::vector<double> expected;  ///< Median.
  std::vector<double> scale;     ///< Of the logarithm of the pace.
  std::vector<double> previous;  ///< Pace just before the point, seconds a metre.
  std::vector<double> z;
  double z_least = 0;  ///< Nine in ten of the field lie between these two.
  double z_most = 0;
  std::size_t judged = 0;

  [[nodiscard]] double least(std::size_t row) const;  ///< Seconds.
  [[nodiscard]] double most(std::size_t row) const;   ///< Seconds.
};

/// Fits the field's rest of the race from `column` on.
///
/// Shape: `column` is neither the start nor the finish. With fewer than 300 judged runners
///        everything is NaN: too few to know what is ordinary.
/// Cost:  O(rows), some ten milliseconds for 30,000.
[[nodiscard]] RestExpectation expect_rest(const FieldView& view, std::size_t column);

}  // namespace hs::moments
