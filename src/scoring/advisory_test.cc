#include "scoring/advisory.h"

#include <gmock/gmock.h>

#include "scoring/mat_health.h"
#include "support/race_script.h"

// What a person should know: scoring.md steps 1, 3, 8, 9 and the verdicts.

namespace hs::scoring {
namespace {

using test_support::lines;
using test_support::RaceScript;
using testing::HasSubstr;

const std::string kHalf = R"(
  event ends 12:00:00
  race half window 20:00
  points start@arch 0, 10k@pier 10000, finish@line 21097.5
  wave A 08:00:00
  runner 1
)";

TEST(Who, AnUnknownChipIsKeptAndListed) {
  const RaceScript race(kHalf + "09:00:00 line chip:X9\n09:00:01 line chip:X9");
  EXPECT_EQ(race.verdicts("X9"), lines(R"(
    09:00:00 line X9 unknown-chip
    09:00:01 line X9 unknown-chip
  )"));
  EXPECT_EQ(race.attention(), lines("look unknown-chip X9 count 2"));
}

// Complaint 5.
TEST(Who, AChipOfTwoRunnersIsNobodysAndListed) {
  const RaceScript race(kHalf + "runner 2 chips C1\n09:00:00 line 1");
  EXPECT_EQ(race.standings(), lines("- 1 DNS\n- 2 DNS"));
  EXPECT_THAT(race.attention(), HasSubstr("act ambiguous-chip 1 2 C1 count 2"));
  EXPECT_THAT(race.verdicts("1"), HasSubstr("09:00:00 line 1 ambiguous-chip"));
}

TEST(Who, TwoChipsOfOneAreOneRunnerAndListedWhereTheyPart) {
  const RaceScript together(kHalf +
                            "runner 2 chips A,B\n09:00:00 line chip:A\n09:00:01 line chip:B");
  EXPECT_THAT(together.standings(), HasSubstr("1 2 FIN net 1:00:00"));
  EXPECT_EQ(together.attention(), "");
  const RaceScript apart(kHalf + "runner 2 chips A,B\n08:40:00 pier chip:A\n08:40:20 line chip:B");
  EXPECT_THAT(apart.attention(), HasSubstr("look two-chips 2 B 0:00:20"));
}

TEST(Who, ARunnerInTwoRacesHasARowInEach) {
  const RaceScript race(kHalf + R"(
    race five
    points start@arch 0, finish@line 5000
    wave T 08:30:00
    runner 1 race half
    runner 1 race five
    09:00:00 line 1
  )");
  EXPECT_EQ(race.standings("half"), lines("1 1 FIN net 1:00:00 gun 1:00:00 start gun"));
  EXPECT_EQ(race.standings("five"), lines("1 1 FIN net 0:30:00 gun 0:30:00 start gun"));
  EXPECT_EQ(race.attention(), "");
}

TEST(Who, AReadThatCountsForTwoPeopleOfTwoRacesIsListedOnce) {
  const RaceScript race(R"(
    race half
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    race five
    points start@arch 0, finish@line 5000
    wave T 08:30:00
    runner 1 race half
    runner 2 race five chips C1
    09:00:00 line 1
  )");
  EXPECT_THAT(race.standings("half"), HasSubstr("1 1 FIN"));
  EXPECT_THAT(race.standings("five"), HasSubstr("1 2 FIN"));
  EXPECT_THAT(race.attention(), HasSubstr("act chip-of-two 1 2 C1"));
}

TEST(Verdict, OutsideTheEventIsBeforeMidnightOrBehindTheEnd) {
  const RaceScript race(kHalf + "-0:00:01 line 1\n12:00:00.001 line 1\n12:00:00 line 1");
  EXPECT_EQ(race.verdicts(), lines(R"(
    2026-05-07T23:59:59 line 1 outside-event
    12:00:00 line 1 counted finish
    12:00:00.001 line 1 outside-event
  )"));
}

TEST(Verdict, WithoutAnEndTheEventLastsThirtySixHoursBehindTheLastGun) {
  const RaceScript race(R"(
    race ultra
    points start@arch 0, finish@line 100000
    wave A 08:00:00
    runner 1
    runner 2
    44:00:00 line 1
    44:00:00.001 line 2
  )");
  EXPECT_EQ(race.standings(), lines(R"(
    1 1 FIN net 36:00:00 gun 36:00:00 start gun
    - 2 DNS
  )"));
}

TEST(Verdict, OfAGunMarkerAndOfAMatOfAnotherRace) {
  const RaceScript race(kHalf + R"(
    stream x mat line
    marker x gun at 08:00:00 before 1
    08:30:00 elsewhere 1
  )");
  EXPECT_EQ(race.verdicts(), lines(R"(
    08:00:00 line gun
    08:30:00 elsewhere 1 not-in-race
  )"));
}

TEST(Streams, ConflictsPowerLossGapsAndForeignFilesAreListed) {
  const RaceScript race(kHalf + R"(
    stream x mat line
    stream old mat line
    09:00:00 x: 1 seq 5 =r
    09:00:01 x: 1 seq 9
    conflict r 09:30:00
    marker x power at 08:30:00 before 5 text off
    -20:00:00 old: 1
  )");
  EXPECT_THAT(race.standings(), HasSubstr("1 1 FIN net 1:00:00"));
  EXPECT_THAT(race.attention(), HasSubstr("look read-conflict"));
  EXPECT_THAT(race.attention(), HasSubstr("note sequence-gap line count 3 (x)"));
  EXPECT_THAT(race.attention(), HasSubstr("look foreign-file line count 1 (old)"));
  EXPECT_THAT(race.attention(), HasSubstr("note power-lost line from 08:30:00 (x: off)"));
}

TEST(Streams, LinesOfAStreamThatNoFactDescribesStopNothing) {
  const RaceScript race(kHalf + R"(
    09:00:00 line 1 =r
    hand-line nowhere time 09:00:00 bib 1
    marker elsewhere power at 08:30:00 before 5
  )");
  EXPECT_THAT(race.standings(), HasSubstr("1 1 FIN net 1:00:00"));
}

// Complaint 7 of any finish line: bibs without times and times without bibs.
TEST(HandTiming, WhatCountsUpIsProposedAndWhatDoesNotIsListed) {
  const std::string hand = kHalf + R"(
    runner 2
    runner 3
    stream h mat line role manual
    09:00:00 line 1
    hand-line h bib 1
    hand-line h bib 2
    hand-line h time 09:00:00
    hand-line h time 09:00:08
  )";
  EXPECT_THAT(RaceScript(hand).attention(), HasSubstr("look hand-timing 2 line"));
  const RaceScript odd(hand + "hand-line h bib 3\n");
  EXPECT_THAT(odd.attention(), HasSubstr("look hand-timing line count 2"));
  EXPECT_THAT(odd.standings(), HasSubstr("- 2 DNS"));
}

TEST(HandTiming, SomebodyWhoseNumberNobodySawIsCountedAndNotAskedAbout) {
  const RaceScript race(kHalf + R"(
    runner 2
    stream h mat line role manual
    hand-line h
    hand-line h bib 2
    hand-line h time 09:00:00
    hand-line h time 09:00:08
  )");
  EXPECT_THAT(race.attention(), HasSubstr("look hand-timing 2 line from 09:00:08"));
  EXPECT_THAT(race.attention(), ::testing::Not(HasSubstr("hand-timing line")));
}

/// `count` runners at an even pace, one a ten seconds; the mat half way is deaf from the 13th on.
std::string field(int count, int deaf_from) {
  std::string text =
      "race ten\npoints start@arch 0, 5k@pier 5000, finish@line 10000\n"
      "wave A 08:00:00\n";
  const auto at = [](int s) { return test_support::short_time(std::chrono::seconds(s)); };
  for (int i = 1; i <= count; ++i) {
    const std::string bib = std::to_string(i);
    const int half = 20 * 60 + i * 10;
    text += "runner " + bib + "\n" + at(8 * 3600) + " arch " + bib + "\n";
    if (i < deaf_from) text += at(8 * 3600 + half) + " pier " + bib + "\n";
    text += at(8 * 3600 + 2 * half) + " line " + bib + "\n";
  }
  return text;
}

// Complaints 3 and 4: a dead antenna is found and counts against nobody.
TEST(MatHealth, ADeafSpellIsFoundAndNobodyLosesAPlace) {
  const RaceScript race(field(40, 25));
  EXPECT_EQ(race.attention(),
            lines("look dead-mat pier from 08:24:00 until 08:27:00 count 1 of 17"));
  EXPECT_THAT(race.standings(), HasSubstr("40 40 FIN"));
  for (const model::MatHealth& mat : race.results().mats) {
    EXPECT_NE(mat.mat, "line");  // Nobody passes on its far side: it is not judged.
    if (mat.mat != "pier") continue;
    EXPECT_EQ(mat.heard, 24U);
    EXPECT_EQ(mat.passed, 40U);
  }
}

TEST(MatHealth, AFewMissedReadsAreNoDeafSpell) {
  EXPECT_EQ(RaceScript(field(40, 33)).attention(), "");
}

TEST(Missed, IntervalsHoldTheTruthAndNarrowWithTheField) {
  const auto all = RaceScript(field(40, 25)).results();
  ASSERT_EQ(all.missed.size(), 16U);
  for (const model::MissedInterval& missed : all.missed) {
    const int bib = std::stoi(all.entrants[missed.entrant.raw()].bib.str());
    const base::NetTime truth(std::chrono::seconds(20 * 60 + bib * 10));
    EXPECT_LE(missed.earliest, truth);
    EXPECT_GE(missed.latest, truth);
    EXPECT_LT(missed.latest.value() - missed.earliest.value(), std::chrono::seconds(2));
    EXPECT_FALSE(all.runners[missed.entrant.raw()].splits[1].net.has_value());
  }
}

TEST(Distance, ManyTooEarlyAtAPointMakeItsDistanceSuspect) {
  std::string text =
      "race ten\npoints start@arch 0, finish@line 10000 fastest 30:00\n"
      "wave A 08:00:00\n";
  for (int i = 1; i <= 6; ++i) {
    const std::string bib = std::to_string(i);
    text += "runner " + bib + "\n08:25:0" + bib + " line " + bib + "\n";
  }
  EXPECT_THAT(RaceScript(text).attention(), HasSubstr("look wrong-distance finish count 6 of 6"));
}

}  // namespace
}  // namespace hs::scoring
