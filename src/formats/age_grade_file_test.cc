#include "formats/age_grade_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/file.h"

namespace hs::formats {
namespace {

using model::Sex;
using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;

constexpr AgeGradeFileName kWomen{Sex::Female, 2025, AgeGradeCells::Factors};

constexpr const char* kSmall =
    "Age,5 km,5 MIle,H. Mar,Marathon\n"
    "Distance,5,8.0467200000000005,21.0975,42.195\n"
    "OC sec,834,1375,3772,7796\n"
    "40,0.97340000000000004,0.97,0.9679,0.97619999999999996\n"
    "41,0.9668,0.96,0.96,0.9700499999\n";

base::Result<model::AgeGradeTable> read(std::string_view text, AgeGradeFileName name = kWomen) {
  return read_age_grade_table(text, "table.csv", name);
}

TEST(AgeGradeFile, TheNameSaysSexEditionAndWhatTheCellsHold) {
  EXPECT_EQ(parse_age_grade_file_name("F_2025_factors.csv"), kWomen);
  EXPECT_EQ(parse_age_grade_file_name("M_2015_sec.csv"),
            (AgeGradeFileName{Sex::Male, 2015, AgeGradeCells::Seconds}));
  for (const char* other : {"F_2025.csv", "2025_factors.csv", "F_20_factors.csv", "bq.csv", ""}) {
    EXPECT_FALSE(parse_age_grade_file_name(other)) << other;
  }
}

TEST(AgeGradeFile, AStandardIsTheOpenOneDividedByTheFactorOfFourDecimals) {
  const auto table = read(kSmall);
  ASSERT_TRUE(table) << table.error().text();
  EXPECT_EQ(table->edition, 2025);
  EXPECT_EQ(table->youngest, 40);
  ASSERT_EQ(table->ages(), 2);
  EXPECT_EQ(table->columns[1].distance, base::Distance::millimetres(8'046'720));
  // 834 s / 0.9734 = 856.790 s, and 7796 s / 0.9700 (not 0.97005) = 8037.113 s.
  EXPECT_EQ(duration_cast<milliseconds>(table->standard(40, 0)).count(), 856'790);
  EXPECT_EQ(duration_cast<milliseconds>(table->standard(41, 3)).count(), 8'037'113);
}

TEST(AgeGradeFile, SecondsAreTheStandardItselfAndHeadsTellTheDistance) {
  const auto table = read(
      "Age,4 Mile,Marathon\nOC sec,1152.0000000000002,8124.9999999999991\n"
      "5,1643,11591\n6,1586,11187\n",
      {Sex::Female, 2015, AgeGradeCells::Seconds});
  ASSERT_TRUE(table) << table.error().text();
  EXPECT_EQ(table->columns[0].distance, base::Distance::millimetres(6'437'376));
  EXPECT_EQ(table->open[1], hours(2) + minutes(15) + seconds(25));
  EXPECT_EQ(table->standard(6, 1), seconds(11'187));
}

TEST(AgeGradeFile, AMistakeIsSaidWithItsPlace) {
  struct Case {
    const char* text;
    int line;
    int column;
    const char* expected;
  };
  for (const Case& one : {
           Case{"Age,five km\n", 1, 5, "a distance such as 5 km"},
           Case{"Age,10 km,5 km\n", 1, 11, "a distance beyond the one before"},
           Case{"Age,5 km\n40,0.97\n", 2, 1, "the row 'OC sec' in front of the ages"},
           Case{"Age,5 km\nOC sec,fast\n", 2, 8, "a time in seconds"},
           Case{"Age,5 km\nOC sec,834\n40,1.2\n", 3, 4, "a factor above 0 and at most 1"},
           Case{"Age,5 km\nOC sec,834\n40,nan\n", 3, 4, "a factor above 0 and at most 1"},
           Case{"Age,5 km\nOC sec,834\n40,\n", 3, 4, "a factor above 0 and at most 1"},
           Case{"Age,5 km\nOC sec,834\n40,0.97\n42,0.96\n", 4, 1, "the age 41"},
           Case{"Age,5 km\nOC sec,834\nold,0.97\n", 3, 1, "an age, 'Distance' or 'OC sec'"},
           Case{"Age,5 km\nOC sec,834\n40,0.97,0.9\n", 3, 1, "2 as in the header"},
           Case{"Age,5 km\nOC sec,834\n", 1, 1, "a row for each age"},
           Case{"Age,5 km\n", 1, 1, "the standard of any age"},
           Case{"", 1, 1, "a header row"},
       }) {
    const auto table = read(one.text);
    ASSERT_FALSE(table) << one.text;
    EXPECT_EQ(table.error().code, base::ErrorCode::InvalidInput);
    EXPECT_EQ(table.error().place.line, one.line) << table.error().text();
    EXPECT_EQ(table.error().place.column, one.column) << table.error().text();
    EXPECT_THAT(table.error().message, HasSubstr(one.expected));
  }
}

TEST(AgeGradeFile, ThePublishedTablesAreReadWhole) {
  const char* shared = std::getenv("HS_SHARED");
  const std::string folder =
      std::string(shared != nullptr ? shared : "../shared") + "/data/tables/";
  for (const char* file : {"F_2015_factors.csv", "M_2015_factors.csv", "F_2020_factors.csv",
                           "M_2020_factors.csv", "F_2025_factors.csv", "M_2025_factors.csv",
                           "F_2015_sec.csv", "M_2020_sec.csv", "M_2025_sec.csv"}) {
    const auto bytes = base::read_file(folder + file);
    if (!bytes) GTEST_SKIP() << "the shared data are not beside the project (HS_SHARED)";
    const auto table = read_age_grade_table(*bytes, file, *parse_age_grade_file_name(file));
    ASSERT_TRUE(table) << table.error().text();
    EXPECT_EQ(table->youngest, 5) << file;
    EXPECT_EQ(table->ages(), 96) << file;
    EXPECT_GE(table->columns.size(), 20U) << file;
  }
}

}  // namespace
}  // namespace hs::formats
