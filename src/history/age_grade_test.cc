#include "history/age_grade.h"

#include <gtest/gtest.h>

namespace hs::history {
namespace {

using base::Distance;
using model::AgeGradeTable;
using model::Sex;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Women of 40 and 41 over 10 km and the half marathon.
AgeGradeTable women(int edition = 2025) {
  AgeGradeTable table;
  table.edition = edition;
  table.sex = Sex::Female;
  table.youngest = 40;
  table.columns = {{"10 km", Distance::metres(10'000)},
                   {"H. Mar", Distance::millimetres(21'097'500)}};
  table.open = {seconds(1800), seconds(3900)};
  table.standards = {seconds(1860), seconds(4080), seconds(1872), seconds(4110)};
  return table;
}

Graded ten_kilometres() {
  return {Sex::Female, 40, Distance::metres(10'000), minutes(46) + seconds(30), true};
}

TEST(AgeGrade, IsTheStandardDividedByTheTime) {
  const std::vector tables = {women()};
  // 1860 s of 2790 s are two thirds.
  EXPECT_EQ(*age_grade(tables, 2025, ten_kilometres()), (AgeGrade{6667, 2025}));
}

TEST(AgeGrade, BetweenTwoDistancesItIsLinearInTheLogarithm) {
  const std::vector tables = {women()};
  Graded graded = ten_kilometres();
  graded.distance = Distance::metres(15'000);
  // ln 1.5 / ln 2.10975 = 0.54310: 1860 s + 0.54310 * 2220 s.
  const auto standard = age_standard(tables, 2025, graded);
  ASSERT_TRUE(standard);
  EXPECT_NEAR(static_cast<double>(standard->count()) / 1e6, 3065.69, 0.01);
  graded.distance = Distance::millimetres(21'097'500);
  EXPECT_EQ(*age_standard(tables, 2025, graded), seconds(4080));
}

TEST(AgeGrade, WhoeverHasNoneIsToldWhy) {
  const std::vector tables = {women()};
  const auto why = [&](auto&& change, int edition = 2025) {
    Graded graded = ten_kilometres();
    change(graded);
    const auto grade = age_grade(tables, edition, graded);
    EXPECT_FALSE(grade);
    return grade ? std::nullopt : std::optional(grade.error());
  };
  EXPECT_EQ(why([](Graded& g) { g.sex.reset(); }), NoAgeGrade::NoSex);
  EXPECT_EQ(why([](Graded& g) { g.age.reset(); }), NoAgeGrade::NoAge);
  EXPECT_EQ(why([](Graded& g) { g.age = 39; }), NoAgeGrade::AgeOutside);
  EXPECT_EQ(why([](Graded& g) { g.age = 42; }), NoAgeGrade::AgeOutside);
  EXPECT_EQ(why([](Graded& g) { g.time.reset(); }), NoAgeGrade::NoTime);
  EXPECT_EQ(why([](Graded& g) { g.time = seconds(0); }), NoAgeGrade::NoTime);
  EXPECT_EQ(why([](Graded& g) { g.distance.reset(); }), NoAgeGrade::NoDistance);
  EXPECT_EQ(why([](Graded& g) { g.distance = Distance::metres(9'999); }),
            NoAgeGrade::DistanceOutside);
  EXPECT_EQ(why([](Graded& g) { g.distance = Distance::metres(42'195); }),
            NoAgeGrade::DistanceOutside);
  EXPECT_EQ(why([](Graded& g) { g.on_foot = false; }), NoAgeGrade::NotOnFoot);
  EXPECT_EQ(why([](Graded& g) { g.sex = Sex::X; }), NoAgeGrade::NoTable);
  EXPECT_EQ(why([](Graded&) {}, 2020), NoAgeGrade::NoTable);
}

TEST(AgeGrade, TheNewestEditionIsFound) {
  EXPECT_EQ(newest_edition(std::vector{women(2015), women(2025), women(2020)}), 2025);
  EXPECT_FALSE(newest_edition({}));
}

}  // namespace
}  // namespace hs::history
