#include "scoring/standard.h"

#include <gtest/gtest.h>

namespace hs::scoring {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// One woman of 47 with a net time of 3:34:51 and a gun time of 3:36:03, and a table.
struct OneFinisher {
  model::EventResults results;
  model::Standard standard;
  model::EntrantId id{0};

  OneFinisher() {
    results.event.date = base::Date{2026, 5, 8};
    results.event.races.resize(1);
    model::Entrant entrant;
    entrant.sex = model::Sex::Female;
    entrant.age = 47;
    results.entrants = {entrant};
    results.persons.resize(1);
    model::RunnerResult runner;
    runner.status = model::RunnerStatus::Finished;
    runner.net = base::NetTime(hours(3) + minutes(34) + seconds(51));
    runner.gun = base::GunTime(hours(3) + minutes(36) + seconds(3));
    results.runners = {runner};
    standard.name = "City 2027";
    standard.times = {{model::Sex::Female, 18, 44, hours(3) + minutes(25)},
                      {model::Sex::Female, 45, 49, hours(3) + minutes(35)},
                      {model::Sex::Female, 50, std::nullopt, hours(3) + minutes(50)},
                      {model::Sex::Male, 45, 49, hours(3) + minutes(5)}};
  }
  [[nodiscard]] std::optional<std::int64_t> left() const {
    const auto against = against_standard(standard, results, id);
    return against ? std::optional(against->left_seconds()) : std::nullopt;
  }
};

TEST(Standard, LeavesTheSecondsUnderTheTimeOfTheBand) {
  OneFinisher one;
  EXPECT_EQ(one.left(), 9);
  EXPECT_EQ(against_standard(one.standard, one.results, one.id)->band, &one.standard.times[1]);
}

TEST(Standard, TheBandsIncludeBothTheirAges) {
  OneFinisher one;
  const auto first_of = [&](int age) {
    one.results.entrants[0].age = age;
    const auto against = against_standard(one.standard, one.results, one.id);
    return against ? against->band->age_min : 0;
  };
  EXPECT_EQ(first_of(17), 0);
  EXPECT_EQ(first_of(18), 18);
  EXPECT_EQ(first_of(44), 18);
  EXPECT_EQ(first_of(45), 45);
  EXPECT_EQ(first_of(49), 45);
  EXPECT_EQ(first_of(50), 50);
  EXPECT_EQ(first_of(99), 50);
}

TEST(Standard, TimesAreCutToTheSecondAsTheyAreShown) {
  OneFinisher one;
  one.results.runners[0].net = base::NetTime(hours(3) + minutes(34) + microseconds(51'999'999));
  EXPECT_EQ(one.left(), 9);
  one.results.runners[0].net = base::NetTime(hours(3) + minutes(35) + microseconds(999'999));
  EXPECT_EQ(one.left(), 0);
  one.results.runners[0].net = base::NetTime(hours(3) + minutes(35) + seconds(4));
  EXPECT_EQ(one.left(), -4);
}

TEST(Standard, ByGunTheGunTimeCounts) {
  OneFinisher one;
  one.standard.by = model::StandardBy::Gun;
  EXPECT_EQ(one.left(), -63);
  one.results.runners[0].gun.reset();
  EXPECT_EQ(one.left(), std::nullopt);
}

TEST(Standard, TheCourseIndexIsAddedBeforeComparing) {
  OneFinisher one;
  one.standard.course_index = seconds(300);
  EXPECT_EQ(one.left(), 9 - 300);
}

TEST(Standard, TheWindowIncludesBothItsDays) {
  OneFinisher one;
  one.standard.from = base::Date{2026, 5, 8};
  one.standard.until = base::Date{2026, 5, 8};
  EXPECT_EQ(one.left(), 9);
  one.standard.until = base::Date{2026, 5, 7};
  EXPECT_EQ(one.left(), std::nullopt);
  one.standard.until.reset();
  one.standard.from = base::Date{2026, 5, 9};
  EXPECT_EQ(one.left(), std::nullopt);
}

TEST(Standard, TheAgeOnAnotherDayNeedsABirthDate) {
  OneFinisher one;
  one.results.entrants[0].age = 49;
  one.standard.age_on = base::Date{2027, 4, 19};
  EXPECT_EQ(one.left(), std::nullopt);
  one.results.persons[0].birth_date = base::Date{1977, 4, 19};
  EXPECT_EQ(one.left(), 15 * 60 + 9);  // Fifty on the day itself.
  one.results.persons[0].birth_date = base::Date{1977, 4, 20};
  EXPECT_EQ(one.left(), 9);
}

TEST(Standard, OnlyFinishersOnFootWhoseSexAndAgeAreKnownAreCompared) {
  const auto without = [](auto change) {
    OneFinisher one;
    change(one.results);
    return one.left();
  };
  EXPECT_EQ(without([](auto& r) { r.entrants[0].age.reset(); }), std::nullopt);
  EXPECT_EQ(without([](auto& r) { r.entrants[0].sex.reset(); }), std::nullopt);
  EXPECT_EQ(without([](auto& r) { r.entrants[0].sex = model::Sex::X; }), std::nullopt);
  EXPECT_EQ(without([](auto& r) { r.entrants[0].mode = model::Mode::Wheelchair; }), std::nullopt);
  EXPECT_EQ(without([](auto& r) { r.runners[0].net.reset(); }), std::nullopt);
  using Status = model::RunnerStatus;
  for (const auto status :
       {Status::Disqualified, Status::DidNotFinish, Status::OutOfCompetition, Status::Unresolved}) {
    EXPECT_EQ(without([&](auto& r) { r.runners[0].status = status; }), std::nullopt);
  }
}

}  // namespace
}  // namespace hs::scoring
