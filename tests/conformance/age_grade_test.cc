// Age grades against figures that others published, and the tables of qualifying against each other
// (shared data; skipped where absent).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <map>
#include <optional>

#include "formats/age_grade_file.h"
#include "formats/chip_test_support.h"
#include "formats/qualifying_file.h"
#include "formats/results_file.h"
#include "formats/small_table.h"
#include "history/age_grade.h"
#include "scoring/standard.h"

namespace hs::conformance {
namespace {

using model::AgeGradeTable;
using model::Sex;

std::vector<AgeGradeTable> tables() {
  std::vector<AgeGradeTable> out;
  for (const char* name : {"F_2015_factors.csv", "M_2015_factors.csv", "F_2020_factors.csv",
                           "M_2020_factors.csv", "F_2025_factors.csv", "M_2025_factors.csv"}) {
    const auto bytes = formats::test::shared_file(std::string("tables/") + name);
    if (!bytes) return {};
    auto table =
        formats::read_age_grade_table(*bytes, name, *formats::parse_age_grade_file_name(name));
    EXPECT_TRUE(table) << table.error().text();
    if (table) out.push_back(std::move(*table));
  }
  return out;
}

#define HS_TABLES_OR_SKIP(variable) \
  const auto variable = tables();   \
  if ((variable).empty()) GTEST_SKIP() << "the shared data are not beside the project (HS_SHARED)"

/// The road distances of the vectors; those of the track have tables of their own.
std::optional<base::Distance> road_distance(std::string_view event) {
  static const std::map<std::string_view, std::int64_t> kMillimetres = {{"5K", 5'000'000},
                                                                        {"5M", 8'046'720},
                                                                        {"10K", 10'000'000},
                                                                        {"HM", 21'097'500},
                                                                        {"MAR", 42'195'000}};
  const auto found = kMillimetres.find(event);
  if (found == kMillimetres.end()) return std::nullopt;
  return base::Distance::millimetres(found->second);
}

/// "5:30", "1:45:00".
base::Duration duration_of(std::string_view text) {
  const auto value = base::parse_duration(text);
  EXPECT_TRUE(value) << text;
  return value.value_or(base::Duration(0));
}

TEST(AgeGradeVectors, EditionTwentyTwentyGivesEveryRoadGradeToTheHundredth) {
  HS_TABLES_OR_SKIP(all);
  const auto text = formats::test::shared_file("conformance/vectors/wma2023_from_athlib.json");
  ASSERT_TRUE(text);
  simdjson::dom::parser parser;
  std::size_t compared = 0;
  for (const simdjson::dom::element one : parser.parse(*text).get_array()) {
    const auto distance = road_distance(std::string_view(one["event"]));
    if (!distance) continue;
    history::Graded graded;
    graded.sex = std::string_view(one["gender"]) == "f" ? Sex::Female : Sex::Male;
    graded.age = static_cast<int>(std::int64_t(one["age"]));
    graded.distance = distance;
    graded.time = duration_of(std::string_view(one["time"]));
    const auto grade = history::age_grade(all, 2020, graded);
    ASSERT_TRUE(grade);
    EXPECT_NEAR(grade->hundredths, double(one["grade"]) * 10'000, 0.51);
    ++compared;
  }
  EXPECT_EQ(compared, 150U);
}

/// New York 2000 as published, with its own percentages.
std::optional<formats::ResultsFile> new_york() {
  const auto bytes = formats::test::shared_file("nyc/results-2000.csv");
  if (!bytes) return std::nullopt;
  formats::ResultsOptions options;
  options.race_id = "nyc-2000";
  options.date = {2000, 11, 5};
  options.distance = base::Distance::metres(42'195);
  auto read = formats::read_results(*bytes, "results-2000.csv", options);
  EXPECT_TRUE(read) << read.error().text();
  return read ? std::optional(std::move(*read)) : std::nullopt;
}

/// Our grade less the published one, in hundredths of a percent, sorted.
std::vector<std::int64_t> differences(const model::PublishedRace& race,
                                      const std::vector<AgeGradeTable>& all, int edition, Sex sex) {
  std::vector<std::int64_t> out;
  for (const model::PublishedResult& result : race.results) {
    if (!result.net || !result.age_grade || *result.age_grade == 0 || result.sex != sex) continue;
    const auto grade = history::age_grade(
        all, edition,
        {result.sex, result.age, race.distance, result.net->value(), !result.is_apart});
    if (grade) out.push_back(std::int64_t{grade->hundredths} - std::int64_t{*result.age_grade});
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(AgeGradeOfNewYork, NoneOfTheTablesIsTheOneOf2000AndThatOf2015ComesNearest) {
  HS_TABLES_OR_SKIP(all);
  const auto file = new_york();
  ASSERT_TRUE(file);
  struct Case {
    int edition;
    Sex sex;
    std::int64_t middle;  ///< Hundredths of a percent.
  };
  for (const Case& one : {Case{2015, Sex::Male, -98}, Case{2015, Sex::Female, -103},
                          Case{2020, Sex::Male, -138}, Case{2020, Sex::Female, -165},
                          Case{2025, Sex::Male, -215}, Case{2025, Sex::Female, -303}}) {
    const auto all_of = differences(file->race, all, one.edition, one.sex);
    ASSERT_GT(all_of.size(), 8000U);
    EXPECT_NEAR(static_cast<double>(all_of[all_of.size() / 2]), static_cast<double>(one.middle), 2)
        << one.edition;
  }
}

/// Of pairs of a time and a percentage with one decimal: how many one standard explains at most.
std::size_t explained(const std::vector<std::pair<double, double>>& graded) {
  std::vector<std::pair<double, int>> ends;
  for (const auto& [seconds, percent] : graded) {
    constexpr double kHalfStep = 0.05001;
    ends.emplace_back(seconds * (percent - kHalfStep) / 100, 0);
    ends.emplace_back(seconds * (percent + kHalfStep) / 100, 1);
  }
  std::sort(ends.begin(), ends.end());
  std::size_t open = 0;
  std::size_t most = 0;
  for (const auto& [at, is_end] : ends) {
    open += is_end == 0 ? 1U : std::size_t{0} - 1U;
    most = std::max(most, open);
  }
  return most;
}

TEST(AgeGradeOfNewYork, ItFollowsTheNetTimeAndOneStandardForEachSexAndAge) {
  const auto file = new_york();
  if (!file) GTEST_SKIP() << "the shared data are not beside the project (HS_SHARED)";
  constexpr std::size_t kFewest = 20;  // Of an age; fewer are explained by chance.
  const auto share = [&](model::PublishedClock clock) {
    std::map<std::pair<Sex, int>, std::vector<std::pair<double, double>>> by_age;
    for (const model::PublishedResult& result : file->race.results) {
      const auto time = result.finish_on(clock);
      if (!time || !result.age_grade || *result.age_grade == 0 || !result.sex || !result.age) {
        continue;
      }
      by_age[{*result.sex, *result.age}].emplace_back(static_cast<double>(time->count()) / 1e6,
                                                      *result.age_grade / 100.0);
    }
    double all = 0;
    double fit = 0;
    for (const auto& [age, graded] : by_age) {
      if (graded.size() < kFewest) continue;
      all += static_cast<double>(graded.size());
      fit += static_cast<double>(explained(graded));
    }
    return fit / all;
  };
  EXPECT_NEAR(share(model::PublishedClock::Net), 0.943, 0.002);
  EXPECT_LT(share(model::PublishedClock::Gun), 0.2);
}

TEST(QualifyingTables, TheListByAgeOf2025AgreesWithTheBandsOf2020) {
  const auto bands = formats::test::shared_file("tables/bq-standards.csv");
  const auto ages = formats::test::shared_file("tables/bq-standards-by-age-2025.csv");
  if (!bands || !ages) {
    GTEST_SKIP() << "the shared data are not beside the project (HS_SHARED)";
  }
  const auto read = formats::read_qualifying_standards(*bands, "bq-standards.csv");
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(read->size(), 3U);
  EXPECT_EQ((*read)[1].first_year, 2020);
  const auto table = formats::SmallTable::read(*ages, "by-age.csv");
  ASSERT_TRUE(table) << table.error().text();
  ASSERT_EQ(table->header().size(), 4U);
  for (const formats::CsvRow& row : table->rows()) {
    const int age = std::stoi(row.cells[0].text);
    for (std::size_t i = 1; i < 4; ++i) {
      const auto sex = model::parse_sex(table->header()[i].text);
      ASSERT_TRUE(sex);
      const auto* band = scoring::band_of((*read)[1].standard, *sex, age);
      ASSERT_NE(band, nullptr) << age;
      EXPECT_EQ(band->time, duration_of(row.cells[i].text)) << age;
    }
  }
  EXPECT_EQ(table->rows().size(), 93U);
}

}  // namespace
}  // namespace hs::conformance
