#include "sim/random.h"

#include <gtest/gtest.h>

#include <vector>

namespace hs::sim {
namespace {

TEST(Random, FirstNumbersAreThoseOfThePublishedGenerator) {
  // pcg32-demo of the reference distribution, seed 42 and stream 54.
  Random random(42, 54);
  const std::vector<std::uint32_t> expected = {0xa15c02b7, 0x7b47f409, 0xba1d3330,
                                               0x83d2f293, 0xbfa4784b, 0xcbed606e};
  for (const std::uint32_t number : expected) EXPECT_EQ(random.next(), number);
}

TEST(Random, BelowStaysBelowAndReachesEveryValue) {
  Random random(1, 1);
  std::vector<int> seen(7, 0);
  for (int i = 0; i < 7000; ++i) ++seen[random.below(7)];
  for (const int count : seen) EXPECT_NEAR(count, 1000, 150);
}

TEST(Random, BetweenHoldsBothEndsAndSpansBeyondThirtyTwoBits) {
  Random random(2, 1);
  bool low = false;
  bool high = false;
  for (int i = 0; i < 500; ++i) {
    const std::int64_t drawn = random.between(-2, 2);
    ASSERT_GE(drawn, -2);
    ASSERT_LE(drawn, 2);
    low = low || drawn == -2;
    high = high || drawn == 2;
  }
  EXPECT_TRUE(low && high);
  constexpr std::int64_t kFar = 1LL << 40;
  std::int64_t most = 0;
  for (int i = 0; i < 100; ++i) most = std::max(most, random.between(0, kFar));
  EXPECT_GT(most, kFar / 2);
  EXPECT_LE(most, kFar);
}

TEST(Random, BellHasTheAskedSpread) {
  Random random(3, 1);
  constexpr int kDraws = 20000;
  std::int64_t sum = 0;
  std::int64_t squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const std::int64_t drawn = random.bell(1000);
    sum += drawn;
    squares += drawn * drawn;
  }
  EXPECT_NEAR(static_cast<double>(sum) / kDraws, 0, 25);
  EXPECT_NEAR(static_cast<double>(squares) / kDraws, 1e6, 3e4);
}

TEST(Random, QuantilesAreMetAtTheirColumnsAndHeldBeyond) {
  QuantileRow row{};
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = static_cast<std::int32_t>(100 * i);
  EXPECT_EQ(quantile_at(row, 0), 0);
  EXPECT_EQ(quantile_at(row, 500000), 800);
  EXPECT_EQ(quantile_at(row, 550000), 850);
  EXPECT_EQ(quantile_at(row, 999999), 1600);
}

}  // namespace
}  // namespace hs::sim
