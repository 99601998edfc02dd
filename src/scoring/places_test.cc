#include <gmock/gmock.h>

#include "scoring/rule_set.h"
#include "support/race_script.h"

// Times, places, ties, rounding and awards: scoring.md "Results".

namespace hs::scoring {
namespace {

using test_support::lines;
using test_support::RaceScript;
using testing::HasSubstr;

std::string two_waves(const std::string& race_words) {
  return "race half window 20:00 " + race_words + R"(
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    wave B 08:10:00
    runner 1 wave A
    runner 2 wave B
    runner 3 wave A
    08:05:00 arch 1
    08:10:05 arch 2
    08:00:00 arch 3
    09:30:00 line 1
    09:35:00 line 2
    09:28:00 line 3
  )";
}

TEST(RankBy, GunIsFromTheOwnWave) {
  EXPECT_EQ(RaceScript(two_waves("rank gun")).standings(), lines(R"(
    1 2 FIN net 1:24:55 gun 1:25:00 start mat
    2 3 FIN net 1:28:00 gun 1:28:00 start mat
    3 1 FIN net 1:25:00 gun 1:30:00 start mat
  )"));
}

TEST(RankBy, ClockIsTheOrderOverTheLine) {
  EXPECT_EQ(RaceScript(two_waves("rank clock")).standings(), lines(R"(
    1 3 FIN net 1:28:00 gun 1:28:00 start mat
    2 1 FIN net 1:25:00 gun 1:30:00 start mat
    3 2 FIN net 1:24:55 gun 1:25:00 start mat
  )"));
}

// Complaint 13: the list is in the order of what ranks.
TEST(RankBy, NetIsFromTheOwnStart) {
  EXPECT_EQ(RaceScript(two_waves("rank net")).standings(), lines(R"(
    1 2 FIN net 1:24:55 gun 1:25:00 start mat
    2 1 FIN net 1:25:00 gun 1:30:00 start mat
    3 3 FIN net 1:28:00 gun 1:28:00 start mat
  )"));
}

TEST(RankBy, NetUnderABookThatPlacesByGunIsSaid) {
  EXPECT_THAT(RaceScript(two_waves("rank net rules usatf-road")).attention(),
              HasSubstr("look net-under-gun-rules"));
  EXPECT_EQ(RaceScript(two_waves("rank net rules open")).attention(), "");
}

std::string tie(const std::string& rules, const std::string& reads) {
  return "race half rules " + rules + R"(
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    runner 1
    runner 2
    runner 3
    runner 4
    stream x mat line device D1
    stream y mat line device D2
    09:00:00 x: 1
    09:05:00 x: 4
  )" + reads;
}

TEST(Ties, EqualRawTimesShareUnderOpen) {
  const RaceScript race(tie("open", "09:01:00 x: 2 seq 8\n09:01:00 x: 3 seq 7"));
  EXPECT_EQ(race.standings(), lines(R"(
    1 1 FIN net 1:00:00 gun 1:00:00 start gun
    2= 2 FIN net 1:01:00 gun 1:01:00 start gun
    2= 3 FIN net 1:01:00 gun 1:01:00 start gun
    4 4 FIN net 1:05:00 gun 1:05:00 start gun
  )"));
}

TEST(Ties, OneDevicesRecordedOrderDecidesUnderWaAndIsListed) {
  const RaceScript race(tie("wa-road", "09:01:00 x: 2 seq 8\n09:01:00 x: 3 seq 7"));
  EXPECT_EQ(race.standings(), lines(R"(
    1 1 FIN net 1:00:00 gun 1:00:00 start gun
    2 3 FIN net 1:01:00 gun 1:01:00 start gun
    3 2 FIN net 1:01:00 gun 1:01:00 start gun
    4 4 FIN net 1:05:00 gun 1:05:00 start gun
  )"));
  EXPECT_THAT(race.attention(), HasSubstr("look shared-instant"));
}

TEST(Ties, AFileWithoutNumbersTellsByItsLines) {
  const RaceScript race(tie("usatf-road", "09:01:00 x: 2 line 20\n09:01:00 x: 3 line 19"));
  EXPECT_THAT(race.standings(), HasSubstr("2 3 FIN net 1:01:00"));
}

TEST(Ties, TwoDevicesDoNotCompareSoThePlaceIsSharedAndListed) {
  const RaceScript race(tie("wa-road", "09:01:00 x: 2 seq 8\n09:01:00 y: 3 seq 7"));
  EXPECT_THAT(race.standings(), HasSubstr("2= 2 FIN"));
  EXPECT_THAT(race.standings(), HasSubstr("2= 3 FIN"));
  EXPECT_THAT(race.attention(), HasSubstr("look shared-instant"));
}

TEST(Ties, HandTimingIsInItsRecordedOrderUnderOpenToo) {
  const RaceScript race(tie("open", "hand 3 line 09:01:00\nhand 2 line 09:01:00"));
  EXPECT_THAT(race.standings(), HasSubstr("2 3 FIN net 1:01:00"));
  EXPECT_THAT(race.standings(), HasSubstr("3 2 FIN net 1:01:00"));
  EXPECT_THAT(race.attention(), HasSubstr("look shared-instant"));
}

TEST(Ties, ADeadHeatCountsAsOneArrivalBesideAnEqualOne) {
  const RaceScript race(
      tie("wa-road", "09:01:00 x: 2 seq 8\n09:01:00 x: 3 seq 7\nrule 2 dead-heat with 3"));
  EXPECT_THAT(race.standings(), HasSubstr("2= 2 FIN"));
  EXPECT_THAT(race.standings(), HasSubstr("2= 3 FIN"));
  EXPECT_THAT(race.standings(), HasSubstr("4 4 FIN"));
}

TEST(Ties, TheSameDisplayedSecondIsNotATie) {
  const RaceScript race(tie("wa-road", "09:00:59.900 x: 2\n09:00:59.100 x: 3"));
  const auto all = race.results();
  EXPECT_EQ(all.runners[1].official, all.runners[2].official);
  EXPECT_EQ(all.runners[2].places.overall->place, 2U);
  EXPECT_EQ(all.runners[1].places.overall->place, 3U);
}

base::Duration official_of(const std::string& rules, const std::string& finish) {
  const RaceScript race("race half rules " + rules + R"(
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    runner 1
  )" + finish + " line 1");
  return race.results().runners[0].official.value();
}

TEST(Official, IsRoundedUpOnceByTheRuleSet) {
  using std::chrono::milliseconds;
  const milliseconds whole(7'784'000);  // 2:09:44
  for (const char* rules : {"wa-road", "usatf-road", "wa-xc", "world-triathlon", "open"}) {
    EXPECT_EQ(official_of(rules, "10:09:44.3"), whole + milliseconds(1000)) << rules;
    EXPECT_EQ(official_of(rules, "10:09:44.000001"), whole + milliseconds(1000)) << rules;
    EXPECT_EQ(official_of(rules, "10:09:44"), whole) << rules;
  }
  for (const char* rules : {"ncaa-xc", "nfhs-xc"}) {
    EXPECT_EQ(official_of(rules, "10:09:44.31"), whole + milliseconds(400)) << rules;
    EXPECT_EQ(official_of(rules, "10:09:44.3"), whole + milliseconds(300)) << rules;
  }
  for (const char* rules : {"wa-track", "nfhs-track"}) {
    EXPECT_EQ(official_of(rules, "10:09:44.301"), whole + milliseconds(310)) << rules;
    EXPECT_EQ(official_of(rules, "10:09:44.3"), whole + milliseconds(300)) << rules;
  }
}

TEST(RuleSets, EachHasAClauseAnEditionAndSaysHowItWasChecked) {
  for (const RuleSetEntry& entry : all_rule_sets()) {
    EXPECT_EQ(&rule_set(entry.rules, entry.edition), &entry);
    EXPECT_STRNE(entry.clause, "");
    EXPECT_STRNE(entry.edition, "");
    EXPECT_STRNE(entry.checked, "");
  }
}

const std::string kPrizes = R"(
  race half rank gun
  points start@arch 0, finish@line 21097.5
  wave A 08:00:00
  division W sex F age -39 primary
  division W40 sex F age 40- primary
  division M sex M primary
  division chair mode wheelchair
  award women sex F places 1 by gun
  award divisions division * places 2 by net exclude women
  runner 1 sex F age 30
  runner 2 sex F age 41
  runner 3 sex F age 40
  runner 4 sex M
  runner 5 sex F
  runner 6 sex F age 20
  08:00:00 arch 1
  08:04:00 arch 3
  09:00:00 line 1
  09:01:00 line 2
  09:02:00 line 3
  09:03:00 line 4
  09:04:00 line 5
  09:05:00 line 6
)";

TEST(Divisions, PlacesAreAmongThoseOfTheFirstPrimaryOneThatFits) {
  const auto all = RaceScript(kPrizes).results();
  const auto division = [&](std::size_t i) -> std::string {
    if (!all.runners[i].division) return "";
    const auto& placing = all.runners[i].places.division;
    return all.event.races[0].divisions[all.runners[i].division->raw()].id + " " +
           std::to_string(placing->place);
  };
  EXPECT_EQ(division(0), "W 1");
  EXPECT_EQ(division(1), "W40 1");
  EXPECT_EQ(division(2), "W40 2");
  EXPECT_EQ(division(3), "M 1");
  EXPECT_EQ(division(4), "");  // No age: in no age division.
  EXPECT_EQ(division(5), "W 2");
  EXPECT_EQ(all.runners[5].places.sex->place, 5U);
}

TEST(Awards, ByTheirOwnTimeAndWithoutWinnersOfAnother) {
  EXPECT_EQ(RaceScript(kPrizes).awards(), lines(R"(
    women 1 1
    divisions W 1 6
    divisions W40 1 3
    divisions W40 2 2
    divisions M 1 4
  )"));
}

// Runner 3 is third of all and first of those over forty: which prize is it?
std::string one_prize(const std::string& policy) {
  return RaceScript("race half prizes " + policy + R"(
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    division M40 age 40-99
    division M60 age 60-99
    award open places 3
    award masters division * places 1
    award fast places 1 besides
    runner 1 age 25
    runner 2 age 65
    runner 3 age 45
    runner 4 age 30
    runner 5 age 50
    runner 6 age 70
    09:01:00 line 1
    09:02:00 line 2
    09:03:00 line 3
    09:04:00 line 4
    09:05:00 line 5
    09:06:00 line 6
  )")
      .awards();
}

TEST(Awards, OnePrizeEachTheAwardListedFirstIsKept) {
  EXPECT_EQ(one_prize("listed"), lines(R"(
    open 1 1
    open 2 2
    open 3 3
    masters M40 1 5
    masters M60 1 6
    fast 1 1
  )"));
}

TEST(Awards, OnePrizeEachTheBetterPlaceIsKept) {
  EXPECT_EQ(one_prize("higher"), lines(R"(
    open 1 1
    open 2 3
    open 3 4
    masters M40 1 2
    masters M60 1 6
    fast 1 1
  )"));
}

TEST(Awards, OnePrizeEachThatOfTheOldestIsKept) {
  EXPECT_EQ(one_prize("older"), lines(R"(
    open 1 1
    open 2 4
    open 3 5
    masters M40 1 3
    masters M60 1 2
    fast 1 1
  )"));
}

TEST(Awards, WithoutAPolicyOneRunnerMayWinTwice) {
  EXPECT_EQ(one_prize("no"), lines(R"(
    open 1 1
    open 2 2
    open 3 3
    masters M40 1 2
    masters M60 1 2
    fast 1 1
  )"));
}

TEST(Awards, AllWhoShareTheLastPrizeGetItAndAnotherListGoesOn) {
  EXPECT_EQ(RaceScript(R"(
    race half prizes higher
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    division M40 age 40-99
    award open places 2
    award masters division M40 places 1
    runner 1 age 20
    runner 2 age 41
    runner 3 age 21
    runner 4 age 42
    09:01:00 line 1
    09:02:00 line 2
    09:02:00 line 3
    09:05:00 line 4
  )")
                .awards(),
            lines(R"(
    open 1 1
    open 2 3
    masters M40 1 2
  )"));
}

// Complaint 10.
TEST(Entry, WithoutASexStopsNothing) {
  const RaceScript race(kPrizes + "runner 7\n09:06:00 line 7");
  EXPECT_THAT(race.standings(), HasSubstr("7 7 FIN"));
}

TEST(Hash, DependsOnWhatIsOfficialAndNotOnTheOrderOfFacts) {
  const RaceScript one(two_waves(""));
  const RaceScript two(R"(
    race half window 20:00
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    wave B 08:10:00
    09:28:00 line 3
    09:35:00 line 2
    runner 3 wave A
    08:10:05 arch 2
    runner 1 wave A
    09:30:00 line 1
    08:00:00 arch 3
    runner 2 wave B
    08:05:00 arch 1
  )");
  EXPECT_EQ(one.results().hash, two.results().hash);
  EXPECT_NE(one.results().hash, RaceScript(two_waves("") + "rule 1 penalty 0.001").results().hash);
}

TEST(Scorer, FoldsOnlyTheRunnerThatAReadIsAbout) {
  const RaceScript race(two_waves("") + "09:40:00 line 1");
  Scorer scorer(Closing::Assume);
  for (std::size_t i = 0; i + 1 < race.facts().size(); ++i) scorer.apply(race.facts()[i]);
  scorer.settle();
  scorer.apply(race.facts().back());
  scorer.settle();
  EXPECT_EQ(scorer.folded_last(), 1U);
  EXPECT_TRUE(scorer.find("half", *model::BibNumber::parse("1")).has_value());
  EXPECT_FALSE(scorer.find("half", *model::BibNumber::parse("9")).has_value());
}

TEST(Scorer, OneRunnersPlacesAreThoseOfTheWholeList) {
  const RaceScript race(tie("wa-road", "09:01:00 x: 2 seq 8\n09:01:00 x: 3 seq 7"));
  Scorer scorer(Closing::Assume);
  for (const model::Fact& fact : race.facts()) scorer.apply(fact);
  const model::EventResults all = scorer.official();
  for (std::uint32_t i = 0; i < 4; ++i) {
    const model::RunnerResult one = scorer.result(model::EntrantId(i));
    EXPECT_EQ(one.places.overall->place, all.runners[i].places.overall->place);
    EXPECT_EQ(one.splits.back().places.overall->place, one.places.overall->place);
    EXPECT_FALSE(one.places.sex.has_value());
  }
}

}  // namespace
}  // namespace hs::scoring
