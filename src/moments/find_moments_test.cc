#include "moments/find_moments.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "moments/detector.h"
#include "support/moment_field.h"
#include "support/told_moments.h"

namespace hs::moments {
namespace {

using model::MomentKind;
using moment_field::FieldBuilder;
using moment_field::of_kind;

/// Without what every race has one of.
std::vector<model::Moment> rare_moments(const model::EventResults& results) {
  std::vector<model::Moment> found = find_moments(results);
  std::erase_if(found, [](const model::Moment& moment) { return moment.on_shelf; });
  return found;
}

/// Three hours at even pace until 40K, then `minutes` for the last 2.2 km.
std::vector<moment_field::Seconds> collapsing(double minutes) {
  std::vector<moment_field::Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points())
    net.push_back(metres / 1000 * 270);
  net.back() = *net[net.size() - 2] + 60 * minutes;
  return net;
}

TEST(FindMoments, AnOrdinaryFieldHasNoMoments) {
  EXPECT_TRUE(rare_moments(moment_field::ordinary_field(2000).results()).empty());
}

TEST(FindMoments, ACollapsePast40KIsFoundWithItsEvidence) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  const auto id = field.add("812", collapsing(44.5), 30.0);
  const auto moments = rare_moments(field.results());
  ASSERT_EQ(moments.size(), 1u);
  const model::Moment& moment = moments.front();
  EXPECT_EQ(moment.kind, MomentKind::LateCollapse);
  EXPECT_EQ(moment.theme, model::Theme::Perseverance);
  EXPECT_EQ(moment.people, std::vector{id});
  EXPECT_GE(moment.net_bits, 3);
  EXPECT_LE(moment.score, 20 * weight_of(moment.kind));
  EXPECT_EQ(moment.as_of, model::FactSeq(1));
  ASSERT_EQ(moment.evidence.size(), 3u);
  const model::Evidence& interval = moment.evidence[0];
  EXPECT_EQ(interval.what, "interval");
  EXPECT_EQ(interval.from, "40k");
  EXPECT_EQ(interval.to, "finish");
  EXPECT_EQ(interval.seconds, 44 * 60 + 30);
  EXPECT_EQ(interval.rank_in_field, 1u);
  EXPECT_EQ(interval.of, 2001u);
  // 270 s/km until there: about ten minutes for 2.2 km, give or take what the field does.
  EXPECT_GT(*interval.expected_seconds, 540);
  EXPECT_LT(*interval.expected_seconds, 700);
  EXPECT_LT(*interval.expected_least, *interval.expected_seconds);
  EXPECT_GT(*interval.expected_most, *interval.expected_seconds);
  EXPECT_EQ(interval.given, "all points to 40k");
  EXPECT_EQ(interval.reads.size(), 2u);
  EXPECT_EQ(moment.evidence[1].seconds, 3 * 3600);
  EXPECT_EQ(moment.evidence[2].seconds, 3 * 3600 + 44 * 60 + 30);
}

TEST(FindMoments, TheSameResultsGiveTheSameIdsAndAChangedResultKeepsThem) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  const auto id = field.add("812", collapsing(44.5), 30.0);
  const auto before = rare_moments(field.results());
  EXPECT_EQ(before.front().id, rare_moments(field.results()).front().id);
  EXPECT_EQ(before.front().id.size(), 16u);
  field.runner(id).splits.back().net = base::NetTime(moment_field::micros(3 * 3600 + 46 * 60));
  const auto after = rare_moments(field.results());
  ASSERT_FALSE(after.empty());
  EXPECT_EQ(after.front().id, before.front().id);
}

TEST(FindMoments, LongerCollapsesGoFirst) {
  FieldBuilder field = moment_field::ordinary_field(4000);
  field.add("1", collapsing(40), 1.0);
  field.add("2", collapsing(70), 2.0);
  field.add("3", collapsing(55), 3.0);
  const auto moments = rare_moments(field.results());
  ASSERT_EQ(moments.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto bib = field.results().entrants[moments[i].people[0].raw()].bib;
    EXPECT_EQ(bib.view(), std::vector<std::string>({"2", "3", "1"})[i]);
  }
}

TEST(FindMoments, FiveMinutesMoreAreNoCollapse) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  field.add("812", collapsing(9.9 + 5), 30.0);
  EXPECT_TRUE(rare_moments(field.results()).empty());
}

TEST(FindMoments, NobodyPrivateIsTold) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  field.entrant(field.add("812", collapsing(44), 30.0)).is_private = true;
  EXPECT_TRUE(rare_moments(field.results()).empty());
}

TEST(FindMoments, NoCollapseOfAMinorIsTold) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  const auto id = field.add("812", collapsing(44), 30.0);
  field.entrant(id).is_minor = true;
  EXPECT_TRUE(rare_moments(field.results()).empty());
  field.entrant(id).is_minor = false;
  field.entrant(id).age = 17;
  EXPECT_TRUE(rare_moments(field.results()).empty());
}

TEST(FindMoments, NobodyIsToldWhileTheirOwnReadsAreInQuestion) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  const auto id = field.add("812", collapsing(44), 30.0);
  model::EventResults results = field.results();
  ASSERT_EQ(rare_moments(results).size(), 1u);
  model::Attention question;
  question.kind = model::Attention::Kind::LateStartOrWalk;
  question.entrant = id;
  results.attention.push_back(question);
  EXPECT_TRUE(rare_moments(results).empty());
}

TEST(FindMoments, OnlyFinishersAreTold) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  const auto id = field.add("812", collapsing(44), 30.0);
  for (const auto status : {model::RunnerStatus::DidNotFinish, model::RunnerStatus::Disqualified,
                            model::RunnerStatus::OutOfCompetition}) {
    field.runner(id).status = status;
    EXPECT_TRUE(rare_moments(field.results()).empty());
  }
}

TEST(FindMoments, ACollapseIsHeldForTenMinutesWhileTheRaceIsOpen) {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 1000; ++i) {
    field.add(std::to_string(1000 + i), moment_field::ordinary_marathon(250 + 0.02 * i, series),
              0.0);
  }
  field.add("812", collapsing(60), 0.0);
  field.results().closed[0] = false;
  // The field is in after three and a quarter hours, the last one after four.
  EXPECT_TRUE(rare_moments(field.results()).empty());
  model::ReadView later;
  later.time = FieldBuilder::gun() + std::chrono::hours(4) + std::chrono::minutes(9);
  field.results().reads = {later};
  EXPECT_TRUE(rare_moments(field.results()).empty());
  field.results().reads[0].time += std::chrono::minutes(2);
  EXPECT_EQ(rare_moments(field.results()).size(), 1u);
}

TEST(FindMoments, ADisplacedClockIsNoCollapse) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  auto net = collapsing(9.9);
  // One mat's clock: 35K to 40K twelve minutes too fast, the rest twelve too slow.
  *net[8] -= 12 * 60;
  field.add("812", net, 30.0);
  EXPECT_TRUE(rare_moments(field.results()).empty());
}

TEST(FindMoments, AMatThatWasOffForManyDoesNotMakeACollapseOrdinary) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  auto& runners = field.results().runners;
  for (std::size_t i = 0; i < runners.size(); i += 40) {
    model::Split& at_40k = runners[i].splits[9];
    at_40k.net = base::NetTime(at_40k.net->value() - std::chrono::minutes(4));
  }
  const auto id = field.add("812", collapsing(25), 30.0);
  const auto moments = of_kind(field, MomentKind::LateCollapse);
  ASSERT_EQ(moments.size(), 1u);
  EXPECT_EQ(moments[0].people, std::vector{id});
}

TEST(FindMoments, ThreeMissedMatsAreTooFewToTellFrom) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  auto net = collapsing(44);
  net[1] = net[2] = net[4] = std::nullopt;
  field.add("812", net, 30.0);
  EXPECT_TRUE(rare_moments(field.results()).empty());
}

TEST(FindMoments, AMatThatWasDeafForManyCountsAgainstNobody) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  for (auto& runner : field.results().runners) {
    for (const std::size_t point : {2u, 3u, 5u}) runner.splits[point] = model::Split();
  }
  auto net = collapsing(44);
  net[1] = net[2] = net[4] = std::nullopt;
  field.add("812", net, 30.0);
  EXPECT_EQ(rare_moments(field.results()).size(), 1u);
}

TEST(FindMoments, ACancelledRaceHasNone) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  field.add("812", collapsing(44), 30.0);
  field.results().cancelled[0] = true;
  EXPECT_TRUE(rare_moments(field.results()).empty());
}

TEST(FindMoments, TooSmallAFieldKnowsNothingOfTheOrdinary) {
  FieldBuilder field = moment_field::ordinary_field(250);
  field.add("812", collapsing(44), 30.0);
  EXPECT_TRUE(rare_moments(field.results()).empty());
}

TEST(FindMoments, AFasterSecondHalfOnADayWhenFewDoIsFound) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  std::vector<moment_field::Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    const double behind = std::max(0.0, metres - 21097.5);
    net.push_back((metres - behind) / 1000 * 340 + behind / 1000 * 270);
  }
  field.add("77", net, 60.0);
  const auto moments = of_kind(field, MomentKind::NegativeSplit);
  ASSERT_EQ(moments.size(), 1u);
  EXPECT_EQ(moments[0].theme, model::Theme::Mastery);
  EXPECT_GE(moments[0].net_bits, 6);
  EXPECT_EQ(moments[0].evidence[0].seconds, 5696);
  EXPECT_LE(moments[0].evidence[3].rank_in_field.value(), 200u);
  EXPECT_EQ(moments[0].evidence[3].of, 2001u);
}

TEST(FindMoments, AStopInTheFirstHalfMakesNoFastSecondHalf) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  std::vector<moment_field::Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    net.push_back(metres / 1000 * 300 + (metres >= 10000 ? 1500.0 : 0.0));
  }
  field.add("77", net, 60.0);
  EXPECT_TRUE(of_kind(field, MomentKind::NegativeSplit).empty());
}

/// A thin early wave and a field behind it, 28 minutes later, that thickens slowly.
FieldBuilder two_starts() {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 30; ++i) {
    const auto net = moment_field::ordinary_marathon(205 + 2.4 * i, series);
    field.entrant(field.add("F" + std::to_string(i + 1), net, 0.0)).sex = model::Sex::Female;
  }
  for (int i = 0; i < 1500; ++i) {
    const auto net = moment_field::ordinary_marathon(182 + 3 * std::sqrt(i), series);
    field.entrant(field.add(std::to_string(i + 1), net, 1680.0)).sex = model::Sex::Male;
  }
  return field;
}

/// Even pace to a finish after `seconds`.
std::vector<moment_field::Seconds> even(double seconds) {
  std::vector<moment_field::Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    net.push_back(seconds * metres / 42195);
  }
  return net;
}

TEST(FindMoments, TwoStartsAndOneInstantAtTheLineAreTold) {
  FieldBuilder field = two_starts();
  const auto a = field.add("F90", even(9642.10), 0.0);
  const auto b = field.add("90", even(7962.13), 1680.0);
  field.entrant(a).sex = model::Sex::Female;
  field.entrant(b).sex = model::Sex::Male;
  field.rank();
  const auto moments = of_kind(field, MomentKind::FinishTogether);
  ASSERT_EQ(moments.size(), 1u);
  EXPECT_EQ(moments[0].people, (std::vector{a, b}));
  EXPECT_EQ(moments[0].theme, model::Theme::Together);
  EXPECT_EQ(moments[0].evidence[0].what, "pair");
  EXPECT_EQ(moments[0].evidence[0].seconds, 0);
  EXPECT_EQ(moments[0].evidence[2].what, "start-gap");
  EXPECT_EQ(moments[0].evidence[2].seconds, 1680);
}

TEST(FindMoments, EqualNetTimesAreNotFinishingTogether) {
  FieldBuilder field = two_starts();
  field.add("F90", even(7962.1), 0.0);
  field.add("90", even(7962.1), 1680.0);
  field.rank();
  EXPECT_TRUE(of_kind(field, MomentKind::FinishTogether).empty());
}

TEST(FindMoments, NeighboursInACrowdAreNotTogether) {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 4000; ++i) {
    const auto net = moment_field::ordinary_marathon(330 + 30 * series.normal(), series);
    field.add(std::to_string(i + 1), net, i % 2 == 0 ? 0.0 : 1200.0);
  }
  EXPECT_TRUE(of_kind(field, MomentKind::FinishTogether).empty());
}

TEST(FindMoments, TwoWhoseClocksAgreeAllDayAndWhoLoseAnHourAreTold) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  auto net = even(4 * 3600);
  for (std::size_t i = 3; i < net.size(); ++i) *net[i] += 3600;
  field.add("15", net, 300.0);
  for (auto& time : net) *time += 0.5;
  field.add("19", net, 300.25);
  const auto moments = of_kind(field, MomentKind::FinishTogether);
  ASSERT_EQ(moments.size(), 1u);
  const model::Evidence& loss = moments[0].evidence.back();
  EXPECT_EQ(loss.what, "shared-loss");
  EXPECT_EQ(loss.from, "15k");
  EXPECT_EQ(loss.to, "20k");
  EXPECT_NEAR(static_cast<double>(*loss.seconds), 3600, 1);
}

TEST(FindMoments, TwoWhoRunInStepAllDayWithoutMoreAreNoStoryOfTheRace) {
  FieldBuilder field = moment_field::ordinary_field(2000);
  field.add("15", even(4 * 3600), 300.0);
  field.add("19", even(4 * 3600), 300.3);
  EXPECT_TRUE(of_kind(field, MomentKind::FinishTogether).empty());
}

TEST(FindMoments, ARaceWithStartAndFinishOnlyHasPairsAndNothingElse) {
  FieldBuilder field({{"finish", 5000}});
  moment_field::Series series;
  for (int i = 0; i < 600; ++i) {
    field.add(std::to_string(i + 1), {1500 + 200 * series.normal()}, 0.0);
  }
  field.add("900", {4800.0}, 0.0);
  EXPECT_TRUE(rare_moments(field.results()).empty());
  field.add("901", {3000.05}, 1800.0);
  const auto moments = rare_moments(field.results());
  ASSERT_EQ(moments.size(), 1u);
  EXPECT_EQ(moments[0].kind, MomentKind::FinishTogether);
}

TEST(ChooseForStory, AKindThatWasUsedWeighsLessAndNobodyIsToldTwice) {
  const auto made = [](MomentKind kind, std::uint32_t person, double score) {
    model::Moment moment;
    moment.kind = kind;
    moment.people = {model::EntrantId(person)};
    moment.score = score;
    return moment;
  };
  const std::vector found = {
      made(MomentKind::LateCollapse, 1, 10), made(MomentKind::LateCollapse, 2, 9),
      made(MomentKind::NegativeSplit, 3, 8), made(MomentKind::FinishTogether, 1, 7.9)};
  EXPECT_EQ(choose_for_story(found, 12), (std::vector<std::size_t>{0, 2, 1}));
  EXPECT_EQ(choose_for_story(found, 1), (std::vector<std::size_t>{0}));
}

}  // namespace
}  // namespace hs::moments
