#include "projection/wall.h"

#include <gtest/gtest.h>

#include "projection/field_projector.h"
#include "projection/generic.h"
#include "projection/test_field.h"

namespace hs::projection {
namespace {

/// Even kilometres of `pace` seconds to 20 km, then of `late`.
Runner steady(double pace, double late) {
  Runner out;
  for (const base::Distance point : TestField::marathon().points) {
    const double km = static_cast<double>(point.in_millimetres()) / 1e6;
    const double seconds = std::min(km, 20.0) * pace + std::max(0.0, km - 20) * late;
    out.times.push_back(std::chrono::seconds(std::llround(seconds)));
  }
  return out;
}

model::Projection projected(const Runner& runner, std::size_t at) {
  const Projector projector(generic_model(), TestField::marathon(),
                            model::ProjectionSource::Generic);
  return *projector.project({&runner, at, {}, {}});
}

TEST(Wall, IsAQuarterSlowerThanTheBaseForFiveKilometres) {
  EXPECT_EQ(did_hit_wall(TestField::marathon(), steady(300, 374)), false);
  EXPECT_EQ(did_hit_wall(TestField::marathon(), steady(300, 376)), true);
}

TEST(Wall, IsNotKnownOfSomebodyNotSeenAtFiveOrTwentyKilometres) {
  for (const std::size_t missed : {0U, 3U}) {
    Runner runner = steady(300, 400);
    runner.times[missed].reset();
    EXPECT_FALSE(did_hit_wall(TestField::marathon(), runner).has_value()) << missed;
  }
}

TEST(Wall, ThatHasHappenedIsSaidAsSuch) {
  const Runner slowed = steady(300, 400);
  const std::vector<WallLine> lines = {{10, -1, 10, 0}, {35, -1, 10, 0}};
  const Known at_25k{&slowed, 4, {}, {}};
  const auto wall = wall_of(lines, TestField::marathon(), at_25k, projected(slowed, 4));
  ASSERT_TRUE(wall.has_value());
  EXPECT_TRUE(wall->has_hit);
  EXPECT_EQ(wall->probability, 1);
}

TEST(Wall, IsSilentWhereThereIsNoRoomForOne) {
  const Runner runner = steady(300, 320);
  const std::vector<WallLine> lines = {{10, -1, 10, 0}};
  const Known at_40k{&runner, 7, {}, {}};
  EXPECT_FALSE(wall_of(lines, TestField::marathon(), at_40k, projected(runner, 7)).has_value());
  Course short_race;
  for (const int metres : {5000, 10000, 15000, 21097}) {
    short_race.points.push_back(base::Distance::metres(metres));
  }
  Runner half;
  for (const int seconds : {1500, 3000, 4500, 6330})
    half.times.push_back(std::chrono::seconds(seconds));
  const Projector projector(generic_model(), short_race, model::ProjectionSource::Generic);
  const Known at_10k{&half, 1, {}, {}};
  const auto projection = projector.project(at_10k);
  ASSERT_TRUE(projection.has_value());
  EXPECT_FALSE(wall_of(lines, short_race, at_10k, *projection).has_value());
  EXPECT_FALSE(wall_of({}, TestField::marathon(), {&runner, 1, {}, {}}, projected(runner, 1)));
}

// Later points scrambled: same chance.
TEST(Wall, LooksAtNoLaterPoint) {
  const std::vector<WallLine> lines = {{10, 0.5, 9, 1}, {30, 0.2, 12, 1}};
  const Runner runner = steady(300, 330);
  Runner other = runner;
  for (std::size_t p = 5; p < other.times.size(); ++p) other.times[p] = std::chrono::seconds(1);
  const auto one =
      wall_of(lines, TestField::marathon(), {&runner, 4, {}, {}}, projected(runner, 4));
  const auto two = wall_of(lines, TestField::marathon(), {&other, 4, {}, {}}, projected(other, 4));
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->probability, two->probability);
}

TEST(Wall, ChanceRisesWithTheSlowdownAndLiesBetweenItsNeighbours) {
  const std::vector<WallLine> lines = {{20, 0, 10, 0}, {30, 1, 10, 0}};
  const Course course = TestField::marathon();
  double last = 0;
  for (const double late : {300.0, 320.0, 340.0, 360.0}) {
    const Runner runner = steady(300, late);
    const auto wall = wall_of(lines, course, {&runner, 4, {}, {}}, projected(runner, 4));
    ASSERT_TRUE(wall.has_value());
    EXPECT_GT(wall->probability, last) << late;
    last = wall->probability;
  }
}

// A fitted line says what it was fitted to: in the mean, and more for those who slow more.
TEST(Wall, FitSaysTheShareItWasShown) {
  std::vector<WallSample> samples;
  TestField random(5);
  double hits = 0;
  for (int i = 0; i < 4000; ++i) {
    WallSample sample;
    sample.signs.slowdown = 0.1 * random.normal();
    sample.signs.spread = 0.1 * random.normal();
    const double x = -1 + 12 * sample.signs.slowdown + 3 * sample.signs.spread;
    sample.hit = random.unit() < 1 / (1 + std::exp(-x));
    hits += sample.hit ? 1 : 0;
    samples.push_back(sample);
  }
  const auto line = fit_wall(25, samples);
  ASSERT_TRUE(line.has_value());
  EXPECT_NEAR(line->intercept, -1, 0.15);
  EXPECT_NEAR(line->slowdown, 12, 1.2);
  EXPECT_NEAR(line->spread, 3, 0.9);
  double stated = 0;
  for (const WallSample& sample : samples) {
    const double x = line->intercept + line->slowdown * sample.signs.slowdown +
                     line->spread * sample.signs.spread;
    stated += 1 / (1 + std::exp(-x));
  }
  EXPECT_NEAR(stated, hits, 1);
}

TEST(Wall, IsNotFittedToAHandfulOrToOneFate) {
  EXPECT_FALSE(fit_wall(25, std::vector<WallSample>(50)).has_value());
  EXPECT_FALSE(fit_wall(25, std::vector<WallSample>(500)).has_value());
}

}  // namespace
}  // namespace hs::projection
