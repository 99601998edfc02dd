#include <gmock/gmock.h>

#include "support/race_script.h"

// Starts: scoring.md steps 4 and 6.

namespace hs::scoring {
namespace {

using test_support::lines;
using test_support::RaceScript;
using testing::HasSubstr;

const std::string kHalf = R"(
  race half window 20:00
  points start@arch 0, 10k@pier 10000, finish@line 21097.5
  wave A 08:00:00
  runner 101
)";

/// Start and finish under one arch, thirty minutes to start.
const std::string kFive = R"(
  race five window 30:00
  points start@arch 0, finish@arch 5000
  wave A 08:00:00
  runner 101
)";

TEST(Start, TheMatGivesTheNetTimeAndTheGunTheGunTime) {
  const RaceScript race(kHalf + R"(
    08:00:10 arch 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:50 gun 1:30:00 start mat"));
}

TEST(Start, NotHeardTheGunStandsIn) {
  const RaceScript race(kHalf + "09:30:00 line 101");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:30:00 gun 1:30:00 start gun"));
}

TEST(Start, IsTheLastMainReadOfTheVisit) {
  const RaceScript race(kHalf + R"(
    08:00:05 arch 101
    08:00:10 arch 101
    08:00:25 arch 101 backup
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:50 gun 1:30:00 start mat"));
  EXPECT_EQ(race.verdicts(), lines(R"(
    08:00:05 arch 101 dwell start -0:00:05
    08:00:10 arch 101 counted start
    08:00:25 arch 101 backup-unused start 0:00:15
    09:30:00 line 101 counted finish
  )"));
}

TEST(Start, IsTheLastBackupReadWhereTheMainMatHeardNothing) {
  const RaceScript race(kHalf + R"(
    08:00:05 arch 101 backup
    08:00:12 arch 101 backup
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:48 gun 1:30:00 start mat"));
}

TEST(Start, StandingOnTheMatAcrossTheGunCountsFromTheLastRead) {
  const RaceScript race(kHalf + R"(
    07:59:20 arch 101
    07:59:50 arch 101
    08:00:20 arch 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:40 gun 1:30:00 start mat"));
  EXPECT_THAT(race.verdicts(), HasSubstr("07:59:20 arch 101 before-gun 0:00:40"));
}

TEST(Start, StandingOnTheMatAndLeavingBeforeTheGunIsNoStart) {
  const RaceScript race(kHalf + R"(
    07:59:20 arch 101
    07:59:50 arch 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:30:00 gun 1:30:00 start gun"));
}

TEST(Start, CrossingBackForAGelCountsTheLastCrossing) {
  const RaceScript race(kHalf + R"(
    08:00:10 arch 101
    08:03:00 arch 101
    08:05:00 arch 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:25:00 gun 1:30:00 start mat"));
  EXPECT_EQ(race.verdicts(), lines(R"(
    08:00:10 arch 101 duplicate
    08:03:00 arch 101 duplicate
    08:05:00 arch 101 counted start
    09:30:00 line 101 counted finish
  )"));
  // Another start by over a minute explains as much: a person should know.
  EXPECT_EQ(race.attention(), lines("look other-assignment 101 0:04:50"));
}

TEST(Start, CrossingBackUnderOneArchIsADuplicateAndNotTooEarly) {
  const RaceScript race(kFive + R"(
    08:00:10 arch 101
    08:01:30 arch 101
    08:25:00 arch 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 0:23:30 gun 0:25:00 start mat"));
  EXPECT_EQ(race.verdicts(), lines(R"(
    08:00:10 arch 101 duplicate
    08:01:30 arch 101 counted start
    08:25:00 arch 101 counted finish
  )"));
}

TEST(Start, AnotherCrossingWithinAMinuteIsNotListed) {
  const RaceScript race(kHalf + R"(
    08:00:10 arch 101
    08:01:10 arch 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:28:50 gun 1:30:00 start mat"));
  EXPECT_EQ(race.attention(), "");
}

TEST(Start, AFinishWithinTheStartWindowUnderOneArchStaysTheFinish) {
  // "Last read in the window" would take the finish for the start.
  const RaceScript race(kFive + R"(
    08:00:10 arch 101
    08:24:00 arch 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 0:23:50 gun 0:24:00 start mat"));
  EXPECT_EQ(race.attention(), "");
}

TEST(Start, WaitingAtTheFinishAndWalkingHomeChangesNothing) {
  const RaceScript race(kFive + R"(
    08:00:10 arch 101
    08:24:00 arch 101
    08:24:30 arch 101
    08:26:30 arch 101
    08:40:00 arch 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 0:23:50 gun 0:24:00 start mat"));
  EXPECT_EQ(race.verdicts(), lines(R"(
    08:00:10 arch 101 counted start
    08:24:00 arch 101 counted finish
    08:24:30 arch 101 dwell finish 0:00:30
    08:26:30 arch 101 late-repeat
    08:40:00 arch 101 late-repeat
  )"));
  // 8:26:30 to 8:40:00 could also be a race of its own, so a person is told which one stands.
  EXPECT_EQ(race.attention(), lines("look other-assignment 101 0:26:20"));
}

TEST(Start, ALaterRepeatOfTheFinishAloneIsNotListed) {
  const RaceScript race(kFive + R"(
    08:00:10 arch 101
    08:26:30 arch 101
    08:28:30 arch 101
    08:31:00 arch 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 0:26:20 gun 0:26:30 start mat"));
  EXPECT_EQ(race.attention(), "");
}

TEST(Start, AfterTheWindowIsALateStarterAndAcceptStartMakesItCount) {
  const std::string late = kHalf + R"(
    08:21:30 arch 101
    09:50:00 line 101
  )";
  const RaceScript listed(late);
  EXPECT_EQ(listed.standings(), lines("1 101 FIN net 1:50:00 gun 1:50:00 start gun"));
  EXPECT_EQ(listed.attention(), lines("look late-start 101 0:01:30"));
  EXPECT_EQ(listed.verdicts(), lines(R"(
    08:21:30 arch 101 outside-window start 0:01:30
    09:50:00 line 101 counted finish
  )"));
  const RaceScript accepted(late + "rule 101 accept-start");
  EXPECT_EQ(accepted.standings(), lines("1 101 FIN net 1:28:30 gun 1:50:00 start mat"));
  EXPECT_EQ(accepted.attention(), "");
}

TEST(Start, OneThatIsPutAsideForWhatFollowedIsListed) {
  // Ten minutes from 8:15 to ten kilometres are too few; from the gun they are 25.
  const std::string read = kHalf + R"(
    08:15:00 arch 101
    08:25:00 pier 101
  )";
  const RaceScript race(read + "09:30:00 line 101");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:30:00 gun 1:30:00 start gun"));
  EXPECT_THAT(race.attention(), HasSubstr("act start-set-aside 101"));
  // Nothing hangs on it where there is no finish; and a start that is right is not put aside.
  EXPECT_THAT(RaceScript(read).attention(), HasSubstr("look start-set-aside 101"));
  EXPECT_EQ(RaceScript(kHalf + "08:15:00 arch 101\n09:30:00 line 101").attention(), "");
}

TEST(Start, LateStarterOrWalkHomeUnderOneArchIsAsked) {
  // Start not heard; heard 8:31 and 8:57: a late start and a finish, or a finish and a walk home.
  const RaceScript race(kFive + R"(
    08:31:00 arch 101
    08:57:00 arch 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 0:31:00 gun 0:31:00 start gun"));
  EXPECT_THAT(race.attention(), HasSubstr("look late-start-or-walk 101"));
  const RaceScript accepted(kFive + R"(
    08:31:00 arch 101
    08:57:00 arch 101
    rule 101 accept-start
  )");
  EXPECT_EQ(accepted.standings(), lines("1 101 FIN net 0:26:00 gun 0:57:00 start mat"));
}

TEST(Start, TheWindowIncludesItsLastInstant) {
  const RaceScript race(kHalf + R"(
    08:20:00 arch 101
    09:50:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:30:00 gun 1:50:00 start mat"));
}

const std::string kWaves = R"(
  race half window 20:00
  points start@arch 0, finish@line 21097.5
  wave A 08:00:00
  wave B 08:10:00
)";

TEST(OtherWave, StartKeepsTheOwnGunAndIsListedWithSeconds) {
  const RaceScript race(kWaves + R"(
    runner 101 wave B
    08:05:00 arch 101
    09:30:00 line 101
  )");
  // Net counts from that passing and may be longer than gun.
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:25:00 gun 1:20:00 start other-wave"));
  EXPECT_EQ(race.attention(), lines("look other-wave-start 101 -0:05:00"));
  EXPECT_THAT(race.verdicts(), HasSubstr("08:05:00 arch 101 counted start"));
}

TEST(OtherWave, AcceptWaveMovesTheRunner) {
  const RaceScript race(kWaves + R"(
    runner 101 wave B
    08:05:00 arch 101
    09:30:00 line 101
    rule 101 accept-wave
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:25:00 gun 1:30:00 start mat"));
  EXPECT_EQ(race.results().runners[0].wave, model::WaveId(0));
  EXPECT_EQ(race.attention(), "");
}

TEST(OtherWave, AStartAfterTheOwnGunIsTakenBeforeOneWithAnotherWave) {
  const RaceScript race(kWaves + R"(
    runner 101 wave B
    08:05:00 arch 101
    08:10:30 arch 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:19:30 gun 1:20:00 start mat"));
  EXPECT_EQ(race.attention(), "");
}

TEST(OtherWave, AReadBeforeEveryGunIsNoStart) {
  const RaceScript race(kWaves + R"(
    runner 101 wave B
    07:59:00 arch 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:20:00 gun 1:20:00 start gun"));
  EXPECT_THAT(race.verdicts(), HasSubstr("07:59:00 arch 101 before-gun 0:11:00"));
}

TEST(OtherWave, TheGunOfAnotherRaceOfTheEventCountsToo) {
  const RaceScript race(R"(
    race ten window 10:00
    points start@arch 0, finish@line 10000
    wave T 07:45:00
    race half window 20:00
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    runner 101 race half
    07:50:00 arch 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings("half"), lines("1 101 FIN net 1:40:00 gun 1:30:00 start other-wave"));
}

TEST(BlankWave, IsTheOneWhoseWindowHoldsTheStart) {
  const RaceScript race(kWaves + R"(
    runner 101
    runner 102
    08:05:00 arch 101
    08:12:00 arch 102
    09:30:00 line 101
    09:30:00 line 102
  )");
  EXPECT_EQ(race.results().runners[0].wave, model::WaveId(0));
  EXPECT_EQ(race.results().runners[1].wave, model::WaveId(1));
  EXPECT_EQ(race.attention(), lines(R"(
    look wave-found 101 (A)
    look wave-found 102 (B)
  )"));
}

TEST(BlankWave, NobodyHeardHasNoWaveAndIsNotListed) {
  const RaceScript race(kWaves + "runner 101");
  EXPECT_EQ(race.standings(), lines("- 101 DNS"));
  EXPECT_FALSE(race.results().runners[0].wave.has_value());
  EXPECT_EQ(race.attention(), "");
}

TEST(BlankWave, IsTheOnlyOneWithoutAWord) {
  const RaceScript race(kHalf + "08:00:10 arch 101\n09:30:00 line 101");
  EXPECT_EQ(race.results().runners[0].wave, model::WaveId(0));
  EXPECT_EQ(race.attention(), "");
}

TEST(Gun, MovedMovesEverything) {
  const RaceScript race(kHalf + R"(
    08:00:10 arch 101
    08:44:00 pier 101
    09:30:00 line 101
    gun half A 08:00:05
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:50 gun 1:29:55 start mat"));
  EXPECT_EQ(race.splits("101"), lines(R"(
    10k 0:43:50 gun 0:43:55 place 1
    finish 1:29:50 gun 1:29:55 place 1
  )"));
}

TEST(Gun, MovedBehindTheStartMakesTheStartEarly) {
  const RaceScript race(kHalf + R"(
    08:00:10 arch 101
    09:30:00 line 101
    gun half A 08:01:00
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:00 gun 1:29:00 start gun"));
  EXPECT_THAT(race.verdicts(), HasSubstr("08:00:10 arch 101 before-gun 0:00:50"));
}

TEST(Gun, WaitedForTimesNobodyAndIsAsked) {
  const std::string waiting = R"(
    race half
    points start@arch 0, finish@line 21097.5
    wave A
    runner 101
    08:00:10 arch 101
    09:30:00 line 101
  )";
  const RaceScript race(waiting);
  EXPECT_EQ(race.standings(), lines("- 101 UNR"));
  EXPECT_THAT(race.attention(), HasSubstr("act no-gun count 1 (A)"));
  EXPECT_THAT(race.verdicts(), HasSubstr("08:00:10 arch 101 before-gun"));
  const RaceScript fired(waiting + "gun half A 08:00:00");
  EXPECT_EQ(fired.standings(), lines("1 101 FIN net 1:29:50 gun 1:30:00 start mat"));
}

}  // namespace
}  // namespace hs::scoring
