#include "moments/robust_fit.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

// Implementation notes: least absolute errors by reweighted least squares. Six rounds over six
// thousand rows bring the weights to within a thousandth of where they settle, and nine fits cost
// some thirty milliseconds; more of either changed no moment on the Boston fields.

namespace hs::moments {
namespace {

constexpr std::size_t kMostRows = 6000;
constexpr int kRounds = 6;
/// Below this error a row counts as hit; keeps the weights finite. In the unit of the values,
/// which are logarithms of paces: a thousandth.
constexpr double kLeastError = 1e-3;
/// Ridge on the normal equations, so that an absent feature (no ages known) is no division by 0.
constexpr double kRidge = 1e-9;

using Matrix = std::array<Features, kFeatures>;

/// Solves the symmetric positive system in place, by Cholesky.
Features solve(Matrix a, Features b) {
  for (std::size_t j = 0; j < kFeatures; ++j) {
    for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
    a[j][j] = std::sqrt(std::max(a[j][j], kRidge * kRidge));
    for (std::size_t i = j + 1; i < kFeatures; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
  }
  for (std::size_t i = 0; i < kFeatures; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = kFeatures; i-- > 0;) {
    for (std::size_t k = i + 1; k < kFeatures; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return b;
}

}  // namespace

double LinearRule::at(const Features& features) const {
  double sum = 0;
  for (std::size_t i = 0; i < kFeatures; ++i) sum += weights[i] * features[i];
  return sum;
}

LinearRule fit_robust(std::span<const Features> features, std::span<const double> values) {
  HS_CHECK(features.size() == values.size(), "one value a row");
  LinearRule rule;
  const std::size_t stride = std::max<std::size_t>(1, features.size() / kMostRows);
  for (int round = 0; round < kRounds; ++round) {
    Matrix normal{};
    Features right{};
    for (std::size_t row = 0; row < features.size(); row += stride) {
      const Features& x = features[row];
      const double error = std::abs(values[row] - rule.at(x));
      const double weight = round == 0 ? 1.0 : 1.0 / std::max(error, kLeastError);
      for (std::size_t i = 0; i < kFeatures; ++i) {
        const double wx = weight * x[i];
        right[i] += wx * values[row];
        for (std::size_t j = 0; j <= i; ++j) normal[i][j] += wx * x[j];
      }
    }
    double trace = 0;
    for (std::size_t i = 0; i < kFeatures; ++i) trace += normal[i][i];
    for (std::size_t i = 0; i < kFeatures; ++i) normal[i][i] += kRidge * (trace + 1);
    rule.weights = solve(normal, right);
  }
  return rule;
}

}  // namespace hs::moments
