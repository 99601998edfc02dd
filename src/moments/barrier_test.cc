#include "moments/barrier.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/moment_field.h"
#include "support/told_moments.h"

// Standards beside a moment: made, missed, held back. Goals and half hours: place_kinds_test.cc.

namespace hs::moments {
namespace {

using moment_field::FieldBuilder;
using moment_field::of_kind;
using std::chrono::seconds;

constexpr std::int64_t kTime = 4 * 3600 + 600;  ///< The standard of a woman of 47: no half hour.

/// A collapse that ends `left` seconds before the standard of the race.
struct Qualifier {
  FieldBuilder field = moment_field::ordinary_field(900);
  model::EntrantId id{0};
  std::vector<model::Moment> found;

  explicit Qualifier(double left) {
    auto net = moment_field::even_marathon(270);
    *net.back() = static_cast<double>(kTime) - left;
    id = field.add("812", net, 30.0);
    field.entrant(id).sex = model::Sex::Female;
    field.entrant(id).age = 47;
    field.results().event.publish_columns = {"age"};
    field.results().event.date = base::Date{2023, 11, 14};
    add("City 2027", kTime);
  }
  model::Standard& add(const std::string& name, std::int64_t time) {
    model::Standard standard;
    standard.name = name;
    standard.times = {{model::Sex::Female, 18, 44, seconds(time - 600)},
                      {model::Sex::Female, 45, 49, seconds(time)},
                      {model::Sex::Female, 50, std::nullopt, seconds(time + 600)}};
    field.results().event.races[0].standards.push_back(standard);
    return field.results().event.races[0].standards.back();
  }
  model::Standard& standard() { return field.results().event.races[0].standards[0]; }
  const model::Evidence* find() {
    found = of_kind(field, model::MomentKind::LateCollapse);
    if (found.empty()) return nullptr;
    const auto& all = found[0].evidence;
    const auto is_barrier = [](const auto& e) { return e.what == "barrier"; };
    EXPECT_LE(std::count_if(all.begin(), all.end(), is_barrier), 1);
    const auto at = std::find_if(all.begin(), all.end(), is_barrier);
    return at == all.end() ? nullptr : &*at;
  }
};

TEST(StandardAttribute, SecondsUnderItStandBesideTheMoment) {
  Qualifier race(9);
  const model::Evidence* barrier = race.find();
  ASSERT_NE(barrier, nullptr);
  EXPECT_EQ(barrier->given, "standard");
  EXPECT_EQ(barrier->name, "City 2027");
  EXPECT_EQ(barrier->seconds, 9);
  EXPECT_EQ(barrier->expected_seconds, kTime);
}

TEST(StandardAttribute, OfAHardshipSecondsOverItAreToldToo) {
  Qualifier race(-4);
  const model::Evidence* barrier = race.find();
  ASSERT_NE(barrier, nullptr);
  EXPECT_EQ(barrier->given, "standard");
  EXPECT_EQ(barrier->seconds, -4);
}

TEST(StandardAttribute, OfAnotherMomentSecondsOverItAreNot) {
  for (const double left : {9.0, -4.0}) {
    Qualifier race(left);
    ASSERT_NE(race.find(), nullptr);
    model::Moment moment = race.found[0];
    moment.kind = model::MomentKind::NegativeSplit;
    moment.evidence.clear();
    add_barrier(race.field.results(), moment);
    EXPECT_EQ(moment.evidence.size(), left > 0 ? 1u : 0u);
  }
}

TEST(StandardAttribute, MoreThanTenSecondsOrNoneAreNot) {
  for (const double left : {10.5, 60.0, 0.0, -0.5, -11.0, -60.0}) {
    Qualifier race(left);
    EXPECT_EQ(race.find(), nullptr) << left;
    EXPECT_FALSE(race.found.empty());
  }
}

TEST(StandardAttribute, OnlyWhereAgesArePublished) {
  Qualifier race(9);
  race.field.results().event.publish_columns = {"city"};
  EXPECT_EQ(race.find(), nullptr);
  EXPECT_FALSE(race.found.empty());
}

TEST(StandardAttribute, OfNobodyPrivateWhateverTheMoment) {
  Qualifier race(9);
  ASSERT_NE(race.find(), nullptr);
  model::Moment moment = race.found[0];
  moment.evidence.clear();
  race.field.entrant(race.id).is_private = true;
  add_barrier(race.field.results(), moment);
  EXPECT_TRUE(moment.evidence.empty());
}

TEST(StandardAttribute, TheTimeThatCountsIsRoundedAsOfficialTimesAre) {
  Qualifier race(0.4);  // 4:09:59.6, which a road race calls 4:10:00.
  race.field.results().event.races[0].rules = model::RuleSet::WaRoad;
  EXPECT_EQ(race.find(), nullptr);
  race = Qualifier(1.4);
  race.field.results().event.races[0].rules = model::RuleSet::WaRoad;
  const model::Evidence* barrier = race.find();
  ASSERT_NE(barrier, nullptr);
  EXPECT_EQ(barrier->seconds, 2);  // 4:09:58, as the net time is shown.
}

TEST(StandardAttribute, AGunTimeThatRanksSaysNothingAboutAStandardByNet) {
  Qualifier race(9);
  race.field.runner(race.id).official = seconds(kTime + 63);
  EXPECT_NE(race.find(), nullptr);
  race.standard().by = model::StandardBy::Gun;
  race.field.runner(race.id).gun = base::GunTime(seconds(kTime + 63));
  EXPECT_EQ(race.find(), nullptr);
}

TEST(StandardAttribute, AgesOnALaterDayAreToldOnlyWhereTheyShowNoBirthday) {
  Qualifier race(9);
  race.standard().age_on = base::Date{2024, 4, 15};
  race.field.person(race.id).birth_date = base::Date{1976, 6, 1};
  EXPECT_NE(race.find(), nullptr);  // 47 or 48 then: the same time.
  race.field.entrant(race.id).age = 49;
  race.field.person(race.id).birth_date = base::Date{1974, 6, 1};
  EXPECT_EQ(race.find(), nullptr);  // 49 or 50: the standard would say which.
  race.field.entrant(race.id).age = 47;
  race.field.person(race.id).birth_date.reset();
  EXPECT_EQ(race.find(), nullptr);
}

TEST(StandardAttribute, TheOwnGoalMadeGoesBeforeAndTheHalfHourBehind) {
  Qualifier race(9);
  race.field.person(race.id).goal_time = seconds(kTime - 2);
  race.field.entrant(race.id).tell = true;
  EXPECT_EQ(race.find()->given, "goal");
  // A goal that was missed is no match for a standard that was made.
  race.field.person(race.id).goal_time = seconds(kTime - 1800);
  EXPECT_EQ(race.find()->given, "standard");
  Qualifier level(0);
  level.field.results().event.races[0].standards.clear();
  level.add("Level", 4 * 3600 + 1800);
  *level.field.runner(level.id).splits.back().net = base::NetTime(seconds(4 * 3600 + 1793));
  level.field.runner(level.id).net = base::NetTime(seconds(4 * 3600 + 1793));
  EXPECT_EQ(level.find()->given, "standard");
  level.field.results().event.races[0].standards.clear();
  EXPECT_EQ(level.find()->given, "time");
}

TEST(StandardAttribute, OfSeveralTheOneMadeByLeast) {
  Qualifier race(9);
  race.add("Hill 2027", kTime - 5);
  race.add("Lake 2027", kTime - 12);
  const model::Evidence* barrier = race.find();
  ASSERT_NE(barrier, nullptr);
  EXPECT_EQ(barrier->name, "Hill 2027");
  EXPECT_EQ(barrier->seconds, 4);
}

TEST(StandardAttribute, NotWithoutAFinishAndNotOfTwo) {
  Qualifier race(9);
  ASSERT_NE(race.find(), nullptr);
  model::Moment moment = race.found[0];
  moment.evidence.clear();
  race.field.runner(race.id).status = model::RunnerStatus::Disqualified;
  add_barrier(race.field.results(), moment);
  EXPECT_TRUE(moment.evidence.empty());
  race.field.runner(race.id).status = model::RunnerStatus::Finished;
  moment.people.push_back(model::EntrantId(0));
  add_barrier(race.field.results(), moment);
  EXPECT_TRUE(moment.evidence.empty());
}

}  // namespace
}  // namespace hs::moments
