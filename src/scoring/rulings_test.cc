#include <gmock/gmock.h>

#include "scoring/rule_set.h"
#include "support/race_script.h"

// What persons decide, and taking it back.

namespace hs::scoring {
namespace {

using test_support::lines;
using test_support::RaceScript;
using testing::HasSubstr;
using testing::Not;

const std::string kHalf = R"(
  race half window 20:00
  points start@arch 0, 10k@pier 10000, finish@line 21097.5
  wave A 08:00:00
  runner 101
  runner 102
  08:00:10 arch 101 =s1
  08:44:00 pier 101 =p1
  09:30:00 line 101 =f1
  08:00:20 arch 102
  08:50:00 pier 102
  09:40:00 line 102
)";

const std::string kBoth = lines(R"(
  1 101 FIN net 1:29:50 gun 1:30:00 start mat
  2 102 FIN net 1:39:40 gun 1:40:00 start mat
)");

TEST(Ruling, DisqualificationShowsItsClauseAndClosesThePlacesUp) {
  const RaceScript race(kHalf + "rule 101 dsq clause TR6.3");
  EXPECT_EQ(race.standings(), lines(R"(
    1 102 FIN net 1:39:40 gun 1:40:00 start mat
    - 101 DSQ net 1:29:50 gun 1:30:00 start mat clause TR6.3
  )"));
  EXPECT_THAT(race.splits("101"), HasSubstr("10k 0:43:50 gun 0:44:00 place -"));
}

TEST(Ruling, StatusRulingsThatHoldAreInTheResults) {
  const auto rulings = [](const std::string& lines) {
    return RaceScript(kHalf + lines).results().rulings;
  };
  EXPECT_TRUE(rulings("rule 101 penalty 10:00 =p\nundo p").empty());
  EXPECT_TRUE(rulings("rule 101 force-read f1 point 10k").empty()) << "not about a status";
  const auto both = rulings("rule 101 dsq clause TR6.3\nrule 101 reinstate clause TR6.3");
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[1].ruling.kind, model::RulingFact::Kind::Reinstate);
  EXPECT_EQ(both[1].ruling.clause, "TR6.3");
  EXPECT_LT(both[0].seq, both[1].seq);
}

TEST(RuleSets, KnowTheirClauseAboutHelpByOthers) {
  using model::RuleSet;
  EXPECT_TRUE(names_assistance(rule_set(RuleSet::WaRoad), "TR 6.3"));
  EXPECT_TRUE(names_assistance(rule_set(RuleSet::WaRoad), "tr6.3 (no advantage)"));
  EXPECT_FALSE(names_assistance(rule_set(RuleSet::WaRoad), "TR 6.31"));
  EXPECT_FALSE(names_assistance(rule_set(RuleSet::WaRoad), "TR 17.2"));
  EXPECT_FALSE(names_assistance(rule_set(RuleSet::WaRoad), ""));
  EXPECT_TRUE(names_assistance(rule_set(RuleSet::UsatfRoad), "USATF 144.3"));
  EXPECT_FALSE(names_assistance(rule_set(RuleSet::UsatfRoad), "1445"));
  // A book whose clause is not known here, and one that does not penalise help.
  EXPECT_TRUE(names_assistance(rule_set(RuleSet::NfhsXc), "Assistance, no advantage gained"));
  EXPECT_FALSE(names_assistance(rule_set(RuleSet::NfhsXc), "8-3"));
  EXPECT_FALSE(names_assistance(rule_set(RuleSet::Open), "assistance"));
}

// Complaint 8.
TEST(Ruling, ReinstatedIsAsIfNeverDisqualified) {
  const RaceScript race(kHalf + "rule 101 dsq clause TR6.3\nrule 101 reinstate");
  EXPECT_EQ(race.standings(), kBoth);
}

TEST(Ruling, StatusWordsHold) {
  EXPECT_THAT(RaceScript(kHalf + "rule 101 dnf").standings(), HasSubstr("- 101 DNF"));
  EXPECT_THAT(RaceScript(kHalf + "rule 101 dns").standings(), HasSubstr("- 101 DNS"));
  const RaceScript ooc(kHalf + "rule 101 ooc");
  EXPECT_EQ(ooc.standings(), lines(R"(
    1 102 FIN net 1:39:40 gun 1:40:00 start mat
    - 101 OOC net 1:29:50 gun 1:30:00 start mat
  )"));
}

TEST(Ruling, WhoeverDidNotStartHasNoTimes) {
  const RaceScript race(kHalf + "rule 101 dns");
  EXPECT_EQ(race.standings(), lines(R"(
    1 102 FIN net 1:39:40 gun 1:40:00 start mat
    - 101 DNS
  )"));
}

// A referee copies the instant out of reads.csv, or rounds it: the read it came from is no start.
TEST(Ruling, AFinishRuledAtAHeardInstantIsNotTheStart) {
  const std::string race = R"(
    race short window 30:00
    points start@arch 0, finish@arch 3000
    wave A 08:00:00
    runner 1
    08:12:00.300 arch 1
    08:12:00.900 arch 1
  )";
  for (const std::string at : {"08:12:00.300", "08:12:00.900", "08:12:01"}) {
    const RaceScript ruled(race + "rule 1 finish " + at);
    EXPECT_THAT(ruled.standings(), HasSubstr("start gun")) << at << "\n" << ruled.standings();
    EXPECT_THAT(ruled.standings(), HasSubstr("1 1 FIN net 0:12:0")) << at << ruled.standings();
  }
}

TEST(Ruling, TheLastWordOnAStatusHolds) {
  const RaceScript race(kHalf + "rule 101 dsq clause X\nrule 101 ooc");
  EXPECT_THAT(race.standings(), HasSubstr("- 101 OOC"));
}

TEST(Ruling, UndoOfAnUndoHoldsAgain) {
  EXPECT_EQ(RaceScript(kHalf + "rule 101 dsq =d\nundo d").standings(), kBoth);
  const RaceScript again(kHalf + "rule 101 dsq =d\nundo d =u\nundo u");
  EXPECT_THAT(again.standings(), HasSubstr("- 101 DSQ"));
  EXPECT_EQ(RaceScript(kHalf + "rule 101 dsq =d\nundo d =u\nundo u =v\nundo v").standings(), kBoth);
}

// Complaint 9: a decision is a fact; it holds whatever comes after.
TEST(Ruling, SurvivesReadsAndEntriesThatComeLater) {
  const RaceScript race(R"(
    race half
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    rule 101 dsq clause TR6.3
    09:30:00 line 101
    runner 101
    gun half A 08:00:05
  )");
  EXPECT_EQ(race.standings(), lines("- 101 DSQ net 1:29:55 gun 1:29:55 start gun clause TR6.3"));
}

TEST(Ruling, PenaltiesAddUpOnEveryFinishTime) {
  const RaceScript race(kHalf + "rule 101 penalty 10:00\nrule 101 penalty 0:01 =p\nundo p");
  EXPECT_EQ(race.standings(), lines(R"(
    1= 101 FIN net 1:39:50 gun 1:40:00 start mat
    1= 102 FIN net 1:39:40 gun 1:40:00 start mat
  )"));
  EXPECT_EQ(race.results().runners[0].clock->value(), std::chrono::minutes(100));
}

TEST(Ruling, ANegativePenaltyGivesTimeBack) {
  const RaceScript race(kHalf + "rule 102 penalty -15:00");
  EXPECT_THAT(race.standings(), HasSubstr("1 102 FIN net 1:24:40 gun 1:25:00"));
}

TEST(Ruling, StartAndFinishAreWhatTheRefereeSays) {
  const RaceScript race(kHalf + "rule 101 start 08:02:00\nrule 101 finish 09:29:00");
  EXPECT_THAT(race.standings(), HasSubstr("1 101 FIN net 1:27:00 gun 1:29:00 start ruling"));
}

TEST(Ruling, AFinishLaterThanTheOneHeardHolds) {
  const RaceScript race(kHalf + "rule 101 finish 09:35:00");
  EXPECT_THAT(race.standings(), HasSubstr("1 101 FIN net 1:34:50 gun 1:35:00 start mat"));
  EXPECT_THAT(race.splits("101"), HasSubstr("finish 1:34:50 gun 1:35:00 place 1 forced"));
}

TEST(Ruling, OfTwoFinishesTheLaterRulingHolds) {
  EXPECT_THAT(RaceScript(kHalf + "rule 101 finish 09:20:00\nrule 101 finish 09:35:00").standings(),
              HasSubstr("1 101 FIN net 1:34:50"));
  EXPECT_THAT(RaceScript(kHalf + "rule 101 finish 09:20:00\nrule 101 force-read f1 point finish")
                  .standings(),
              HasSubstr("1 101 FIN net 1:29:50"));
}

TEST(Ruling, IgnoredReadsDoNotCount) {
  const RaceScript race(kHalf + "rule 101 ignore-read f1,s1");
  EXPECT_THAT(race.standings(), HasSubstr("- 101 UNR start gun"));
  EXPECT_THAT(race.verdicts("101"), HasSubstr("09:30:00 line 101 ignored-by-ruling"));
}

TEST(Ruling, AForcedReadIsThePassingAtItsPoint) {
  // Heard at the line first, but the read that counts is the second one.
  const RaceScript race(kHalf + R"(
    09:45:00 line 101 =later
    rule 101 force-read later point finish
  )");
  EXPECT_THAT(race.standings(), HasSubstr("2 101 FIN net 1:44:50 gun 1:45:00 start mat"));
  EXPECT_THAT(race.splits("101"), HasSubstr("finish 1:44:50 gun 1:45:00 place 2 forced"));
  EXPECT_THAT(race.verdicts("101"), HasSubstr("09:45:00 line 101 forced-by-ruling finish"));
}

TEST(Ruling, AForcedReadMayBeOfAMatThatIsNoPointOfTheRace) {
  const RaceScript race(kHalf + R"(
    runner 103
    09:50:00 wrong 103 =w
    rule 103 force-read w point finish
  )");
  EXPECT_THAT(race.standings(), HasSubstr("3 103 FIN net 1:50:00 gun 1:50:00 start gun"));
  EXPECT_THAT(race.verdicts("103"), HasSubstr("09:50:00 wrong 103 forced-by-ruling finish"));
}

TEST(Ruling, AForcedReadMayBeFasterThanAnybody) {
  const RaceScript race(kHalf + R"(
    runner 103
    08:05:00 pier 103 =fast
    09:30:00 line 103
    rule 103 force-read fast point 10k
  )");
  EXPECT_THAT(race.splits("103"), HasSubstr("10k 0:05:00 gun 0:05:00 place 1 forced"));
}

TEST(Ruling, AForcedStartIsTheStart) {
  const RaceScript race(kHalf + R"(
    runner 103
    08:00:10 arch 103 =first
    08:05:00 arch 103
    09:30:00 line 103
    rule 103 force-read first point start
  )");
  EXPECT_THAT(race.standings(), HasSubstr("103 FIN net 1:29:50 gun 1:30:00 start ruling"));
}

TEST(Ruling, UndoOfAForceGivesTheReadBack) {
  const RaceScript race(kHalf + "rule 101 force-read f1 point 10k =r\nundo r");
  EXPECT_EQ(race.standings(), kBoth);
}

TEST(Ruling, ForABibThatIsNotEnteredIsListed) {
  const RaceScript race(kHalf + "rule 999 dsq");
  EXPECT_EQ(race.standings(), kBoth);
  EXPECT_THAT(race.attention(), HasSubstr("look ruling-without-runner"));
}

TEST(DeadHeat, SharesThePlaceAndTheNextIsLeftOut) {
  const RaceScript race(kHalf + R"(
    runner 103
    runner 104
    09:40:00.3 line 103
    09:50:00 line 104
    rule 103 dead-heat with 102
  )");
  EXPECT_EQ(race.standings(), lines(R"(
    1 101 FIN net 1:29:50 gun 1:30:00 start mat
    2= 102 FIN net 1:39:40 gun 1:40:00 start mat
    2= 103 FIN net 1:40:00.3 gun 1:40:00.3 start gun
    4 104 FIN net 1:50:00 gun 1:50:00 start gun
  )"));
}

TEST(DeadHeat, TakenBackIsTwoPlacesAgain) {
  const RaceScript race(kHalf + "rule 101 dead-heat with 102 =h\nundo h");
  EXPECT_EQ(race.standings(), kBoth);
}

TEST(DeadHeat, WithSomebodyDisqualifiedLeavesTheOtherAlone) {
  const RaceScript race(kHalf + "rule 101 dead-heat with 102\nrule 101 dsq");
  EXPECT_THAT(race.standings(), HasSubstr("1 102 FIN net 1:39:40 gun 1:40:00"));
}

TEST(Entry, RemovedLeavesTheListAndComesBackWhole) {
  EXPECT_EQ(RaceScript(kHalf + "remove 101").standings(),
            lines("1 102 FIN net 1:39:40 gun 1:40:00 start mat"));
  EXPECT_EQ(RaceScript(kHalf + "remove 101\nrunner 101").standings(), kBoth);
}

TEST(Entry, AChangedChipTakesItsReadsAlong) {
  const RaceScript race(kHalf + R"(
    09:20:00 line chip:X9
    runner 101 chips X9
  )");
  EXPECT_THAT(race.standings(), HasSubstr("1 101 FIN net 1:20:00 gun 1:20:00 start gun"));
  EXPECT_THAT(race.attention(), HasSubstr("look unknown-chip C101 count 3"));
}

TEST(Entry, DeferredAndDnsAreShownAsSuch) {
  const RaceScript race(R"(
    race half
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    runner 1 status DNS
    runner 2 status deferred
    runner 3 status DNS
    runner 4 status deferred
    09:30:00 line 3
    09:40:00 line 4
  )");
  EXPECT_EQ(race.standings(), lines(R"(
    1 3 FIN net 1:30:00 gun 1:30:00 start gun
    - 1 DNS
    - 2 DEF
    - 4 DEF net 1:40:00 gun 1:40:00 start gun
  )"));
  EXPECT_THAT(race.attention(), HasSubstr("look entry-question 3"));
  EXPECT_THAT(race.attention(), HasSubstr("look entry-question 4"));
  EXPECT_THAT(race.attention(), Not(HasSubstr("entry-question 2")));
}

const std::string kOpen = R"(
  race half
  points start@arch 0, finish@line 21097.5
  wave A 08:00:00
  runner 1
  runner 2
  08:00:10 arch 1
)";

TEST(Closing, OpenRacesHaveEnteredAndRunning) {
  const RaceScript open(kOpen, Closing::ByFacts);
  EXPECT_EQ(open.standings(), lines("- 1 RUN start mat\n- 2 ENT"));
}

TEST(Closing, ACloseFactOrCompleteFilesTurnThemIntoUnrAndDns) {
  const std::string closed = lines("- 1 UNR start mat\n- 2 DNS");
  EXPECT_EQ(RaceScript(kOpen + "close half", Closing::ByFacts).standings(), closed);
  EXPECT_EQ(RaceScript(kOpen).standings(), closed);
  EXPECT_EQ(RaceScript(kOpen + "close half =c\nundo c", Closing::ByFacts).standings(),
            lines("- 1 RUN start mat\n- 2 ENT"));
}

TEST(Closing, ClosesPassesWithTheFirstReadBehindIt) {
  const std::string race = R"(
    race half closes 11:00:00 unresolved DNF
    points start@arch 0, finish@line 21097.5
    wave A 08:00:00
    runner 1
    runner 2
    08:00:10 arch 1
  )";
  EXPECT_EQ(RaceScript(race, Closing::ByFacts).standings(), lines("- 1 RUN start mat\n- 2 ENT"));
  EXPECT_EQ(RaceScript(race + "11:00:00.001 line chip:Z", Closing::ByFacts).standings(),
            lines("- 1 DNF start mat\n- 2 DNS"));
  const RaceScript late(race + "11:02:00 line 1", Closing::ByFacts);
  EXPECT_THAT(late.standings(), HasSubstr("1 1 FIN"));
  EXPECT_THAT(late.attention(), HasSubstr("look after-close 1 0:02:00"));
}

TEST(Cancelled, NothingIsPlacedAndEverybodyIsDeferred) {
  const RaceScript race(kHalf + "cancel half =c");
  EXPECT_EQ(race.standings(), lines(R"(
    - 101 DEF net 1:29:50 gun 1:30:00 start mat
    - 102 DEF net 1:39:40 gun 1:40:00 start mat
  )"));
  EXPECT_EQ(RaceScript(kHalf + "cancel half =c\nundo c").standings(), kBoth);
}

}  // namespace
}  // namespace hs::scoring
