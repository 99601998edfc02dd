#include "projection/robust_fit.h"

#include <gtest/gtest.h>

#include <array>

namespace hs::projection {
namespace {

TEST(FitRobust, FindsTheLineBehindOutliers) {
  Matrix x{2, {}};
  std::vector<double> y;
  for (int i = 0; i < 200; ++i) {
    const double at = i / 100.0;
    x.values.insert(x.values.end(), {1, at});
    y.push_back(3 + 2 * at + (i % 2 == 0 ? 0.01 : -0.01) + (i % 10 == 0 ? 50 : 0));
  }
  const std::vector<double> ones(y.size(), 1);
  const auto robust = fit_robust(x, y, ones);
  EXPECT_NEAR(robust[0], 3, 0.05);
  EXPECT_NEAR(robust[1], 2, 0.05);
  EXPECT_GT(fit_squares(x, y)[0], 5);  // Squares follow the outliers.
}

TEST(FitRobust, AColumnThatSaysNothingGetsNoWeight) {
  Matrix x{3, {}};
  std::vector<double> y;
  for (int i = 0; i < 50; ++i) {
    x.values.insert(x.values.end(), {1, static_cast<double>(i), 0});
    y.push_back(4);
  }
  const std::vector<double> ones(y.size(), 1);
  const auto b = fit_robust(x, y, ones);
  EXPECT_NEAR(b[0], 4, 1e-6);
  EXPECT_NEAR(b[1], 0, 1e-6);
  EXPECT_EQ(b[2], 0);
}

TEST(QuantileOf, IsLinearBetweenNeighbours) {
  std::array<double, 5> values = {5, 1, 4, 2, 3};
  EXPECT_DOUBLE_EQ(quantile_of(values, 0.5), 3);
  EXPECT_DOUBLE_EQ(quantile_of(values, 0.625), 3.5);
  EXPECT_DOUBLE_EQ(quantile_of(values, 1), 5);
  EXPECT_DOUBLE_EQ(quantile_of(values, 0), 1);
}

}  // namespace
}  // namespace hs::projection
