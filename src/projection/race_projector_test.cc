#include "projection/race_projector.h"

#include <gtest/gtest.h>

#include "support/moment_field.h"

namespace hs::projection {
namespace {

using moment_field::FieldBuilder;

const std::vector<std::pair<std::string, double>> kMarathon = {
    {"10k", 10000}, {"20k", 20000}, {"30k", 30000}, {"40k", 40000}, {"finish", 42195}};

/// Times of somebody who runs at `pace` seconds a kilometre, the last `missing` points absent.
std::vector<moment_field::Seconds> even(double pace, std::size_t missing = 0) {
  std::vector<moment_field::Seconds> out;
  for (const auto& [id, metres] : kMarathon) out.emplace_back(pace * metres / 1000);
  for (std::size_t i = 0; i < missing; ++i) out[out.size() - 1 - i].reset();
  return out;
}

model::PointId point(std::uint16_t index) { return model::PointId(index); }

TEST(RaceProjector, ProjectsFromEachPointWhereARunnerWasSeen) {
  FieldBuilder field(kMarathon);
  for (int i = 0; i < 20; ++i) field.add(std::to_string(100 + i), even(300 + i), 10);
  const auto missed = field.add("7", {3000, std::nullopt, 9100, 12200, 12900}, 10);
  const model::EventResults results = field.results();
  const RaceProjector projector(results, model::RaceId(0), nullptr);
  const model::ProjectionFan fan = projector.fan(missed);
  ASSERT_EQ(fan.steps.size(), 3U);
  EXPECT_EQ(fan.steps[0].at, point(1));
  EXPECT_EQ(fan.steps[1].at, point(3));
  EXPECT_EQ(fan.steps[2].at, point(4));
  EXPECT_FALSE(projector.when_seen(missed, point(2)).has_value());
  EXPECT_FALSE(projector.when_seen(missed, point(5)).has_value()) << "the finish is known";
  const auto width = [&](std::size_t step) {
    const auto likely = fan.steps[step].projection.interval_80();
    return likely.high - likely.low;
  };
  EXPECT_GT(width(0), width(1));
  EXPECT_GT(width(1), width(2));
}

TEST(RaceProjector, MovesOnWithTheClockWhileNobodySeesTheRunner) {
  FieldBuilder field(kMarathon);
  for (int i = 0; i < 20; ++i) field.add(std::to_string(100 + i), even(300 + i), 0);
  const auto runner = field.add("7", even(300, 2), 0);  // Last seen at 30 km after 2:30:00.
  const model::EventResults results = field.results();
  const RaceProjector projector(results, model::RaceId(0), nullptr);
  const auto at = [&](int seconds) {
    return *projector.at(runner, FieldBuilder::gun() + std::chrono::seconds(seconds));
  };
  EXPECT_FALSE(at(9000).is_overdue);
  EXPECT_TRUE(at(16000).is_overdue);
  EXPECT_GT(at(16000).median(), at(9000).median());
  EXPECT_GE(at(16000).at_shares.front(), std::chrono::seconds(16000)) << "no finish before now";
  EXPECT_FALSE(projector.at(runner, FieldBuilder::gun() - std::chrono::seconds(1)).has_value());
}

TEST(RaceProjector, LeavesOutWhoIsNotOnFootOrWasNeverSeen) {
  FieldBuilder field(kMarathon);
  const auto wheelchair = field.add("1", even(200), 0);
  const auto absent = field.add("2", even(300, 5));
  model::EventResults results = field.results();
  results.entrants[wheelchair.raw()].mode = model::Mode::Wheelchair;
  const RaceProjector projector(results, model::RaceId(0), nullptr);
  EXPECT_TRUE(projector.fan(wheelchair).steps.empty());
  EXPECT_TRUE(projector.fan(absent).steps.empty());
  EXPECT_TRUE(fans_of(results, {wheelchair, absent}).empty());
}

TEST(RaceProjector, KnowsTheCutOffFromTheOwnStart) {
  FieldBuilder field(kMarathon);
  const auto runner = field.add("7", even(400), 600);
  model::EventResults results = field.results();
  results.event.races[0].closes = FieldBuilder::gun() + std::chrono::hours(5);
  const RaceProjector projector(results, model::RaceId(0), nullptr);
  EXPECT_EQ(projector.cut_off(runner), std::chrono::hours(5) - std::chrono::seconds(600));
}

TEST(RaceProjector, SaysNoDayOnACourseOfAnotherLength) {
  FieldBuilder field({{"5k", 5000}, {"finish", 10000}});
  const auto runner = field.add("7", {1500, 3050}, 0);
  const model::EventResults results = field.results();
  const RaceProjector projector(results, model::RaceId(0), nullptr);
  EXPECT_FALSE(projector.field().knows_the_day());
  const auto projection = projector.when_seen(runner, point(1));
  ASSERT_TRUE(projection.has_value());
  EXPECT_NEAR(static_cast<double>(projection->median().count()), 3050, 120);
}

}  // namespace
}  // namespace hs::projection
