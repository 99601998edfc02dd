#include <gmock/gmock.h>

#include "support/race_script.h"

// Visits given to points: scoring.md steps 4, 5, 7 and 8.

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

TEST(Dwell, ReadsWithinTheGapAreOneVisit) {
  const RaceScript race(kHalf + R"(
    09:30:00 line 101
    09:30:59.9 line 101
    09:31:59.8 line 101
    09:32:59.8 line 101
  )");
  EXPECT_EQ(race.verdicts(), lines(R"(
    09:30:00 line 101 counted finish
    09:30:59.9 line 101 dwell finish 0:00:59.9
    09:31:59.8 line 101 dwell finish 0:01:59.8
    09:32:59.8 line 101 late-repeat
  )"));
}

TEST(Dwell, TheFirstMainReadWithinThePairWindowIsTheTime) {
  const RaceScript race(kHalf + R"(
    09:30:00 line 101 backup
    09:30:30 line 101
    09:30:31 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:30:30 gun 1:30:30 start gun"));
  EXPECT_EQ(race.verdicts(), lines(R"(
    09:30:00 line 101 backup-unused finish -0:00:30
    09:30:30 line 101 counted finish
    09:30:31 line 101 dwell finish 0:00:01
  )"));
}

TEST(Dwell, AMainReadBehindThePairWindowReplacesNothing) {
  const RaceScript race(kHalf + R"(
    09:30:00 line 101 backup
    09:30:30.001 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:30:00 gun 1:30:00 start gun"));
  EXPECT_EQ(race.splits("101"), lines(R"(
    10k -
    finish 1:30:00 gun 1:30:00 place 1 backup
  )"));
  EXPECT_EQ(race.verdicts(), lines(R"(
    09:30:00 line 101 counted finish
    09:30:30.001 line 101 late-repeat
  )"));
}

// PikaTimer issue 49, complaint 1.
TEST(Backup, FinishIsNotOverwrittenWhenTheRunnerWalksPastTheMainMatLater) {
  const RaceScript race(kHalf + R"(
    08:00:10 arch 101
    09:30:00 line 101 backup
    10:00:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:50 gun 1:30:00 start mat"));
  EXPECT_THAT(race.verdicts(), HasSubstr("10:00:00 line 101 late-repeat"));
}

TEST(Backup, OrderOfArrivalPlaysNoPart) {
  const RaceScript race(kHalf + R"(
    10:00:00 line 101
    09:30:00 line 101 backup
    08:00:10 arch 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:50 gun 1:30:00 start mat"));
}

TEST(Manual, IsUsedOnlyWhereNoAntennaHeard) {
  const RaceScript race(kHalf + R"(
    09:30:00 line 101 manual
    09:30:02 line 101 backup
    runner 102
    09:31:00 line bib:102 manual
  )");
  EXPECT_EQ(race.standings(), lines(R"(
    1 101 FIN net 1:30:02 gun 1:30:02 start gun
    2 102 FIN net 1:31:00 gun 1:31:00 start gun
  )"));
  EXPECT_EQ(race.splits("102"), lines(R"(
    10k -
    finish 1:31:00 gun 1:31:00 place 2 manual
  )"));
}

TEST(Manual, AnAcceptedHandReadFillsAFinishThatNobodyHeard) {
  const RaceScript race(kHalf + R"(
    08:00:10 arch 101
    hand 101 line 09:30:00
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:50 gun 1:30:00 start mat"));
}

TEST(Manual, ABibWithLeadingZerosIsMatchedAsWritten) {
  const RaceScript race(kHalf + R"(
    runner 007
    runner 7
    09:30:00 line bib:007 manual
    09:31:00 line bib:7 manual
  )");
  EXPECT_EQ(race.standings(), lines(R"(
    1 007 FIN net 1:30:00 gun 1:30:00 start gun
    2 7 FIN net 1:31:00 gun 1:31:00 start gun
    - 101 DNS
  )"));
}

// Complaint 2.
TEST(Ghost, AtTheFinishBeforeHalfWayIsKeptAsEvidenceAndNotUsed) {
  const RaceScript race(kHalf + R"(
    08:00:10 arch 101
    08:29:50 line 101
    08:44:50 pier 101
  )");
  EXPECT_EQ(race.standings(), lines("- 101 UNR start mat"));
  EXPECT_EQ(race.verdicts(), lines(R"(
    08:00:10 arch 101 counted start
    08:29:50 line 101 duplicate
    08:44:50 pier 101 counted 10k
  )"));
}

TEST(Ghost, FasterThanAnybodyIsTooEarly) {
  const RaceScript race(kHalf + R"(
    08:00:10 arch 101
    08:20:00 line 101
    08:44:50 pier 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:50 gun 1:30:00 start mat"));
  EXPECT_THAT(race.verdicts(), HasSubstr("08:20:00 line 101 too-early finish 0:09:42.19"));
}

TEST(Missed, APointWithoutAReadGivesAnIntervalAndNeverATime) {
  const RaceScript race(kHalf + R"(
    08:00:00 arch 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.splits("101"), lines(R"(
    10k -
    finish 1:30:00 gun 1:30:00 place 1
  )"));
  // 14 min at the fastest; from 10k to the finish at least 15:32.19.
  EXPECT_EQ(race.missed(), lines("101 10k 0:14:00-1:14:27.81"));
}

TEST(Missed, NoFinishIsNotFinishedAndOnTheListOfPeopleToLookFor) {
  const RaceScript race(kHalf + R"(
    08:00:10 arch 101
    08:44:50 pier 101
  )");
  EXPECT_EQ(race.standings(), lines("- 101 UNR start mat"));
  EXPECT_EQ(race.attention(), lines("act unresolved 101"));
}

const std::string kLaps = R"(
  race laps window 5:00
  points start@arch 0, lap1@arch 5000, lap2@arch 10000, lap3@arch 15000, finish@arch 20000
  wave A 08:00:00
  runner 101
)";

TEST(Laps, OnOneMatAreCountedInOrder) {
  const RaceScript race(kLaps + R"(
    08:00:10 arch 101
    08:25:10 arch 101
    08:50:10 arch 101
    09:15:10 arch 101
    09:40:10 arch 101
  )");
  EXPECT_EQ(race.splits("101"), lines(R"(
    lap1 0:25:00 gun 0:25:10 place 1
    lap2 0:50:00 gun 0:50:10 place 1
    lap3 1:15:00 gun 1:15:10 place 1
    finish 1:40:00 gun 1:40:10 place 1
  )"));
  EXPECT_EQ(race.attention(), "");
}

TEST(Laps, AMissedLapIsTheOneThatLeavesTheMostEvenSteps) {
  const RaceScript race(kLaps + R"(
    08:00:10 arch 101
    08:25:10 arch 101
    09:15:10 arch 101
    09:40:10 arch 101
  )");
  EXPECT_EQ(race.splits("101"), lines(R"(
    lap1 0:25:00 gun 0:25:10 place 1
    lap2 -
    lap3 1:15:00 gun 1:15:10 place 1
    finish 1:40:00 gun 1:40:10 place 1
  )"));
  // Never an invented time; the finish stands, and a person is asked.
  EXPECT_EQ(race.missed(), lines("101 lap2 0:32:00-1:08:00"));
  EXPECT_THAT(race.attention(), HasSubstr("look lap-missing 101 lap2"));
  EXPECT_THAT(race.attention(), HasSubstr("look other-assignment 101 lap2"));
}

TEST(Laps, TheWalkHomeAfterTheLastLapDoesNotCount) {
  const RaceScript race(kLaps + R"(
    08:00:10 arch 101
    08:25:10 arch 101
    08:50:10 arch 101
    09:15:10 arch 101
    09:40:10 arch 101
    10:05:10 arch 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:40:00 gun 1:40:10 start mat"));
  EXPECT_THAT(race.verdicts(), HasSubstr("10:05:10 arch 101 late-repeat"));
}

TEST(Points, ASpotterGivesNoSplitAndIsNotNeeded) {
  const RaceScript race(R"(
    race half
    points start@arch 0, view@hill 5000 spotter, finish@line 21097.5
    wave A 08:00:00
    runner 101
    08:00:10 arch 101
    08:20:00 hill 101
    09:30:00 line 101
  )");
  EXPECT_EQ(race.standings(), lines("1 101 FIN net 1:29:50 gun 1:30:00 start mat"));
  EXPECT_EQ(race.splits("101"), lines(R"(
    view -
    finish 1:29:50 gun 1:30:00 place 1
  )"));
  EXPECT_EQ(race.missed(), "");
}

TEST(Mode, AWheelchairMayBeFasterThanAnybodyOnFoot) {
  const RaceScript race(R"(
    race ten
    points start@arch 0, finish@line 10000
    wave A 08:00:00
    runner 101 mode foot
    runner 102 mode wheelchair
    runner 103 mode handcycle
    08:12:00 line 101
    08:12:00 line 102
    08:08:00 line 103
  )");
  // On foot 14:00; a chair 55/80 of it, 9:37.5; a handcycle 45/80, 7:52.5.
  EXPECT_EQ(race.standings(), lines(R"(
    1 103 FIN net 0:08:00 gun 0:08:00 start gun
    2 102 FIN net 0:12:00 gun 0:12:00 start gun
    - 101 UNR start gun
  )"));
}

TEST(Mode, ALeastTimeThatTheEventNamesHoldsForEveryMode) {
  const RaceScript race(R"(
    race ten
    points start@arch 0, finish@line 10000 fastest 13:00
    wave A 08:00:00
    runner 102 mode wheelchair
    08:12:00 line 102
  )");
  EXPECT_EQ(race.standings(), lines("- 102 UNR start gun"));
  EXPECT_THAT(race.verdicts(), HasSubstr("08:12:00 line 102 too-early finish 0:01:00"));
}

}  // namespace
}  // namespace hs::scoring
