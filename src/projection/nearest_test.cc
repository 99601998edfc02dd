#include "projection/nearest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "projection/test_field.h"

namespace hs::projection {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// A trail of ten points; whoever is slow runs the second half by night, slower still.
std::vector<Runner> trail(std::uint64_t seed, std::size_t count) {
  TestField random(seed);
  std::vector<Runner> out(count);
  for (Runner& runner : out) {
    const double pace = 1 + random.unit();
    double clock = 0;
    for (int point = 0; point < 10; ++point) {
      const double night = clock > 14 ? 1.35 : 1.0;
      clock += pace * night * (1 + 0.2 * point / 10.0) * std::exp(0.06 * random.normal());
      runner.times.push_back(seconds(std::llround(clock * 3600)));
    }
  }
  return out;
}

TEST(NearestRunners, CoverAsOftenAsTheySayAndBeatTheFieldRatio) {
  const NearestRunners by(trail(1, 1500));
  const auto past = trail(1, 1500);
  for (const std::size_t at : {2U, 4U, 7U}) {
    std::vector<double> ratios;
    for (const Runner& runner : past) {
      ratios.push_back(static_cast<double>(runner.times.back()->count()) /
                       static_cast<double>(runner.times[at]->count()));
    }
    std::sort(ratios.begin(), ratios.end());
    const double ratio = ratios[ratios.size() / 2];
    int in_80 = 0;
    double miss = 0;
    double ratio_miss = 0;
    const auto today = trail(2, 1000);
    for (const Runner& runner : today) {
      const auto projection = by.project({&runner, at, {}, {}});
      ASSERT_TRUE(projection.has_value());
      EXPECT_EQ(projection->source, model::ProjectionSource::Nearest);
      const double truth = static_cast<double>(runner.times.back()->count()) / 1e6;
      const auto interval = projection->interval_80();
      in_80 += truth >= static_cast<double>(interval.low.count()) &&
               truth <= static_cast<double>(interval.high.count());
      miss += std::abs(static_cast<double>(projection->median().count()) - truth);
      ratio_miss += std::abs(static_cast<double>(runner.times[at]->count()) / 1e6 * ratio - truth);
    }
    EXPECT_NEAR(in_80 / 1000.0, 0.8, 0.05) << "at point " << at;
    EXPECT_LT(miss, ratio_miss) << "at point " << at;
  }
}

TEST(NearestRunners, LaterTimesChangeNothing) {
  const NearestRunners by(trail(1, 400));
  for (const Runner& runner : trail(3, 50)) {
    Runner cut = runner;
    for (std::size_t p = 5; p < 10; ++p) cut.times[p].reset();
    EXPECT_EQ(by.project({&runner, 4, {}, {}}), by.project({&cut, 4, {}, {}}));
  }
}

TEST(NearestRunners, AMissedPointFallsBackOnTheOneBefore) {
  const NearestRunners by(trail(1, 400));
  Runner runner = trail(3, 1).front();
  runner.times[4].reset();
  const auto projection = by.project({&runner, 4, {}, {}});
  ASSERT_TRUE(projection.has_value());
  EXPECT_EQ(projection->since, 3U);
}

TEST(NearestRunners, FewerThanThirtySayNothing) {
  const Runner runner = trail(3, 1).front();
  EXPECT_FALSE(NearestRunners(trail(1, 20)).project({&runner, 4, {}, {}}).has_value());
  EXPECT_FALSE(NearestRunners({}).project({&runner, 4, {}, {}}).has_value());
  auto stopped = trail(1, 500);
  for (Runner& one : stopped) one.times.back().reset();  // A race that was stopped for all.
  EXPECT_FALSE(NearestRunners(stopped).project({&runner, 4, {}, {}}).has_value());
}

TEST(NearestRunners, StrangersToTheFieldAreStillProjected) {
  const NearestRunners by(trail(1, 500));
  for (const int factor : {1, 30}) {
    Runner strange = trail(3, 1).front();
    for (auto& time : strange.times) time = *time * factor / 5;
    const auto projection = by.project({&strange, 6, *strange.times[6] + minutes(10), {}});
    ASSERT_TRUE(projection.has_value());
    EXPECT_TRUE(std::is_sorted(projection->at_shares.begin(), projection->at_shares.end()));
    EXPECT_GE(projection->at_shares.front(), *strange.times[6] + minutes(10));
    EXPECT_LT(projection->at_shares.back(), hours(24 * 60));
  }
}

}  // namespace
}  // namespace hs::projection
