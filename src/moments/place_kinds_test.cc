#include <gtest/gtest.h>

#include <algorithm>

#include "moments/detector.h"
#include "support/moment_field.h"
#include "support/told_moments.h"

// The kinds about places, starts, ages and barriers: planted, not there, held.

namespace hs::moments {
namespace {

using model::MomentKind;
using moment_field::FieldBuilder;
using moment_field::of_kind;
using moment_field::Seconds;

/// A field whose bibs from 1 on were given by what was expected of people, nearly; bib 1501 runs
/// at `pace` seconds a kilometre.
struct SeededField {
  FieldBuilder field{moment_field::marathon_points()};
  model::EntrantId planted{0};
  explicit SeededField(double pace, int step = 1) {
    moment_field::Series series;
    for (int i = 0; i < 2000; ++i) {
      // A step that is no divisor goes through all bibs in an order that says nothing.
      const int bib = 1 + i * step % 2000;
      const double expected = 220 + 0.1 * i + 12 * series.normal();
      const auto net = i == 1500 ? moment_field::even_marathon(pace)
                                 : moment_field::ordinary_marathon(expected, series);
      const auto id = field.add(std::to_string(bib), net, 900 * series.next());
      if (i == 1500) planted = id;
    }
    field.rank();
  }
};

TEST(Unseeded, SomebodyFarAheadOfTheirBibsNeighboursIsFound) {
  SeededField seeded(215);
  const auto found = of_kind(seeded.field, MomentKind::Unseeded);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{seeded.planted});
  EXPECT_EQ(found[0].theme, model::Theme::Underdog);
  EXPECT_LE(*found[0].evidence[0].rank_in_field, 100u);
  EXPECT_GE(*found[0].evidence[1].rank_in_field, 1300u);
  EXPECT_EQ(found[0].evidence[1].given, "bib");
  EXPECT_GT(*found[0].evidence[2].rank_in_field, *found[0].evidence[0].rank_in_field);
}

TEST(Unseeded, WhereBibsSayNothingNobodyIsAheadOfThem) {
  SeededField seeded(215, 1237);
  EXPECT_TRUE(of_kind(seeded.field, MomentKind::Unseeded).empty());
}

TEST(Unseeded, WithoutSeededBibsTheWavesSayIt) {
  SeededField seeded(215, 1237);
  for (auto& runner : seeded.field.results().runners) {
    // Five waves by what was expected, ten minutes apart.
    const auto wave = runner.entrant.raw() / 400;
    runner.gun_at = FieldBuilder::gun() + wave * std::chrono::minutes(10);
  }
  const auto found = of_kind(seeded.field, MomentKind::Unseeded);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{seeded.planted});
  EXPECT_EQ(found[0].evidence[1].given, "wave");
}

TEST(Unseeded, SomebodyAsExpectedIsNone) {
  SeededField seeded(370);
  EXPECT_TRUE(of_kind(seeded.field, MomentKind::Unseeded).empty());
}

TEST(Unseeded, WhomAMatMissedIsNotToldTheyMayHaveRunLess) {
  SeededField seeded(215);
  seeded.field.runner(seeded.planted).splits[5] = model::Split();
  EXPECT_TRUE(of_kind(seeded.field, MomentKind::Unseeded).empty());
}

TEST(Unseeded, NobodyPrivateIsTold) {
  SeededField seeded(215);
  seeded.field.entrant(seeded.planted).is_private = true;
  EXPECT_TRUE(of_kind(seeded.field, MomentKind::Unseeded).empty());
}

/// Twelve in a 5K: the winner was the `position`-th of them after a kilometre.
struct Twelve {
  FieldBuilder field{{{"1k", 1000}, {"3k", 3000}, {"finish", 5000}}};
  std::vector<model::EntrantId> people;
  explicit Twelve(int position) {
    for (int i = 0; i < 12; ++i) {
      std::vector<Seconds> net = {200 + 3.0 * i, 620 + 9.0 * i, 1040 + 15.0 * i};
      if (i == 0) net = {200 + 3.0 * (position - 1) + 1, 615, 1030};
      const auto id = field.add(std::to_string(i + 1), net, 1.0);
      field.runner(id).ranking = field.runner(id).net->value();
      field.runner(id).gun_at = FieldBuilder::gun();
      people.push_back(id);
    }
    field.rank();
  }
};

TEST(LastToFirst, TheLastAfterAKilometreWhoWinsIsFound) {
  Twelve race(12);
  const auto found = of_kind(race.field, MomentKind::LastToFirst);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{race.people[0]});
  EXPECT_EQ(found[0].evidence[0].rank_in_field, 12u);
  EXPECT_EQ(found[0].evidence[0].of, 12u);
  EXPECT_EQ(found[0].evidence[0].to, "1k");
}

TEST(LastToFirst, FromTheMiddleIsNone) {
  Twelve race(7);
  EXPECT_TRUE(of_kind(race.field, MomentKind::LastToFirst).empty());
}

TEST(LastToFirst, NobodyPrivateIsTold) {
  Twelve race(12);
  race.field.entrant(race.people[0]).is_private = true;
  EXPECT_TRUE(of_kind(race.field, MomentKind::LastToFirst).empty());
}

/// An ordinary field and a cut-off after six hours; one passes 40K at 512 s a kilometre and needs
/// `last` seconds from there.
struct Cutoff {
  FieldBuilder field = moment_field::ordinary_field(600);
  model::EntrantId id{0};
  explicit Cutoff(double last) {
    auto net = moment_field::even_marathon(512);
    *net.back() = *net[net.size() - 2] + last;
    id = field.add("90001", net, 20.0);
    field.results().event.races[0].closes = FieldBuilder::gun() + std::chrono::hours(6);
  }
};

TEST(BeatTheCutoff, SomebodyWhoWasBehindItAndMakesItBySecondsIsFound) {
  // 40K after 5:41:20; at 512 s a kilometre the rest would take 18:43, and 18:13 make it by 7 s.
  Cutoff race(21600 - 20 - 20480 - 7);
  const auto found = of_kind(race.field, MomentKind::BeatTheCutoff);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{race.id});
  EXPECT_EQ(found[0].evidence[0].seconds, 7);
  EXPECT_EQ(found[0].evidence[1].seconds, 1093);
  EXPECT_EQ(found[0].evidence[2].seconds, 1123);
}

TEST(BeatTheCutoff, FiveMinutesToSpareAreNone) {
  Cutoff race(21600 - 20 - 20480 - 300);
  EXPECT_TRUE(of_kind(race.field, MomentKind::BeatTheCutoff).empty());
}

TEST(BeatTheCutoff, WithoutACutOffThereIsNothingToBeat) {
  Cutoff race(1093);
  race.field.results().event.races[0].closes.reset();
  EXPECT_TRUE(of_kind(race.field, MomentKind::BeatTheCutoff).empty());
}

TEST(BeatTheCutoff, SomebodyWhoWasNeverBehindItIsNone) {
  Cutoff race(1093);
  auto& splits = race.field.runner(race.id).splits;
  // At 40K four minutes earlier: no pace missed it.
  for (std::size_t i = 1; i + 1 < splits.size(); ++i) {
    const auto time = base::Duration(splits[i].net->value().count() * 199 / 200);
    splits[i].net = base::NetTime(time - std::chrono::minutes(2));
  }
  EXPECT_TRUE(of_kind(race.field, MomentKind::BeatTheCutoff).empty());
}

FieldBuilder with_youngest(int age) {
  FieldBuilder field = moment_field::ordinary_field(300);
  for (const model::RunnerResult& runner : field.results().runners) {
    model::Entrant& entrant = field.entrant(runner.entrant);
    if (*entrant.age < 25) entrant.age = 25;
  }
  field.entrant(field.add("90001", moment_field::even_marathon(400), 20.0)).age = age;
  field.results().event.publish_columns = {"age"};
  return field;
}

TEST(Youngest, AnAdultIsTold) {
  FieldBuilder field = with_youngest(19);
  const auto found = of_kind(field, MomentKind::Youngest);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].evidence[0].years, 19);
  EXPECT_EQ(found[0].evidence[0].next_years, 25);
}

TEST(Youngest, AMinorIsNotAndNobodyInTheirPlace) {
  FieldBuilder field = with_youngest(17);
  EXPECT_TRUE(of_kind(field, MomentKind::Youngest).empty());
  field = with_youngest(19);
  field.entrant(model::EntrantId(300)).is_minor = true;
  EXPECT_TRUE(of_kind(field, MomentKind::Youngest).empty());
}

TEST(Youngest, WhereAgesAreNotPublishedNobodyIs) {
  FieldBuilder field = with_youngest(19);
  field.results().event.publish_columns.clear();
  EXPECT_TRUE(of_kind(field, MomentKind::Youngest).empty());
}

/// One who starts `behind` seconds after the last of 600.
struct LateStart {
  FieldBuilder field = moment_field::ordinary_field(600);
  model::EntrantId id{0};
  explicit LateStart(double behind, double pace = 280) {
    double last = 0;
    for (auto& runner : field.results().runners) {
      runner.start_source = model::StartSource::Mat;
      const auto at = *runner.start_at - FieldBuilder::gun();
      last = std::max(last, static_cast<double>(at.count()) * 1e-6);
    }
    id = field.add("90001", moment_field::even_marathon(pace), last + behind);
    field.runner(id).start_source = model::StartSource::Mat;
  }
};

TEST(LateStarter, SomebodyWhoStartsBehindEverybodyAndPassesManyIsFound) {
  LateStart race(900.5);
  const auto found = of_kind(race.field, MomentKind::LateStarter);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{race.id});
  EXPECT_EQ(found[0].evidence[0].seconds, 900);
  EXPECT_GE(*found[0].evidence[1].rank_in_field, 100u);
  EXPECT_EQ(found[0].evidence[1].of, 600u);
}

TEST(LateStarter, AStartThatNoMatHeardSaysNothing) {
  LateStart race(900);
  race.field.runner(race.id).start_source = model::StartSource::Ruling;
  EXPECT_TRUE(of_kind(race.field, MomentKind::LateStarter).empty());
}

TEST(LateStarter, NeitherAMinuteNorPassingNobodyIsOne) {
  LateStart soon(60);
  EXPECT_TRUE(of_kind(soon.field, MomentKind::LateStarter).empty());
  LateStart slow(900, 520);
  EXPECT_TRUE(of_kind(slow.field, MomentKind::LateStarter).empty());
}

/// Two with strollers in a division of their own.
struct Strollers {
  FieldBuilder field = moment_field::ordinary_field(50);
  std::vector<model::EntrantId> people;
  Strollers() {
    model::Division division;
    division.id = "stroller";
    division.mode = model::Mode::Stroller;
    division.primary = true;
    field.results().event.races[0].divisions = {division};
    for (std::uint32_t i = 0; i < 2; ++i) {
      people.push_back(
          field.add(std::to_string(90001 + i), moment_field::even_marathon(270 + 30 * i), 20.0));
      field.entrant(people[i]).mode = model::Mode::Stroller;
      field.runner(people[i]).division = model::DivisionId(0);
      field.runner(people[i]).places.division = model::Placing{i + 1, false};
    }
  }
};

TEST(WinnerOfKind, TheFirstOfADivisionOfTheirKindIsTold) {
  Strollers race;
  const auto found = of_kind(race.field, MomentKind::WinnerOfKind);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, std::vector{race.people[0]});
  EXPECT_TRUE(found[0].on_shelf);
  EXPECT_EQ(found[0].evidence[0].given, "stroller");
  EXPECT_EQ(found[0].evidence[0].of, 2u);
}

TEST(WinnerOfKind, WithoutSuchADivisionNobodysModeIsTold) {
  Strollers race;
  race.field.results().event.races[0].divisions[0].mode.reset();
  EXPECT_TRUE(of_kind(race.field, MomentKind::WinnerOfKind).empty());
}

TEST(WinnerOfKind, AWinOverNobodyIsToldOnlyOfTheFirstOfAll) {
  Strollers race;
  race.field.runner(race.people[1]).status = model::RunnerStatus::DidNotFinish;
  EXPECT_TRUE(of_kind(race.field, MomentKind::WinnerOfKind).empty());
  race.field.runner(race.people[0]).places.overall = model::Placing{1, false};
  EXPECT_EQ(of_kind(race.field, MomentKind::WinnerOfKind).size(), 1u);
}

TEST(WinnerOfKind, NeitherPrivateNorInQuestionIsTold) {
  Strollers race;
  model::Attention question;
  question.kind = model::Attention::Kind::TwoChips;
  question.entrant = race.people[0];
  race.field.results().attention.push_back(question);
  EXPECT_TRUE(of_kind(race.field, MomentKind::WinnerOfKind).empty());
  race.field.results().attention.clear();
  race.field.entrant(race.people[0]).is_private = true;
  EXPECT_TRUE(of_kind(race.field, MomentKind::WinnerOfKind).empty());
}

/// A collapse that ends `left` seconds before four hours.
struct Barrier {
  FieldBuilder field = moment_field::ordinary_field(900);
  model::EntrantId id{0};
  explicit Barrier(double left) {
    auto net = moment_field::even_marathon(270);
    *net.back() = 4 * 3600 - left;
    id = field.add("812", net, 30.0);
  }
  [[nodiscard]] const model::Evidence* find() {
    found = of_kind(field, MomentKind::LateCollapse);
    if (found.empty()) return nullptr;
    const auto& all = found[0].evidence;
    const auto at =
        std::find_if(all.begin(), all.end(), [](const auto& e) { return e.what == "barrier"; });
    return at == all.end() ? nullptr : &*at;
  }
  std::vector<model::Moment> found;
};

TEST(BarrierAttribute, SecondsUnderFourHoursStandBesideTheMoment) {
  Barrier race(7);
  const model::Evidence* barrier = race.find();
  ASSERT_NE(barrier, nullptr);
  EXPECT_EQ(barrier->seconds, 7);
  EXPECT_EQ(barrier->expected_seconds, 4 * 3600);
  EXPECT_EQ(barrier->given, "time");
}

TEST(BarrierAttribute, AMinuteUnderIsNone) {
  Barrier race(60);
  EXPECT_EQ(race.find(), nullptr);
  EXPECT_FALSE(race.found.empty());
}

TEST(BarrierAttribute, NotWhereTheOfficialTimeMissedIt) {
  Barrier race(7);
  race.field.runner(race.id).official = std::chrono::hours(4) + std::chrono::seconds(13);
  EXPECT_EQ(race.find(), nullptr);
}

TEST(BarrierAttribute, TheOwnGoalIsToldOnlyIfTheyWantItTold) {
  Barrier race(60);
  race.field.person(race.id).goal_time = std::chrono::hours(3) + std::chrono::minutes(15);
  EXPECT_EQ(race.find(), nullptr);
  race.field.entrant(race.id).tell = true;
  const model::Evidence* barrier = race.find();
  ASSERT_NE(barrier, nullptr);
  EXPECT_EQ(barrier->given, "goal");
  EXPECT_EQ(barrier->seconds, std::nullopt);
  EXPECT_EQ(barrier->expected_seconds, 3 * 3600 + 900);
}

TEST(Weights, NoKindWeighsMoreThanFourTimes) {
  for (int i = 0; i <= static_cast<int>(MomentKind::LostMat); ++i) {
    const double weight = weight_of(static_cast<MomentKind>(i));
    EXPECT_GT(weight, 0);
    EXPECT_LE(weight, 4);
  }
}

}  // namespace
}  // namespace hs::moments
