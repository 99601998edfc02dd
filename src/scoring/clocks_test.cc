#include "scoring/clock_map.h"

#include <gmock/gmock.h>

#include "scoring/clock_compare.h"
#include "support/race_script.h"

// Clocks: scoring.md step 2.

namespace hs::scoring {
namespace {

using base::Duration;
using test_support::lines;
using test_support::RaceScript;
using testing::HasSubstr;

const std::string kRace = R"(
  race half
  points start@arch 0, finish@line 21097.5
  wave A 08:00:00
  runner 1
)";

TEST(Clock, ZoneAndConfiguredOffsetMakeRaceTime) {
  const RaceScript race(kRace + R"(
    stream x mat line zone +02:00 offset -1.5
    11:00:00 x: 1
  )");
  EXPECT_EQ(race.standings(), lines("1 1 FIN net 0:59:58.5 gun 0:59:58.5 start gun"));
}

TEST(Clock, InstantsAreCutToTheDevicesResolution) {
  const RaceScript race(kRace + R"(
    stream x mat line resolution 0.01
    09:00:00.019999 x: 1
  )");
  EXPECT_EQ(race.standings(), lines("1 1 FIN net 1:00:00.01 gun 1:00:00.01 start gun"));
}

TEST(Clock, InstantsBefore1970AreCutTowardsThePast) {
  model::Stream stream;
  stream.resolution = Duration(10'000);
  const ClockMap clock(stream);
  EXPECT_EQ(clock.correct(base::ReaderTime(Duration(-1)), 1), base::RaceTime(Duration(-10'000)));
  EXPECT_EQ(clock.correct(base::ReaderTime(Duration(-10'000)), 1),
            base::RaceTime(Duration(-10'000)));
}

TEST(Clock, ADeviceThatWokeIn1980IsMovedByPosition) {
  const RaceScript race(kRace + R"(
    stream x mat line
    1980-01-06T01:00:00 x: 1 seq 3
    09:05:00 x: 1 seq 9
    marker x time-change before 5 from 1980-01-06T01:02:00 to 2026-05-08T09:02:00
  )");
  EXPECT_EQ(race.standings(), lines("1 1 FIN net 1:00:00 gun 1:00:00 start gun"));
  EXPECT_THAT(race.verdicts(), HasSubstr("09:02:00 line marker"));
  EXPECT_THAT(race.attention(), HasSubstr("note clock-moved line"));
}

TEST(Clock, SeveralChangesAddUp) {
  const RaceScript race(kRace + R"(
    stream x mat line
    08:50:00 x: 1 seq 1
    marker x time-change before 5 from 08:52:00 to 08:57:00
    marker x time-change before 9 from 08:58:00 to 09:03:00
  )");
  EXPECT_EQ(race.standings(), lines("1 1 FIN net 1:00:00 gun 1:00:00 start gun"));
}

TEST(Clock, AMarkerToldTwiceCountsOnce) {
  const RaceScript race(kRace + R"(
    stream x mat line
    08:50:00 x: 1 seq 1
    marker x time-change before 5 from 08:52:00 to 08:57:00
    marker x time-change before 5 from 08:52:00 to 08:57:00
  )");
  EXPECT_EQ(race.standings(), lines("1 1 FIN net 0:55:00 gun 0:55:00 start gun"));
}

TEST(Clock, OnlyAnAcceptedCorrectionMovesReadsAndItsUndoMovesThemBack) {
  const std::string base = kRace + "stream x mat line device D epoch 7\n09:00:00 x: 1\n";
  const RaceScript corrected(base + "correct device D epoch 7 offset -1.5 =c");
  EXPECT_EQ(corrected.standings(), lines("1 1 FIN net 0:59:58.5 gun 0:59:58.5 start gun"));
  const std::string plain = lines("1 1 FIN net 1:00:00 gun 1:00:00 start gun");
  EXPECT_EQ(RaceScript(base + "correct device D offset -1.5 =c\nundo c").standings(), plain);
  EXPECT_EQ(RaceScript(base + "correct device D epoch 8 offset -1.5").standings(), plain);
  EXPECT_EQ(RaceScript(base + "correct device E offset -1.5").standings(), plain);
  EXPECT_EQ(RaceScript(base + "correct device D offset -1.5 from 09:00:01").standings(), plain);
  EXPECT_EQ(RaceScript(base + "correct device D offset -1.5 until 09:00:00").standings(), plain);
}

TEST(Clock, AFreeClockIsUsableOnlyWithACorrection) {
  const std::string base = kRace + R"(
    stream x mat line device D clock free
    1970-01-01T00:30:00 x: 1
  )";
  EXPECT_EQ(RaceScript(base).standings(), lines("- 1 DNS"));
  EXPECT_THAT(RaceScript(base).verdicts(), HasSubstr("outside-event"));
  const std::int64_t to_nine = 1'778'230'800 - 1800;
  EXPECT_EQ(RaceScript(base + "correct device D offset " + std::to_string(to_nine / 3600) + ":" +
                       std::to_string(to_nine % 3600 / 60) + ":00")
                .standings(),
            lines("1 1 FIN net 1:00:00 gun 1:00:00 start gun"));
}

/// Pairs on an exact line: offset and spacing in, at paces `slow` apart.
std::vector<ClockPair> pairs(std::int64_t offset_us, std::int64_t spacing_mm, std::int64_t spread) {
  std::vector<ClockPair> out;
  for (std::int64_t i = 0; i < 60; ++i) {
    const std::int64_t pace = 300'000 + i * spread;
    out.push_back({offset_us + spacing_mm * pace / 1000, pace});
  }
  return out;
}

TEST(ClockCompare, TellsAnOffsetFromTheSpacingOfTheLines) {
  const auto line = fit_line(pairs(1'500'000, 2'100, 4'000));
  ASSERT_TRUE(line.has_value());
  EXPECT_NEAR(static_cast<double>(line->offset.count()), 1'500'000, 2'000);
  EXPECT_NEAR(static_cast<double>(line->spacing.in_millimetres()), 2'100, 10);
  EXPECT_LT(line->offset_error.count(), 10'000);
}

TEST(ClockCompare, OutliersDoNotMoveTheLine) {
  auto with = pairs(1'500'000, 2'100, 4'000);
  with.push_back({90'000'000, 300'000});
  const auto line = fit_line(with);
  ASSERT_TRUE(line.has_value());
  EXPECT_NEAR(static_cast<double>(line->offset.count()), 1'500'000, 2'000);
}

TEST(ClockCompare, SaysItCannotTellWhereAllRunAlikeOrTooFewWereHeard) {
  EXPECT_FALSE(fit_line(pairs(1'500'000, 2'100, 0)).has_value());
  auto few = pairs(1'500'000, 2'100, 4'000);
  few.resize(29);
  EXPECT_FALSE(fit_line(few).has_value());
  EXPECT_FALSE(fit_line({}).has_value());
}

/// Forty runners over two lines of antennas at the finish, the second box `behind` seconds late.
std::string two_boxes(int behind_ms) {
  std::string text =
      "race half\npoints start@arch 0, finish@line 21097.5\nwave A 08:00:00\n"
      "stream x mat line device D1\nstream y mat line device D2\n";
  const auto at = [](std::int64_t ms) {
    return test_support::short_time(std::chrono::milliseconds(ms));
  };
  for (int i = 1; i <= 40; ++i) {
    const std::int64_t finish_ms = (3600 + i * 120) * 1000;
    const std::int64_t spacing_ms = 2 * finish_ms / 21097;  // Two metres at the runner's pace.
    const std::int64_t clock = 8LL * 3600 * 1000 + finish_ms;
    const std::string bib = std::to_string(i);
    text += "runner " + bib + "\n" + at(clock) + " x: " + bib + "\n";
    text += at(clock + 100) + " x: " + bib + "\n";
    text += at(clock + spacing_ms + behind_ms) + " y: " + bib + "\n";
  }
  return text;
}

TEST(ClockCompare, ADeviceThatIsBehindIsSuspectedAndNeverCorrected) {
  const RaceScript race(two_boxes(5000));
  EXPECT_THAT(race.attention(), HasSubstr("look clock-suspected line"));
  const auto all = race.results();
  ASSERT_EQ(all.clocks.size(), 1U);
  ASSERT_TRUE(all.clocks[0].offset.has_value());
  EXPECT_NEAR(static_cast<double>(all.clocks[0].offset->count()), 5'000'000, 20'000);
  EXPECT_NEAR(static_cast<double>(all.clocks[0].spacing->in_millimetres()), 2'000, 60);
  EXPECT_EQ(all.clocks[0].pairs, 40U);
  EXPECT_THAT(race.standings(), HasSubstr("1 1 FIN net 1:02:00"));
}

TEST(ClockCompare, LinesSomeMetresApartAreNoWrongClock) {
  EXPECT_THAT(RaceScript(two_boxes(0)).attention(), testing::Not(HasSubstr("clock-suspected")));
}

/// `runners` at an even pace, timed at the start, at a pier half way and at the line; the one box
/// at the pier is `ahead` seconds ahead, and another for every second runner.
std::string pier_ahead(int runners, int ahead_s, int ahead_every_second_s) {
  std::string text =
      "race half\npoints start@arch 0, 10k@pier 10000, finish@line 20000\nwave A 08:00:00\n"
      "stream p mat pier device D1\n";
  const auto at = [](std::int64_t seconds) {
    return test_support::short_time(std::chrono::seconds(seconds));
  };
  for (int i = 1; i <= runners; ++i) {
    const std::int64_t gun = 8LL * 3600;
    const std::int64_t half_way = 2400 + i * 20;
    const int ahead = i % 2 == 0 ? ahead_every_second_s : ahead_s;
    const std::string bib = std::to_string(i);
    text += "runner " + bib + "\n" + at(gun) + " arch " + bib + "\n";
    text += at(gun + half_way + ahead) + " p: " + bib + "\n";
    text += at(gun + 2 * half_way) + " line " + bib + "\n";
  }
  return text;
}

TEST(CourseClock, AMatAnHourOffIsSuspectedAndTheHourIsProposed) {
  const RaceScript race(pier_ahead(40, 3600, 3600));
  EXPECT_THAT(race.attention(), HasSubstr("look clock-suspected pier"));
  const auto all = race.results();
  ASSERT_EQ(all.course_clocks.size(), 1U);
  EXPECT_EQ(all.course_clocks[0].runners, 40U);
  EXPECT_EQ(all.course_clocks[0].apart, std::chrono::hours(1));
  EXPECT_EQ(all.course_clocks[0].correction, -std::chrono::hours(1));
  // Nobody is given a finish by guessing which of the two mats is wrong; the proposal settles it.
  EXPECT_THAT(race.standings(), HasSubstr("- 1 UNR"));
  const RaceScript settled(pier_ahead(40, 3600, 3600) + "correct device D1 offset -3600\n");
  EXPECT_THAT(settled.standings(), HasSubstr("1 1 FIN net 1:20:40"));
  EXPECT_TRUE(settled.results().course_clocks.empty());
}

TEST(CourseClock, WhatIsNoQuarterOfAnHourIsSuspectedWithoutAProposal) {
  const auto all = RaceScript(pier_ahead(40, -440, -440)).results();
  ASSERT_EQ(all.course_clocks.size(), 1U);
  EXPECT_EQ(all.course_clocks[0].apart, std::chrono::seconds(-440));
  EXPECT_FALSE(all.course_clocks[0].correction.has_value());
}

TEST(CourseClock, FewRunnersNearTimesAndScatterSuspectNoClock) {
  EXPECT_TRUE(RaceScript(pier_ahead(29, 3600, 3600)).results().course_clocks.empty());
  EXPECT_TRUE(RaceScript(pier_ahead(40, 299, 299)).results().course_clocks.empty());
  EXPECT_TRUE(RaceScript(pier_ahead(40, 3600, 1200)).results().course_clocks.empty());
}

}  // namespace
}  // namespace hs::scoring
