#include "projection/robust_fit.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

// Implementation notes: iteratively reweighted least squares on columns scaled to unit spread; the
// normal equations are solved by Cholesky. A handful of dozen columns needs no library. The sums
// run in the order of the rows, so the same rows give the same bits.

namespace hs::projection {
namespace {

constexpr double kRidge = 1e-5;      // Of the weight: decides only where the data do not.
constexpr double kLinearFrom = 2.0;  // Medians of the misses.

/// The lower triangle of the normal equations, and their right side.
struct Normal {
  std::size_t n;
  std::vector<double> a;
  std::vector<double> b;
};

/// Solves in place; a column that depends on others gets zero.
std::vector<double> solve(Normal& normal) {
  const std::size_t n = normal.n;
  auto at = [&](std::size_t i, std::size_t j) -> double& { return normal.a[i * n + j]; };
  for (std::size_t j = 0; j < n; ++j) {
    const double whole = at(j, j);
    for (std::size_t k = 0; k < j; ++k) at(j, j) -= at(j, k) * at(j, k);
    const bool is_free = at(j, j) > 1e-12 * whole && whole > 0;
    at(j, j) = is_free ? std::sqrt(at(j, j)) : 0;
    for (std::size_t i = j + 1; i < n; ++i) {
      double sum = at(i, j);
      for (std::size_t k = 0; k < j; ++k) sum -= at(i, k) * at(j, k);
      at(i, j) = is_free ? sum / at(j, j) : 0;
    }
  }
  std::vector<double> x(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    double sum = normal.b[i];
    for (std::size_t k = 0; k < i; ++k) sum -= at(i, k) * x[k];
    x[i] = at(i, i) > 0 ? sum / at(i, i) : 0;
  }
  for (std::size_t i = n; i-- > 0;) {
    double sum = x[i];
    for (std::size_t k = i + 1; k < n; ++k) sum -= at(k, i) * x[k];
    x[i] = at(i, i) > 0 ? sum / at(i, i) : 0;
  }
  return x;
}

std::vector<double> weighted_squares(const Matrix& x, std::span<const double> y,
                                     std::span<const double> weight) {
  const std::size_t n = x.columns;
  Normal normal{n, std::vector<double>(n * n, 0), std::vector<double>(n, 0)};
  double total = 0;
  for (std::size_t r = 0; r < x.rows(); ++r) {
    const double* row = x.values.data() + r * n;
    total += weight[r];
    for (std::size_t i = 0; i < n; ++i) {
      const double w = weight[r] * row[i];
      if (w == 0) continue;  // Hinges are mostly zero.
      double* into = normal.a.data() + i * n;
      for (std::size_t j = 0; j <= i; ++j) into[j] += w * row[j];
      normal.b[i] += w * y[r];
    }
  }
  for (std::size_t i = 1; i < n; ++i) normal.a[i * n + i] += kRidge * total;
  return solve(normal);
}

/// Divides each column by its root mean square, so that the ridge is fair. Returns the divisors.
std::vector<double> scale_columns(Matrix& x) {
  std::vector<double> scale(x.columns, 0);
  for (std::size_t r = 0; r < x.rows(); ++r) {
    for (std::size_t j = 0; j < x.columns; ++j) scale[j] += x.row(r)[j] * x.row(r)[j];
  }
  for (double& s : scale) s = s > 0 ? std::sqrt(s / static_cast<double>(x.rows())) : 1;
  for (std::size_t r = 0; r < x.rows(); ++r) {
    for (std::size_t j = 0; j < x.columns; ++j) x.row(r)[j] /= scale[j];
  }
  return scale;
}

}  // namespace

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

double quantile_of(std::span<double> values, double share) {
  HS_CHECK(!values.empty(), "a quantile of nothing");
  const double position = share * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(position);
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(low);
  std::nth_element(values.begin(), middle, values.end());
  if (low + 1 == values.size()) return *middle;
  const double next = *std::min_element(middle + 1, values.end());
  return *middle + (position - static_cast<double>(low)) * (next - *middle);
}

std::vector<double> fit_robust(const Matrix& x, std::span<const double> y,
                               std::span<const double> weight, int iterations) {
  HS_CHECK(x.rows() == y.size() && y.size() == weight.size(), "rows to fit do not match");
  if (y.empty()) return std::vector<double>(x.columns, 0);
  Matrix scaled = x;
  const std::vector<double> scale = scale_columns(scaled);
  std::vector<double> current(weight.begin(), weight.end());
  std::vector<double> miss(y.size());
  std::vector<double> b;
  for (int i = 0; i < iterations; ++i) {
    b = weighted_squares(scaled, y, current);
    for (std::size_t r = 0; r < y.size(); ++r) {
      miss[r] = std::abs(y[r] - dot(scaled.row(r), b)) * weight[r];
    }
    std::vector<double> sorted = miss;
    const double linear_from = kLinearFrom * quantile_of(sorted, 0.5) + 1e-9;
    for (std::size_t r = 0; r < y.size(); ++r) {
      current[r] = weight[r] * weight[r] / std::max(miss[r], linear_from);
    }
  }
  for (std::size_t j = 0; j < b.size(); ++j) b[j] /= scale[j];
  return b;
}

std::vector<double> fit_squares(const Matrix& x, std::span<const double> y) {
  if (y.empty()) return std::vector<double>(x.columns, 0);
  Matrix scaled = x;
  const std::vector<double> scale = scale_columns(scaled);
  const std::vector<double> ones(y.size(), 1);
  std::vector<double> b = weighted_squares(scaled, y, ones);
  for (std::size_t j = 0; j < b.size(); ++j) b[j] /= scale[j];
  return b;
}

}  // namespace hs::projection
