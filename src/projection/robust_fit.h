#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hs::projection {

/// Numbers in rows, one after the other.
struct Matrix {
  std::size_t columns = 0;
  std::vector<double> values;

  [[nodiscard]] std::size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
  [[nodiscard]] std::span<const double> row(std::size_t i) const {
    return std::span(values).subspan(i * columns, columns);
  }
  [[nodiscard]] std::span<double> row(std::size_t i) {
    return std::span(values).subspan(i * columns, columns);
  }
};

/// Coefficients b that keep the weighted misses of `x b` from `y` small: quadratic for misses below
/// the median one, linear above (Huber), so that a runner who sat down for an hour counts as one.
///
/// Shape:   a row of `x`, a `y` and a `weight` (> 0) a runner; the result has `x.columns` entries.
/// Errors:  none; columns that say nothing get a coefficient of about zero (a small ridge, the
///          first column free of it: it is the constant).
/// Cost:    O(iterations * rows * columns^2).
[[nodiscard]] std::vector<double> fit_robust(const Matrix& x, std::span<const double> y,
                                             std::span<const double> weight, int iterations = 14);

/// Least squares with the same ridge: one iteration.
[[nodiscard]] std::vector<double> fit_squares(const Matrix& x, std::span<const double> y);

[[nodiscard]] double dot(std::span<const double> a, std::span<const double> b);

/// The value below which the share `share` of `values` lies, linear between neighbours. Reorders.
/// `values` must not be empty.
[[nodiscard]] double quantile_of(std::span<double> values, double share);

}  // namespace hs::projection
