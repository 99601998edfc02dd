#include <gmock/gmock.h>

#include "support/race_script.h"

// What a race director decides about a whole race, and what referees decide about two entries.
// Each case is a small race that can be checked by hand.

namespace hs::scoring {
namespace {

using test_support::lines;
using test_support::RaceScript;
using testing::HasSubstr;

const std::string kRace = R"(
  race half window 20:00
  points start@arch 0, 10k@pier 10000, finish@line 21097.5
  wave A 08:00:00
  runner 101
  runner 102
  runner 103
  08:00:10 arch 101
  08:44:00 pier 101
  09:30:00 line 101
  08:00:20 arch 102
  08:43:00 pier 102
  09:40:00 line 102
  08:00:30 arch 103
  08:50:00 pier 103
)";

// The bridge behind 10 km is closed while the race is under way: everybody's 10 km time counts.
TEST(Shortened, ResultsAtAnEarlierPointAreThoseOfTheFinish) {
  const RaceScript race(kRace + "shorten half 10k");
  EXPECT_EQ(race.standings(), lines(R"(
    1 102 FIN net 0:42:40 gun 0:43:00 start mat
    2 101 FIN net 0:43:50 gun 0:44:00 start mat
    3 103 FIN net 0:49:30 gun 0:50:00 start mat
  )"));
  const auto results = race.results();
  EXPECT_EQ(results.event.races[0].points.back().id, "10k");
  EXPECT_EQ(results.event.races[0].points.back().distance, base::Distance::metres(10000));
  ASSERT_EQ(results.race_rulings.size(), 1U);
}

TEST(Shortened, IsTakenBackWhole) {
  EXPECT_EQ(RaceScript(kRace + "shorten half 10k =s\nundo s").standings(),
            RaceScript(kRace).standings());
}

TEST(Shortened, TheLastWordHoldsAndAnUnknownPointChangesNothing) {
  EXPECT_EQ(RaceScript(kRace + "shorten half 10k\nshorten half finish").standings(),
            RaceScript(kRace).standings());
  EXPECT_EQ(RaceScript(kRace + "shorten half start").standings(), RaceScript(kRace).standings());
}

// A finish that was set by hand is one at the line that is no finish any more.
TEST(Shortened, MakesAFinishThatWasRuledBeforeMoot) {
  const std::string ruled = kRace + "rule 103 finish 09:50:00\n";
  EXPECT_THAT(RaceScript(ruled).standings(), HasSubstr("103 FIN net 1:49:30"));
  EXPECT_THAT(RaceScript(ruled + "shorten half 10k").standings(), HasSubstr("103 FIN net 0:49:30"));
  EXPECT_THAT(RaceScript(kRace + "shorten half 10k\nrule 103 finish 08:51:00").standings(),
              HasSubstr("103 FIN net 0:50:30"));
}

// Hail at 09:35: whoever was in by then keeps the time; 102 came in at 09:40.
TEST(Stopped, WhoeverFinishedBeforeKeepsTheTime) {
  const RaceScript race(kRace + "stop half 09:35:00");
  EXPECT_EQ(race.standings(), lines(R"(
    1 101 FIN net 1:29:50 gun 1:30:00 start mat
    - 102 STP start mat
    - 103 STP start mat
  )"));
  EXPECT_THAT(race.verdicts("102"), HasSubstr("after-stop"));
}

TEST(Stopped, TheInstantItselfStillCounts) {
  EXPECT_THAT(RaceScript(kRace + "stop half 09:40:00").standings(),
              HasSubstr("2 102 FIN net 1:39:40"));
}

// The others by their order at 10 km, which is the last point that all of them passed.
TEST(Stopped, OthersArePlacedBehindByTheNamedPoint) {
  const RaceScript race(kRace + "stop half 09:35:00 by 10k");
  EXPECT_EQ(race.standings(), lines(R"(
    1 101 FIN net 1:29:50 gun 1:30:00 start mat
    2 102 STP start mat
    3 103 STP start mat
  )"));
}

TEST(Stopped, APlaceIsNoTime) {
  const auto results = RaceScript(kRace + "stop half 09:35:00 by 10k").results();
  EXPECT_TRUE(results.runners[1].places.overall.has_value());
  EXPECT_FALSE(results.runners[1].official.has_value());
  EXPECT_FALSE(results.runners[1].net.has_value());
}

TEST(Stopped, WhoeverWasNotToStartYetIsDeferred) {
  const RaceScript race(kRace + R"(
    wave B 09:50:00
    runner 201 wave B
    stop half 09:35:00
  )");
  EXPECT_THAT(race.standings(), HasSubstr("201 DEF"));
}

// A train from 08:40 to 08:45 between the start and 10 km: 101 and 102 stood at it until it had
// passed; for everybody who was under way it is not counted.
TEST(Neutralised, TimeBetweenTwoInstantsIsNotCounted) {
  const RaceScript race(kRace + "neutralise half 08:35:00 08:40:00");
  EXPECT_EQ(race.standings(), lines(R"(
    1 101 FIN net 1:24:50 gun 1:25:00 start mat
    2 102 FIN net 1:34:40 gun 1:35:00 start mat
    - 103 UNR start mat
  )"));
  EXPECT_THAT(race.splits("101"), HasSubstr("10k 0:38:50 gun 0:39:00"));
}

// From 08:42 until 08:52: 101 was in it for all of it, 10 km splits only for their part of it.
TEST(Neutralised, OnlyThePartThatARunnerWasInIsLeftOut) {
  const RaceScript race(kRace + "neutralise half 08:42:00 08:52:00");
  EXPECT_THAT(race.splits("102"), HasSubstr("10k 0:41:40 gun 0:42:00"));
  EXPECT_THAT(race.standings(), HasSubstr("101 FIN net 1:19:50"));
}

TEST(Neutralised, BeforeTheStartAndBehindTheFinishNothingIsLeftOut) {
  EXPECT_EQ(RaceScript(kRace + "neutralise half 07:00:00 08:00:00").standings(),
            RaceScript(kRace).standings());
  EXPECT_EQ(RaceScript(kRace + "neutralise half 09:40:00 09:50:00").standings(),
            RaceScript(kRace).standings());
}

// A level crossing between 10 km and the finish of a race: the stretch counts for nobody.
TEST(Neutralised, TheTimeBetweenTwoPointsIsNotCounted) {
  EXPECT_EQ(RaceScript(kRace + "neutralise half points 10k,finish").standings(), lines(R"(
    1 102 FIN net 0:42:40 gun 0:43:00 start mat
    2 101 FIN net 0:43:50 gun 0:44:00 start mat
    - 103 UNR start mat
  )"));
}

TEST(Neutralised, PartsThatOverlapAreLeftOutOnce) {
  const std::string both = "neutralise half 08:35:00 08:40:00\nneutralise half 08:38:00 08:42:00";
  EXPECT_THAT(RaceScript(kRace + both).standings(), HasSubstr("101 FIN net 1:22:50"));
}

// 105 was entered on the web as 101 and again on the day: both chips are one runner.
const std::string kTwice = kRace + R"(
  runner 105
  09:25:00 line 105
)";

TEST(Merged, ReadsOfBothChipsCountForOneAndTheOtherIsNotListed) {
  EXPECT_THAT(RaceScript(kTwice).standings(), HasSubstr("105"));
  const RaceScript race(kTwice + "rule 105 merge with 103");
  EXPECT_EQ(race.standings(), lines(R"(
    1 103 FIN net 1:24:30 gun 1:25:00 start mat
    2 101 FIN net 1:29:50 gun 1:30:00 start mat
    3 102 FIN net 1:39:40 gun 1:40:00 start mat
  )"));
}

TEST(Merged, WhatWasRuledAboutEitherHoldsForTheOne) {
  const std::string merge = "rule 105 merge with 103\n";
  EXPECT_THAT(RaceScript(kTwice + "rule 105 dsq clause X\n" + merge).standings(),
              HasSubstr("- 103 DSQ"));
  EXPECT_THAT(RaceScript(kTwice + merge + "rule 105 dsq clause X\nrule 103 reinstate").standings(),
              HasSubstr("1 103 FIN"));
}

TEST(Merged, IsTakenBackAndTwoAreTwoAgain) {
  EXPECT_EQ(RaceScript(kTwice + "rule 105 merge with 103 =m\nundo m").standings(),
            RaceScript(kTwice).standings());
}

TEST(Merged, OneWithItselfOrWithNobodyHasNoEffectAndIsListed) {
  const RaceScript race(kTwice + "rule 105 merge with 105\nrule 105 merge with 999");
  EXPECT_EQ(race.standings(), RaceScript(kTwice).standings());
  EXPECT_THAT(race.attention(), HasSubstr("ruling-without-effect"));
}

TEST(SwappedChips, EachGetsTheReadsOfTheOther) {
  EXPECT_EQ(RaceScript(kRace + "rule 101 swap-chips with 102").standings(), lines(R"(
    1 102 FIN net 1:29:50 gun 1:30:00 start mat
    2 101 FIN net 1:39:40 gun 1:40:00 start mat
    - 103 UNR start mat
  )"));
}

TEST(SwappedChips, TwiceIsAsIfNever) {
  const std::string swap = "rule 101 swap-chips with 102\n";
  EXPECT_EQ(RaceScript(kRace + swap + swap).standings(), RaceScript(kRace).standings());
}

// Complaint 8: moved to another race, and in two lists.
const std::string kTwoRaces = R"(
  race half window 20:00
  points start@arch 0, 10k@pier 10000, finish@line 21097.5
  wave A 08:00:00
  runner 101 race half
  runner 102 race half
  race 10k window 20:00
  points start@arch 0, finish@pier 10000
  wave A 08:00:00
  runner 501
  08:00:10 arch 101
  08:44:00 pier 101
  09:30:00 line 101
  08:00:20 arch 102
  08:43:00 pier 102
  08:00:30 arch 501
  08:50:00 pier 501
)";

TEST(Moved, IsInTheOtherRaceAndNowhereElse) {
  const auto results = RaceScript(kTwoRaces + "rule 102 move to 10k").results();
  std::size_t found = 0;
  for (const model::Entrant& entrant : results.entrants) {
    if (entrant.bib.view() != "102") continue;
    ++found;
    EXPECT_EQ(entrant.race, "10k");
  }
  EXPECT_EQ(found, 1U);
  ASSERT_EQ(results.order[1].size(), 2U);
  const model::RunnerResult& first = results.runners[results.order[1][0].raw()];
  EXPECT_EQ(results.entrants[first.entrant.raw()].bib.view(), "102");
  EXPECT_EQ(first.places.overall->place, 1U);
  EXPECT_EQ(results.order[0].size(), 1U);
}

TEST(Moved, WhatIsRuledInEitherRaceHolds) {
  const std::string moved = kTwoRaces + "rule 102 move to 10k\n";
  EXPECT_THAT(RaceScript(moved + "rule 102 dsq clause X").standings(), HasSubstr("102 DSQ"));
  EXPECT_THAT(RaceScript(moved + "rule 102 race 10k dsq clause X").standings(),
              HasSubstr("102 DSQ"));
}

TEST(Moved, AndBackIsAsIfNever) {
  const std::string there = kTwoRaces + "rule 102 move to 10k =m\n";
  EXPECT_EQ(RaceScript(there + "rule 102 race 10k move to half").standings(),
            RaceScript(kTwoRaces).standings());
  EXPECT_EQ(RaceScript(there + "undo m").standings(), RaceScript(kTwoRaces).standings());
}

TEST(Moved, ToWhereTheNumberIsTakenHasNoEffectAndIsListed) {
  const std::string taken = kTwoRaces + "runner 102 race 10k\n";
  const RaceScript race(taken + "rule 102 race half move to 10k");
  EXPECT_EQ(race.standings(), RaceScript(taken).standings());
  EXPECT_THAT(race.attention(), HasSubstr("ruling-without-effect"));
}

// Three words about one runner: taking back the first leaves what the other two say.
TEST(Undone, TheFirstOfThree) {
  const std::string three =
      kRace + "rule 101 dsq clause X =a\nrule 101 penalty 1:00 =b\nrule 101 ooc =c\n";
  EXPECT_THAT(RaceScript(three + "undo a").standings(), HasSubstr("101 OOC net 1:30:50"));
  EXPECT_THAT(RaceScript(three + "undo c").standings(), HasSubstr("101 DSQ net 1:30:50"));
  EXPECT_THAT(RaceScript(three + "undo a =u\nundo c\nundo u").standings(),
              HasSubstr("101 DSQ net 1:30:50"));
}

// The runner behind helps the one in front over the line; what follows is the rule set's.
std::string helped(const std::string& rules, const std::string& found) {
  return "race half rules " + rules + R"(
  points start@arch 0, finish@line 5000
  wave A 08:00:00
  runner 1
  runner 2
  08:00:10 arch 1
  08:00:10 arch 2
  08:25:00 line 1
  08:25:01 line 2
  rule 1 assisted with 2 )" +
         found + "\n";
}

std::string status_of(const RaceScript& race, std::size_t index) {
  return model::name_of(race.results().runners[index].status);
}

TEST(Assisted, FollowsTheEditionOfTheRuleBook) {
  const struct {
    const char* rules;
    const char* found;
    const char* helped;
    const char* helper;
  } kCases[] = {
      {"nfhs-xc@2016", "", "DSQ", "DSQ"},
      {"nfhs-xc@2017", "", "DSQ", "FIN"},
      {"nfhs-xc@2017", "medical", "DSQ", "DSQ"},
      {"nfhs-xc@2019", "medical advantage", "DSQ", "DSQ"},
      {"nfhs-xc@2020", "medical", "DSQ", "FIN"},
      {"nfhs-xc@2020", "advantage", "DSQ", "DSQ"},
      {"nfhs-xc", "", "DSQ", "FIN"},
      {"wa-road", "", "DSQ", "DSQ"},
      {"world-triathlon@2016", "", "FIN", "FIN"},
      {"world-triathlon@2017", "", "DSQ", "DSQ"},
      {"ncaa-xc", "", "FIN", "FIN"},
      {"open", "advantage medical", "FIN", "FIN"},
  };
  for (const auto& one : kCases) {
    const RaceScript race(helped(one.rules, one.found));
    EXPECT_EQ(status_of(race, 0), one.helped) << one.rules << " " << one.found;
    EXPECT_EQ(status_of(race, 1), one.helper) << one.rules << " " << one.found;
    EXPECT_TRUE(race.results().runners[0].assisted) << one.rules;
    EXPECT_FALSE(race.results().runners[1].assisted) << one.rules;
  }
}

TEST(Assisted, ShowsTheClauseOfTheBookAndTheReferee) {
  EXPECT_EQ(RaceScript(helped("wa-road", "")).results().runners[0].clause, "TR 6.2, TR 6.3");
  EXPECT_EQ(RaceScript(helped("wa-road", "clause TR6.3.6")).results().runners[1].clause, "TR6.3.6");
  EXPECT_THAT(RaceScript(helped("wa-road", "") + "rule 2 reinstate").standings(),
              HasSubstr("1 2 FIN"));
}

// Declared and taken back, with the places of everybody else right each time.
TEST(DeadHeat, OfAMovedRunnerHoldsInTheNewRace) {
  EXPECT_THAT(
      RaceScript(kTwoRaces + "rule 102 move to 10k\nrule 501 dead-heat with 102").standings(),
      HasSubstr("1= 501 FIN"));
}

}  // namespace
}  // namespace hs::scoring
