#include "history/qualifying.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hs::history {
namespace {

using base::Date;
using base::Distance;
using model::Sex;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// Men: 3:05 to 3:15 from 2013 on, five minutes less from 2020 on; women half an hour more.
model::QualifyingTable boston() {
  model::QualifyingTable table;
  for (const auto& [year, less] : {std::pair(2013, minutes(0)), std::pair(2020, minutes(5))}) {
    model::QualifyingStandards one;
    one.first_year = year;
    for (const auto& [sex, more] :
         {std::pair(Sex::Female, minutes(30)), std::pair(Sex::Male, minutes(0))}) {
      one.standard.times.push_back({sex, 0, 34, hours(3) + minutes(5) + more - less});
      one.standard.times.push_back({sex, 35, 39, hours(3) + minutes(10) + more - less});
      one.standard.times.push_back({sex, 40, std::nullopt, hours(3) + minutes(15) + more - less});
    }
    table.standards.push_back(one);
  }
  table.cutoffs = {
      {2012, seconds(74)}, {2013, seconds(0)}, {2015, seconds(62)}, {2020, seconds(99)}};
  return table;
}

QualifyingRun marathon(Date date, base::Duration time, std::optional<Sex> sex = Sex::Male) {
  return {date, Distance::metres(42'195), time, sex, true, base::Duration(0)};
}

/// Somebody who was 39 on 21 April 2014 and 39 on 5 May of that year too.
BirthRange born_1974() { return *birth_range(std::vector{std::pair(Date{2014, 4, 21}, 39)}); }

TEST(BirthRange, EveryAgeNarrowsIt) {
  const auto one = birth_range(std::vector{std::pair(Date{2014, 4, 21}, 39)});
  EXPECT_EQ(one, (BirthRange{{1974, 4, 22}, {1975, 4, 21}}));
  const auto two =
      birth_range(std::vector{std::pair(Date{2014, 4, 21}, 39), std::pair(Date{2014, 11, 2}, 40)});
  EXPECT_EQ(two, (BirthRange{{1974, 4, 22}, {1974, 11, 2}}));
  EXPECT_EQ(ages_on(*two, {2015, 4, 20}), std::pair(40, 40));
  EXPECT_EQ(ages_on(*two, {2015, 7, 1}), std::pair(40, 41));
  EXPECT_FALSE(birth_range({}));
  EXPECT_FALSE(
      birth_range(std::vector{std::pair(Date{2014, 4, 21}, 39), std::pair(Date{2015, 4, 20}, 45)}));
}

TEST(BirthRange, ALeapDayIsADayLikeOthers) {
  const auto born = birth_range(std::vector{std::pair(Date{2024, 2, 29}, 23)});
  EXPECT_EQ(born, (BirthRange{{2000, 3, 1}, {2001, 2, 28}}));
}

TEST(Qualifying, TheAgeOnTheDayOfTheOtherRaceDecides) {
  // 39 on the day, 40 at Boston a year less a day later: 3:15 counts, not 3:10.
  const auto against =
      qualify(boston(), boston_windows(), marathon({2014, 4, 21}, hours(3) + minutes(14)),
              birth_range(std::vector{std::pair(Date{2014, 4, 21}, 39),
                                      std::pair(Date{2014, 10, 12}, 40)}));
  ASSERT_THAT(against, SizeIs(1));
  EXPECT_EQ(against[0].year, 2015);
  EXPECT_EQ(against[0].age, 40);
  EXPECT_FALSE(against[0].age_open);
  EXPECT_EQ(against[0].left, 60);
  EXPECT_TRUE(against[0].has_qualified());
  EXPECT_EQ(against[0].left_at_cutoff(), -2) << "qualified by 1:00, missed the cut-off by 0:02";
}

TEST(Qualifying, WhereTheAgeMayBeTwoTheHarderStandardIsTakenAndSaid) {
  const auto against = qualify(boston(), boston_windows(),
                               marathon({2014, 4, 21}, hours(3) + minutes(11)), born_1974());
  ASSERT_THAT(against, SizeIs(1));
  EXPECT_EQ(against[0].age, 39);
  EXPECT_TRUE(against[0].age_open);
  EXPECT_EQ(against[0].left, -60);
}

TEST(Qualifying, OneRaceMayCountForTwoYearsAndOneForNone) {
  const auto born = birth_range(std::vector{std::pair(Date{2014, 9, 14}, 30)});
  const auto years = [&](Date date) {
    std::vector<int> out;
    for (const auto& one : qualify(boston(), boston_windows(), marathon(date, hours(3)), born)) {
      out.push_back(one.year);
    }
    return out;
  };
  EXPECT_THAT(years({2014, 9, 14}), ElementsAre(2015, 2016)) << "windows overlap in September";
  EXPECT_THAT(years({2019, 4, 15}), ElementsAre(2020, 2021)) << "put off by the pandemic";
  EXPECT_THAT(years({2012, 4, 16}), ElementsAre(2013));
  EXPECT_THAT(years({2012, 9, 22}), ElementsAre(2014)) << "2013 has no known end";
  EXPECT_THAT(years({2011, 4, 18}), IsEmpty()) << "before the standards of the tables";
  EXPECT_THAT(years({2017, 4, 17}), IsEmpty()) << "the window of 2018 is not known";
}

TEST(Qualifying, TheStandardItselfIsEnoughAndPartsOfASecondAreCut) {
  const auto left = [&](base::Duration time) {
    return in_other_years(boston(), marathon({2014, 4, 21}, time), 30).back().left;
  };
  EXPECT_EQ(left(hours(3)), 0);
  EXPECT_EQ(left(hours(3) + std::chrono::milliseconds(900)), 0);
  EXPECT_EQ(left(hours(3) + seconds(1)), -1);
}

TEST(Qualifying, OtherYearsAreComparedByTheAgeOfTheDay) {
  const auto other =
      in_other_years(boston(), marathon({2014, 4, 21}, hours(2) + minutes(57) + seconds(9)), 30);
  ASSERT_THAT(other, SizeIs(3)) << "2012 had other standards, and says nothing";
  EXPECT_EQ(other[0].year, 2013);
  EXPECT_EQ(other[2].year, 2020);
  EXPECT_EQ(other[2].left_at_cutoff(), 72) << "would have made 2020 by 1:12";
}

TEST(Qualifying, ACourseThatFallsCostsItsIndex) {
  QualifyingRun run = marathon({2014, 4, 21}, hours(2) + minutes(58));
  run.course_index = minutes(5);
  EXPECT_EQ(in_other_years(boston(), run, 30).back().left, -180);
}

TEST(Qualifying, NothingIsSaidOfWhatIsNotKnown) {
  const auto count = [&](auto&& change) {
    QualifyingRun run = marathon({2014, 4, 21}, hours(3));
    change(run);
    return qualify(boston(), boston_windows(), run, born_1974()).size();
  };
  EXPECT_EQ(count([](QualifyingRun&) {}), 1U);
  EXPECT_EQ(count([](QualifyingRun& run) { run.sex.reset(); }), 0U);
  EXPECT_EQ(count([](QualifyingRun& run) { run.sex = Sex::X; }), 0U) << "no standard for X here";
  EXPECT_EQ(count([](QualifyingRun& run) { run.time.reset(); }), 0U);
  EXPECT_EQ(count([](QualifyingRun& run) { run.on_foot = false; }), 0U);
  EXPECT_EQ(count([](QualifyingRun& run) { run.distance.reset(); }), 0U);
  EXPECT_EQ(count([](QualifyingRun& run) { run.distance = Distance::metres(42'000); }), 0U);
  EXPECT_EQ(count([](QualifyingRun& run) { run.distance = Distance::metres(42'200); }), 1U);
  const QualifyingRun run = marathon({2014, 4, 21}, hours(3));
  EXPECT_THAT(qualify(boston(), boston_windows(), run, std::nullopt), IsEmpty());
  EXPECT_THAT(in_other_years(boston(), run, std::nullopt), IsEmpty());
  EXPECT_THAT(in_other_years(boston(), run, kBostonYoungest - 1), IsEmpty());
}

TEST(BostonWindows, EachOpensBeforeItsDayAndSaysItsSource) {
  int year = 0;
  for (const QualifyingWindow& window : boston_windows()) {
    EXPECT_GT(window.year, year);
    year = window.year;
    EXPECT_EQ(window.day.year, window.year);
    EXPECT_LT(window.opens, window.day);
    if (window.closes) {
      EXPECT_LT(window.opens, *window.closes);
      EXPECT_LT(*window.closes, window.day);
    }
    EXPECT_FALSE(window.source.empty());
    // Patriots' Day is the third Monday of April; 1970-01-01 was a Thursday.
    if (window.day.month == 4) {
      EXPECT_EQ((base::days_from_epoch(window.day) + 3) % 7, 0) << window.year;
      EXPECT_EQ((window.day.day - 1) / 7, 2) << window.year;
    }
  }
}

}  // namespace
}  // namespace hs::history
