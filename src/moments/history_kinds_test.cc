#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/past_field.h"
#include "support/told_moments.h"

// The kinds that stand on earlier races: who is told, and who only seems to be one.

namespace hs::moments {
namespace {

using model::MomentKind;
using moment_field::even_marathon;
using moment_field::FieldBuilder;
using moment_field::of_kind;
using moment_field::PastBuilder;

constexpr double kFourHours = 4 * 3600;

model::EntrantId add(FieldBuilder& field, const std::string& bib, double pace = 330) {
  return field.add(bib, even_marathon(pace), 30.0);
}

const model::Evidence& evidence(const model::Moment& moment, const std::string& what) {
  const auto found = std::find_if(moment.evidence.begin(), moment.evidence.end(),
                                  [&](const model::Evidence& one) { return one.what == what; });
  EXPECT_NE(found, moment.evidence.end()) << what;
  return *found;
}

TEST(Streak, CountsEveryEditionSinceTheFirst) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto runner = add(field, "800");
  PastBuilder past(field, 2010);
  past.ran_all(runner, 2014, 2022, kFourHours);
  past.give();
  const auto found = of_kind(field, MomentKind::Streak);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people.front(), runner);
  EXPECT_EQ(evidence(found[0], "streak").rank_in_field, 10u);
  EXPECT_EQ(evidence(found[0], "streak").on->year, 2014);
  EXPECT_EQ(found[0].theme, model::Theme::Devotion);
}

TEST(Streak, AStoppedEditionIsNeitherCountedNorABreak) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto runner = add(field, "800");
  PastBuilder past(field, 2010);
  past.edition(2019).is_interrupted = true;
  past.ran_all(runner, 2014, 2018, kFourHours);
  past.ran_all(runner, 2020, 2022, kFourHours);
  past.give();
  const auto found = of_kind(field, MomentKind::Streak);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(evidence(found[0], "streak").rank_in_field, 9u);
  EXPECT_EQ(evidence(found[0], "bridged").on->year, 2019);
}

TEST(Streak, AMissedEditionEndsItAndSoDoesOneThatTheArchiveLacks) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto missed = add(field, "800");
  const auto unknown = add(field, "801");
  PastBuilder past(field, 2010);
  past.ran_all(missed, 2010, 2018, kFourHours);
  past.ran_all(missed, 2020, 2022, kFourHours);
  past.ran_all(unknown, 2010, 2022, kFourHours);
  past.give();
  auto found = of_kind(field, MomentKind::Streak);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people.front(), unknown);
  // With 2020 gone nobody can say who was there: of thirteen editions two and this one are left.
  FieldBuilder gap = moment_field::ordinary_field(400);
  const auto runner = add(gap, "800");
  PastBuilder known(gap, 2010);
  known.ran_all(runner, 2010, 2022, kFourHours);
  for (model::PastResult& result : known.past().runners[runner.raw()]) {
    if (result.race >= 10) --result.race;
  }
  known.past().runners[runner.raw()].erase(known.past().runners[runner.raw()].begin() + 10);
  known.drop(2020);
  known.give();
  EXPECT_TRUE(of_kind(gap, MomentKind::Streak).empty());
}

TEST(Streak, NobodyIsToldWhoseEarlierRacesAreNotSurelyTheirs) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto runner = add(field, "800");
  PastBuilder past(field, 2010);
  past.ran_all(runner, 2012, 2022, kFourHours);
  past.past().runners[runner.raw()][3].sure = 0.8;
  past.give();
  EXPECT_TRUE(of_kind(field, MomentKind::Streak).empty());
}

TEST(Streak, MoreAlikeThanAShelfHoldsAreOneStory) {
  FieldBuilder field = moment_field::ordinary_field(400);
  std::vector<model::EntrantId> runners;
  for (int i = 0; i < 11; ++i) runners.push_back(add(field, std::to_string(800 + i)));
  PastBuilder past(field, 2010);
  for (const auto id : runners) past.ran_all(id, 2015, 2022, kFourHours);
  past.give();
  const auto found = of_kind(field, MomentKind::Streak);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].people.empty());
  EXPECT_EQ(evidence(found[0], "streak").rank_in_field, 9u);
  EXPECT_EQ(evidence(found[0], "together-in-it").rank_in_field, 11u);
}

TEST(NthTime, CountsFinishesWithTheGapsBetween) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto runner = add(field, "800");
  PastBuilder past(field, 2008);
  past.ran_all(runner, 2008, 2013, kFourHours);
  past.ran_all(runner, 2017, 2021, kFourHours);
  past.give();
  const auto found = of_kind(field, MomentKind::NthTime);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(evidence(found[0], "times-here").rank_in_field, 12u);
}

TEST(BackAfterYears, NeedsEditionsThatWentWithoutThem) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto runner = add(field, "800");
  const auto recent = add(field, "801");
  PastBuilder past(field, 2010);
  past.ran(runner, 2013, kFourHours);
  past.ran(recent, 2013, kFourHours);
  past.ran(recent, 2021, kFourHours);
  past.give();
  const auto found = of_kind(field, MomentKind::BackAfterYears);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people.front(), runner);
  EXPECT_EQ(evidence(found[0], "last-here").years, 10);
  EXPECT_EQ(evidence(found[0], "last-here").of, 9u);
}

TEST(BackAfterYears, WhoBelongedHereGoesBeforeWhoWasAwayAsLongAsTheArchiveKnows) {
  FieldBuilder field = moment_field::ordinary_field(400);
  std::vector<model::EntrantId> edge;
  for (int i = 0; i < 30; ++i) edge.push_back(add(field, std::to_string(800 + i)));
  const auto regular = add(field, "900");
  PastBuilder past(field, 2010);
  for (const auto id : edge) past.ran(id, 2010, kFourHours);
  past.ran_all(regular, 2010, 2015, kFourHours);
  past.give();
  const auto found = of_kind(field, MomentKind::BackAfterYears);
  ASSERT_EQ(found.size(), 1u) << "thirty who ran the first edition are none of few";
  EXPECT_EQ(found[0].people.front(), regular);
  EXPECT_EQ(evidence(found[0], "last-here").years, 8);
  EXPECT_EQ(evidence(found[0], "last-here").rank_in_field, 6u);
}

TEST(AfterDnf, TellsTheTriesAndWhetherThereWasAFinishBeforeThem) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto first = add(field, "800");
  const auto again = add(field, "801");
  const auto between = add(field, "802");
  PastBuilder past(field, 2015);
  for (const int year : {2019, 2021, 2022}) {
    past.ran(first, year, std::nullopt).status = model::RunnerStatus::DidNotFinish;
  }
  past.ran(again, 2018, kFourHours);
  past.ran(again, 2022, std::nullopt).status = model::RunnerStatus::DidNotFinish;
  past.ran(between, 2019, std::nullopt).status = model::RunnerStatus::DidNotFinish;
  past.ran(between, 2020, kFourHours);
  past.give();
  const auto found = of_kind(field, MomentKind::AfterDnf);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].people.front(), first);
  EXPECT_EQ(evidence(found[0], "not-finished").rank_in_field, 3u);
  EXPECT_EQ(evidence(found[0], "not-finished").given, "first");
  EXPECT_EQ(found[1].people.front(), again);
  EXPECT_EQ(evidence(found[1], "not-finished").given, "again");
}

TEST(AfterInterruption, IsTheFieldsStoryOfTheEditionBeforeThatWasStopped) {
  FieldBuilder field = moment_field::ordinary_field(400);
  std::vector<model::EntrantId> back;
  for (int i = 0; i < 12; ++i) back.push_back(add(field, std::to_string(800 + i)));
  PastBuilder past(field, 2020);
  past.edition(2022).is_interrupted = true;
  for (const auto id : back) {
    past.ran(id, 2022, std::nullopt).status = model::RunnerStatus::DidNotFinish;
  }
  past.give();
  const auto found = of_kind(field, MomentKind::AfterInterruption);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].people.empty());
  EXPECT_EQ(evidence(found[0], "stopped-and-back").rank_in_field, 12u);
  // Nobody gave up there.
  EXPECT_TRUE(of_kind(field, MomentKind::AfterDnf).empty());
}

/// A field of which each has three earlier races, all about a minute slower than this one.
std::vector<model::EntrantId> give_everybody_a_past(FieldBuilder& field, PastBuilder& past) {
  std::vector<model::EntrantId> out;
  moment_field::Series series;
  for (const model::RunnerResult& runner : field.results().runners) {
    out.push_back(runner.entrant);
    const double now = static_cast<double>(runner.net->value().count()) * 1e-6;
    for (int year = 2020; year < 2023; ++year) {
      past.ran(runner.entrant, year, now * (1.005 + 0.004 * series.normal() + 0.004));
    }
  }
  return out;
}

TEST(PersonalBest, TellsOnlyMoreThanTheDayGaveEverybody) {
  FieldBuilder field = moment_field::ordinary_field(900);
  const auto runner = add(field, "9800", 300);
  PastBuilder past(field, 2015);
  (void)give_everybody_a_past(field, past);
  for (model::PastResult& result : past.past().runners[runner.raw()]) {
    result.time = moment_field::micros(300 * 42.195 * 1.12);
  }
  past.give();
  const auto found = of_kind(field, MomentKind::PersonalBest);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].people.front(), runner);
  EXPECT_FALSE(found[0].on_shelf);
  EXPECT_EQ(evidence(found[0], "best-before").of, 3u);
  EXPECT_EQ(evidence(found[0], "field-against-best").given, "faster");
  for (std::size_t i = 1; i < found.size(); ++i) EXPECT_TRUE(found[i].on_shelf);
}

TEST(PersonalBest, ATimeOnTheGunsClockForbidsToCallAnythingABest) {
  FieldBuilder field = moment_field::ordinary_field(900);
  const auto runner = add(field, "9800", 300);
  PastBuilder past(field, 2015);
  (void)give_everybody_a_past(field, past);
  for (model::PastResult& result : past.past().runners[runner.raw()]) {
    result.time = moment_field::micros(300 * 42.195 * 1.12);
  }
  past.ran(runner, 2016, std::nullopt);
  past.give();
  for (const model::Moment& moment : of_kind(field, MomentKind::PersonalBest)) {
    EXPECT_NE(moment.people.front(), runner);
  }
}

TEST(FirstUnder, NeedsFourRacesThatWereAllOver) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto first = add(field, "800", 340);   // 3:59:06.
  const auto before = add(field, "801", 340);  // Had been under four hours.
  const auto three = add(field, "802", 340);   // Only three races.
  PastBuilder past(field, 2015);
  past.ran_all(first, 2017, 2022, kFourHours + 90);
  past.ran_all(before, 2017, 2022, kFourHours + 90);
  past.ran(before, 2016, kFourHours - 60);
  past.ran_all(three, 2020, 2022, kFourHours + 90);
  past.give();
  const auto found = of_kind(field, MomentKind::FirstUnder);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people.front(), first);
  EXPECT_EQ(evidence(found[0], "first-under").expected_seconds, 14400);
  EXPECT_EQ(evidence(found[0], "best-before").of, 6u);
  (void)three;
}

/// The ten fastest of one sex so far, from 2:30:00 by ten seconds.
void give_bests(PastBuilder& past) {
  model::PastBests bests;
  bests.sex = model::Sex::X;
  bests.finishers = 5000;
  for (int i = 0; i < 10; ++i) bests.fastest.push_back({moment_field::micros(9000 + 10 * i), 3});
  past.past().bests.push_back(bests);
}

TEST(Record, IsTheFastestOfTheirSexInAllEditions) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto winner = add(field, "X1", 213);  // 2:29:47.
  field.entrant(winner).sex = model::Sex::X;
  field.rank();
  PastBuilder past(field, 2015);
  give_bests(past);
  past.give();
  const auto found = of_kind(field, MomentKind::Record);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people.front(), winner);
  EXPECT_EQ(evidence(found[0], "fastest-before").seconds, 9000);
  EXPECT_EQ(evidence(found[0], "all-time").of, 9u);
  EXPECT_TRUE(of_kind(field, MomentKind::AllTimeList).empty());
}

TEST(AllTimeList, IsForTheFastestOfTheDayAmongTheTenOfAllEditions) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto winner = add(field, "X1", 214);  // 2:30:29: behind 2:30:20.
  field.entrant(winner).sex = model::Sex::X;
  PastBuilder past(field, 2015);
  give_bests(past);
  past.give();
  EXPECT_TRUE(of_kind(field, MomentKind::Record).empty());
  const auto found = of_kind(field, MomentKind::AllTimeList);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(evidence(found[0], "all-time").rank_in_field, 4u);
}

TEST(AgeGrade, IsTheBestOfTheDayWhereAgesArePublished) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto best = add(field, "800");
  field.entrant(best).age = 61;
  PastBuilder past(field, 2015);
  past.past().age_grades.assign(field.results().entrants.size(), 6000u);
  past.past().age_grades[best.raw()] = 9312u;
  past.give();
  EXPECT_TRUE(of_kind(field, MomentKind::AgeGrade).empty());
  field.results().event.publish_columns = {"age"};
  const auto found = of_kind(field, MomentKind::AgeGrade);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people.front(), best);
  EXPECT_EQ(evidence(found[0], "age-grade").age_grade, 9312u);
  EXPECT_EQ(evidence(found[0], "age-grade").years, 61);
}

TEST(HistoryKinds, WithoutAnArchiveThereAreNone) {
  FieldBuilder field = moment_field::ordinary_field(400);
  for (const MomentKind kind :
       {MomentKind::Streak, MomentKind::NthTime, MomentKind::BackAfterYears, MomentKind::AfterDnf,
        MomentKind::AfterInterruption, MomentKind::PersonalBest, MomentKind::FirstUnder,
        MomentKind::Record, MomentKind::AllTimeList, MomentKind::AgeGrade}) {
    EXPECT_TRUE(of_kind(field, kind).empty()) << model::name_of(kind);
  }
}

}  // namespace
}  // namespace hs::moments
