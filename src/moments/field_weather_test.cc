#include "moments/field_weather.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/results_builder.h"

namespace hs::moments {
namespace {

using model::EntrantId;
using model::PointId;
using test_support::duration;
using test_support::ResultsBuilder;

const PointId kTenK(1);
const PointId kTwentyK(2);
const PointId kFinish(3);

/// A race of 20 km and a bit with mats at 10K and 20K, two ahead of the others, who go even.
struct Race {
  ResultsBuilder builder;
  model::RaceId race = builder.race("race");
  EntrantId ana, ben;

  explicit Race(int others = 30) {
    auto& config = builder.race_at(race);
    config.points = {ResultsBuilder::point("start", 0, "arch"),
                     ResultsBuilder::point("10k", 10'000'000, "pier"),
                     ResultsBuilder::point("20k", 20'000'000, "hill"),
                     ResultsBuilder::point("finish", 21'097'500, "goal")};
    ana = builder.runner(race, "1", "Ana Ruiz", model::Sex::Female);
    ben = builder.runner(race, "2", "Ben Okoro", model::Sex::Male);
    for (int i = 0; i < others; ++i) add("4" + std::to_string(10 + i), i * 30);
  }

  EntrantId add(const std::string& bib, int later) {
    const EntrantId id = builder.runner(race, bib, "Runner " + bib, model::Sex::Male);
    const auto net = [&](int seconds) { return std::to_string(seconds / 60) + ":" + two(seconds); };
    const std::string a = net(3000 + later), b = net(6000 + 2 * later), c = net(6330 + 2 * later);
    builder.finish(id, "2", {a, b, c});
    return id;
  }

  static std::string two(int seconds) {
    return (seconds % 60 < 10 ? "0" : "") + std::to_string(seconds % 60);
  }

  void front(const std::vector<std::string_view>& of_ana,
             const std::vector<std::string_view>& of_ben) {
    builder.finish(ana, "1", of_ana);
    builder.finish(ben, "1", of_ben);
  }

  FieldWeather weather() { return field_weather(builder.build(), race); }
};

TEST(FieldWeather, LeadIsFromTheFirstMatOfTheLastRunAtTheHead) {
  Race race;
  race.front({"40:10", "1:20:00", "1:24:30"}, {"40:00", "1:20:12", "1:25:30"});
  const FieldWeather weather = race.weather();
  ASSERT_TRUE(weather.front && weather.front->led && weather.front->behind);
  EXPECT_EQ(weather.front->winner, race.ana);
  EXPECT_EQ(weather.front->ahead, duration("1:00"));
  EXPECT_EQ(weather.front->won_in, duration("1:24:31"));  // By gun, a second after it.
  EXPECT_EQ(weather.front->led->from, kTwentyK);
  EXPECT_EQ(weather.front->led->ahead, duration("12"));
  EXPECT_EQ(weather.front->behind->at, kTenK);
  EXPECT_EQ(weather.front->behind->place, 2U);
  EXPECT_EQ(weather.front->behind->by, duration("10"));
}

TEST(FieldWeather, LeadFromTheFirstMatHasNothingBefore) {
  Race race;
  race.front({"39:00", "1:20:00", "1:24:30"}, {"40:00", "1:20:12", "1:25:30"});
  const FieldWeather weather = race.weather();
  ASSERT_TRUE(weather.front && weather.front->led);
  EXPECT_EQ(weather.front->led->from, kTenK);
  EXPECT_FALSE(weather.front->behind);
}

TEST(FieldWeather, MissedMatEndsTheClaimInsteadOfBeingGuessed) {
  Race winner_missed;
  winner_missed.front({"39:00", "", "1:24:30"}, {"40:00", "1:20:12", "1:25:30"});
  const FieldWeather missed = winner_missed.weather();
  ASSERT_TRUE(missed.front && missed.front->led);
  EXPECT_EQ(missed.front->led->from, kFinish);
  EXPECT_FALSE(missed.front->behind);

  // Whoever was ahead at 10K may have been so at 20K too.
  Race rival_missed;
  rival_missed.front({"40:10", "1:20:00", "1:24:30"}, {"40:00", "", "1:25:30"});
  const FieldWeather unknown = rival_missed.weather();
  ASSERT_TRUE(unknown.front && unknown.front->led);
  EXPECT_EQ(unknown.front->led->from, kFinish);
  EXPECT_FALSE(unknown.front->behind);
}

TEST(FieldWeather, SomebodyAheadWhoGaveUpWasStillAhead) {
  Race race;
  race.front({"40:10", "1:20:00", "1:24:30"}, {"40:20", "1:20:30", "1:25:30"});
  const EntrantId pacer = race.builder.runner(race.race, "9", "Pacer Pi", model::Sex::Male);
  race.builder.finish(pacer, "1", {"38:00", "", ""});
  race.builder.result(pacer).status = model::RunnerStatus::DidNotFinish;
  const FieldWeather weather = race.weather();
  ASSERT_TRUE(weather.front && weather.front->led && weather.front->behind);
  EXPECT_EQ(weather.front->led->from, kTwentyK);
  EXPECT_EQ(weather.front->behind->by, duration("2:10"));
}

TEST(FieldWeather, LeaderWhoCannotBeBelievedIsNotSpokenOf) {
  Race race;
  race.front({"40:10", "1:20:00", "1:24:30"}, {"40:20", "1:20:30", "1:25:30"});
  const EntrantId carried = race.builder.runner(race.race, "9", "Chip Bag", model::Sex::Male);
  race.builder.finish(carried, "1", {"20:00", "2:40:00", "2:50:00"});
  const FieldWeather weather = race.weather();
  ASSERT_TRUE(weather.front && weather.front->led);
  EXPECT_EQ(weather.front->led->from, kTwentyK);
  EXPECT_FALSE(weather.front->behind);
}

TEST(FieldWeather, GapWithinTheDoubtOfAClockIsNoLead) {
  Race race;
  race.front({"39:00", "1:20:00", "1:24:30"}, {"40:00", "1:20:12", "1:25:30"});
  model::Attention suspected;
  suspected.kind = model::Attention::Kind::ClockSuspected;
  suspected.mat = "hill";
  suspected.amount = duration("15");
  race.builder.results.attention.push_back(suspected);
  EXPECT_EQ(race.weather().front->led->from, kFinish);
  race.builder.results.attention.front().amount = duration("5");
  EXPECT_EQ(race.weather().front->led->from, kTenK);
}

TEST(FieldWeather, NetPlacesSharedWinsAndOpenRacesHaveNoLead) {
  Race by_net;
  by_net.builder.race_at(by_net.race).rank_by = model::RankBy::Net;
  by_net.front({"39:00", "1:20:00", "1:24:30"}, {"40:00", "1:20:12", "1:25:30"});
  EXPECT_TRUE(by_net.weather().front);
  EXPECT_FALSE(by_net.weather().front->led);

  Race dead_heat;
  dead_heat.front({"39:00", "1:20:00", "1:24:30"}, {"40:00", "1:20:12", "1:24:30"});
  EXPECT_FALSE(dead_heat.weather().front);

  Race open;
  open.front({"39:00", "1:20:00", "1:24:30"}, {"40:00", "1:20:12", "1:25:30"});
  open.builder.results.closed[0] = false;
  EXPECT_FALSE(open.weather().front);
  EXPECT_FALSE(open.weather().last);
}

TEST(FieldWeather, HalvesAreCountedByPace) {
  Race race;  // Of the 32, thirty go even to 20K and two are slower by a fifth after 10K.
  race.front({"40:00", "1:28:00", "1:33:16"}, {"40:00", "1:28:30", "1:33:46"});
  const FieldWeather weather = race.weather();
  ASSERT_TRUE(weather.halves);
  EXPECT_EQ(weather.halves->at, kTenK);
  EXPECT_EQ(weather.halves->known, 32U);
  EXPECT_EQ(weather.halves->slowed, 2U);
  std::vector<double> ratios;
  std::size_t faster = 0;
  for (const model::RunnerResult& runner : race.builder.results.runners) {
    const double half = static_cast<double>(runner.splits[1].net->value().count()) / 10'000;
    const double all = static_cast<double>(runner.splits[3].net->value().count());
    const double rest = (all - half * 10'000) / 11'097.5;
    ratios.push_back(rest / half);
    if (rest < half) ++faster;
  }
  std::sort(ratios.begin(), ratios.end());
  EXPECT_EQ(weather.halves->faster, faster);
  EXPECT_NEAR(static_cast<double>(weather.halves->middle_permille) / 1000, ratios[16], 0.001);
}

TEST(FieldWeather, TwelveRunnersAndRacesWithoutSplitsHaveNoHalves) {
  Race small(10);
  small.front({"40:00", "1:28:00", "1:33:16"}, {"40:00", "1:28:30", "1:33:46"});
  EXPECT_FALSE(small.weather().halves);
  EXPECT_TRUE(small.weather().front);

  ResultsBuilder builder;
  const auto race = builder.race("short");
  builder.race_at(race).points.erase(builder.race_at(race).points.begin() + 1);
  for (int i = 0; i < 30; ++i) {
    const auto id = builder.runner(race, std::to_string(100 + i), "Runner", model::Sex::Male);
    builder.finish(id, "1", {std::to_string(80 + i) + ":00"});
  }
  const FieldWeather weather = field_weather(builder.build(), race);
  EXPECT_FALSE(weather.halves);
  EXPECT_EQ(weather.finished, 30U);
}

TEST(FieldWeather, LastIsByTheClockAndSaysWhereTheyWere) {
  Race race;
  race.front({"40:10", "1:20:00", "1:24:30"}, {"40:00", "1:20:12", "1:25:30"});
  const FieldWeather weather = race.weather();
  ASSERT_TRUE(weather.last);
  // The slowest of thirty: 6330 + 2 x 870 s of net time, two seconds after the gun; at 10K after
  // 3870 s, which is before the winner's 5071 s.
  EXPECT_EQ(weather.last->after_gun, std::chrono::seconds(6330 + 2 * 870 + 2));
  EXPECT_EQ(weather.last->when_won, kTenK);
}

TEST(FieldWeather, NobodyAndCancelledSayNothing) {
  ResultsBuilder builder;
  const auto race = builder.race("race");
  const FieldWeather empty = field_weather(builder.build(), race);
  EXPECT_EQ(empty.started, 0U);
  EXPECT_FALSE(empty.halves || empty.front || empty.last);

  Race cancelled;
  cancelled.front({"40:10", "1:20:00", "1:24:30"}, {"40:00", "1:20:12", "1:25:30"});
  cancelled.builder.results.cancelled[0] = true;
  EXPECT_FALSE(cancelled.weather().halves || cancelled.weather().front || cancelled.weather().last);
}

}  // namespace
}  // namespace hs::moments
