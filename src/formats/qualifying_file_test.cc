#include "formats/qualifying_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hs::formats {
namespace {

using model::Sex;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

TEST(QualifyingFile, EachColumnIsASetOfStandardsFromItsYearOn) {
  const auto read = read_qualifying_standards(
      "Gender,Age Group,2020BQ,2013BQ\n"
      "M,Under 20,10800,11100\nM,20-24,10800,11100\nM,25 and Over,11100,11400\n"
      "F,Under 35,12600,12900\nF,35 and over,12900,13200\n",
      "bq.csv");
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_THAT(*read, SizeIs(2));
  EXPECT_EQ(read->front().first_year, 2013);
  EXPECT_EQ(read->front().standard.name, "2013BQ");
  const auto& times = read->back().standard.times;
  ASSERT_THAT(times, SizeIs(5));
  EXPECT_EQ(times[0].sex, Sex::Female);
  EXPECT_EQ(times[0].age_max, 34);
  EXPECT_EQ(times[1].time, hours(3) + minutes(35));
  EXPECT_EQ(times[4].age_min, 25);
  EXPECT_FALSE(times[4].age_max);
}

TEST(QualifyingFile, AMistakeInTheStandardsIsSaidWithItsPlace) {
  struct Case {
    const char* text;
    int line;
    int column;
    const char* expected;
  };
  for (const Case& one : {
           Case{"Gender,2020BQ\nM,10800\n", 1, 1, "a column 'Age Group'"},
           Case{"Gender,Age Group,BQ\n", 1, 18, "begins with a year"},
           Case{"Gender,Age Group,2020BQ\nmen,20-24,10800\n", 2, 1, "F, M or X"},
           Case{"Gender,Age Group,2020BQ\nM,24-20,10800\n", 2, 3, "'20-24'"},
           Case{"Gender,Age Group,2020BQ\nM,young,10800\n", 2, 3, "'20-24'"},
           Case{"Gender,Age Group,2020BQ\nM,20-24,3:00:00\n", 2, 9, "a time in whole seconds"},
           Case{"Gender,Age Group,2020BQ\nM,20-24,10800\nM,30-34,10800\n", 1, 1,
                "bands that follow on one another"},
       }) {
    const auto read = read_qualifying_standards(one.text, "bq.csv");
    ASSERT_FALSE(read) << one.text;
    EXPECT_EQ(read.error().place.line, one.line) << read.error().text();
    EXPECT_EQ(read.error().place.column, one.column) << read.error().text();
    EXPECT_THAT(read.error().message, HasSubstr(one.expected));
  }
}

TEST(QualifyingFile, CutoffsComeByYear) {
  const auto read = read_qualifying_cutoffs(
      "race_year,cutoff_mmss,cutoff_seconds,notes\n2014,1:38,98,\n2013,0:00,0,\"All, taken.\"\n",
      "cutoffs.csv");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_THAT(*read, ElementsAre(model::QualifyingCutoff{2013, seconds(0)},
                                 model::QualifyingCutoff{2014, seconds(98)}));
  const auto twice = read_qualifying_cutoffs("race_year,cutoff_seconds\n2014,98\n2014,99\n", "c");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().place.line, 3);
  const auto early = read_qualifying_cutoffs("race_year,cutoff_seconds\n201,98\n", "c");
  ASSERT_FALSE(early);
  EXPECT_THAT(early.error().message, HasSubstr("'201', expected a year"));
}

}  // namespace
}  // namespace hs::formats
