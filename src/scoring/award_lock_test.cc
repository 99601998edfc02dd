#include "scoring/award_lock.h"

#include <gtest/gtest.h>

#include "support/race_script.h"

// When a prize is certain. The least time for the half marathon of these races is 29:32, and for
// its second half, from 10k on, 15:32: 84 us a millimetre.

namespace hs::scoring {
namespace {

using test_support::lines;
using test_support::RaceScript;

constexpr const char* kHalf = R"(
  race half rank gun window 20:00
  points start@arch 0, 10k@pier 10000, finish@line 21097.5
  wave A 08:00:00
  wave B 08:10:00
  division W60 sex F age 60-99
  runner 1 wave A sex F age 30
  runner 2 wave B sex F age 61
  runner 3 wave A sex M age 61
)";

std::string locks(const std::string& more) {
  return RaceScript(std::string(kHalf) + more, Closing::ByFacts).locks();
}

TEST(AwardLock, APrizeThatNobodyHasYetIsOpen) {
  EXPECT_EQ(locks("award women sex F places 1"), lines("women open 2"));
}

TEST(AwardLock, WhoCouldStillBeatTheLastPrizeKeepsItOpenUntilTheyCannot) {
  // The winner ran 1:20:00 and is in. Bib 2, ten minutes behind, was at 10k after 50 minutes.
  EXPECT_EQ(locks(R"(award women sex F places 1
    08:10:10 arch 2
    09:00:00 pier 2
    09:20:00 line 1
  )"),
            lines("women open 1 until 09:30:00"));
}

TEST(AwardLock, ItIsLockedOnceTheyCannotEvenAtTheFastest) {
  // From 10k at 09:16:00 nobody is at the line before 09:31:32, 1:21:32 after the gun.
  EXPECT_EQ(locks(R"(award women sex F places 1
    08:10:10 arch 2
    09:16:00 pier 2
    09:20:00 line 1
  )"),
            lines("women locked"));
}

TEST(AwardLock, ByNetWhoeverStartedLaterHasLonger) {
  EXPECT_EQ(locks(R"(award women sex F places 1 by net
    08:00:00 arch 1
    08:25:00 arch 2
    08:50:00 line 1
  )"),
            lines("women open 1 until 09:15:00"));
}

TEST(AwardLock, AListThatHangsOnAnOpenOneIsOpen) {
  EXPECT_EQ(RaceScript(R"(
    race half rank gun prizes listed
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    wave B 08:10:00
    division W60 sex F age 60-99
    award women sex F places 1
    award w60 division W60 places 1
    runner 1 wave A sex F age 61
    runner 2 wave A sex F age 62
    runner 3 wave B sex F age 30
    08:10:05 arch 3
    08:40:00 line 1
    08:41:00 line 2
  )",
                       Closing::ByFacts)
                .locks(),
            lines(R"(
    women open 1 until 08:50:00
    w60 W60 open 0
  )"));
}

TEST(AwardLock, AClosedRaceIsLocked) {
  EXPECT_EQ(locks("award women sex F places 1\nclose half"), lines("women locked"));
}

}  // namespace
}  // namespace hs::scoring
