// Published results of real races (shared data; skipped where absent). What is asserted was counted
// from the files by other means, or is in their catalogue.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>

#include "formats/chip_test_support.h"
#include "formats/results_merge.h"
#include "formats/results_test_support.h"

namespace hs::formats {
namespace {

using model::Mode;
using model::PublishedClock;
using model::PublishedResult;
using model::PublishedSplit;
using model::RunnerStatus;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::points_of;
using testing::SizeIs;

std::optional<ResultsFile> shared_results(const std::string& path) {
  const auto bytes = test::shared_file(path);
  if (!bytes) return std::nullopt;
  auto file = read_results(*bytes, path, test::spring_race());
  EXPECT_TRUE(file) << (file ? "" : file.error().text());
  return file ? std::optional(std::move(*file)) : std::nullopt;
}

#define HS_RESULTS_OR_SKIP(variable, path) \
  auto variable = shared_results(path);    \
  if (!(variable)) GTEST_SKIP() << "the shared data is not here"

std::size_t count(const model::PublishedRace& race, bool (*is)(const PublishedResult&)) {
  return static_cast<std::size_t>(std::count_if(race.results.begin(), race.results.end(), is));
}

bool finished(const PublishedResult& result) { return result.status == RunnerStatus::Finished; }
bool on_wheels(const PublishedResult& result) { return result.mode == Mode::Wheelchair; }

std::size_t flagged(const model::PublishedRace& race, PublishedSplit::Flag flag) {
  return static_cast<std::size_t>(
      std::count_if(race.splits.begin(), race.splits.end(),
                    [flag](const PublishedSplit& split) { return (split.flags() & flag) != 0; }));
}

/// Every place of every kind agrees with the times.
void expect_all_agree(const ResultsFile& file, std::size_t kinds) {
  EXPECT_THAT(file.places, SizeIs(kinds));
  for (const PlacesCheck& check : file.places) {
    EXPECT_EQ(check.agreeing, file.race.results.size()) << check.kind;
    EXPECT_EQ(check.differing, 0U) << check.kind;
    EXPECT_EQ(check.out_of_order, 0U) << check.kind;
  }
}

struct Finishers {
  int year;
  std::size_t rows;
  std::size_t wheelchairs;
  PublishedClock clock;     ///< That the places follow.
  std::uint64_t moved = 0;  ///< Runners whose place and time contradict the others'.
};

constexpr std::array kFinishers = {
    Finishers{2001, 13'443, 35, PublishedClock::Gun},
    Finishers{2002, 14'622, 44, PublishedClock::Gun},
    Finishers{2003, 17'056, 25, PublishedClock::Gun},
    Finishers{2004, 16'783, 43, PublishedClock::Gun},
    Finishers{2005, 17'564, 30, PublishedClock::Gun},
    Finishers{2006, 19'715, 27, PublishedClock::Untold},
    Finishers{2007, 20'369, 25, PublishedClock::Net, 1},
    Finishers{2008, 21'975, 16, PublishedClock::Untold},
    Finishers{2009, 22'902, 29, PublishedClock::Untold, 1},
    Finishers{2010, 22'719, 29, PublishedClock::Untold, 1},
    Finishers{2011, 23'945, 32, PublishedClock::Untold, 1},
    Finishers{2012, 21'652, 35, PublishedClock::Net},
};

TEST(SharedResults, BostonFinishersWithFieldSizes) {
  for (const Finishers& known : kFinishers) {
    const std::string path = "boston/finishers-" + std::to_string(known.year) + ".csv";
    HS_RESULTS_OR_SKIP(file, path);
    const auto& race = file->race;
    EXPECT_EQ(file->rows, known.rows) << path;
    EXPECT_EQ(race.results.size(), known.rows) << path;
    EXPECT_EQ(count(race, finished), known.rows) << path;
    EXPECT_EQ(count(race, on_wheels), known.wheelchairs) << path;
    EXPECT_EQ(race.ranked_by, known.clock) << path;
    EXPECT_EQ(race.resolution, std::chrono::milliseconds(600)) << path;
    EXPECT_EQ(points_of(race), "finish") << path;
    ASSERT_THAT(file->places, SizeIs(3)) << path;
    for (const PlacesCheck& check : file->places) {
      EXPECT_LE(check.out_of_order, known.moved) << path << check.kind;
      EXPECT_EQ(check.differing == 0, check.out_of_order == 0) << path << check.kind;
    }
  }
}

TEST(SharedResults, BostonWithSplitsInRandomOrder) {
  HS_RESULTS_OR_SKIP(file, "boston/finishers-2013.csv");
  EXPECT_EQ(points_of(file->race), "5k 10k 20k half 25k 30k 35k 40k finish");
  EXPECT_EQ(file->rows, 16'164U);
  EXPECT_EQ(file->repeated, 7U) << "one row stands there eight times";
  EXPECT_EQ(count(file->race, on_wheels), 52U);
  EXPECT_EQ(file->race.distance, base::Distance::millimetres(42'195'000));
  expect_all_agree(*file, 2);
  HS_RESULTS_OR_SKIP(next, "boston/finishers-2014.csv");
  EXPECT_THAT(next->race.results, SizeIs(31'984));
  EXPECT_EQ(count(next->race, on_wheels), 53U);
  expect_all_agree(*next, 2);
}

TEST(SharedResults, BostonSplits) {
  constexpr const char* kPoints = "5k 10k 15k 20k half 25k 30k 35k 40k finish";
  HS_RESULTS_OR_SKIP(y2011, "boston/splits-2011.csv");
  EXPECT_THAT(y2011->race.results, SizeIs(23'890));
  EXPECT_EQ(points_of(y2011->race), kPoints);
  // 238,900 cells less 561 dashes.
  EXPECT_THAT(y2011->race.splits, SizeIs(238'339));
  EXPECT_EQ(count(y2011->race, on_wheels), 0U);
  HS_RESULTS_OR_SKIP(y2013, "boston/splits-2013.csv");
  EXPECT_THAT(y2013->race.results, SizeIs(17'600));
  EXPECT_EQ(points_of(y2013->race), kPoints);
  expect_all_agree(*y2013, 2);
  HS_RESULTS_OR_SKIP(y2015, "boston/splits-2015.csv");
  EXPECT_THAT(y2015->race.results, SizeIs(26'598));
  EXPECT_EQ(flagged(y2015->race, PublishedSplit::Repaired), 1U) << "a fraction of a day";
  for (const PlacesCheck& check : y2015->places) EXPECT_EQ(check.out_of_order, 1U) << check.kind;
}

TEST(SharedResults, NewYorkFollowsTheGun) {
  HS_RESULTS_OR_SKIP(file, "nyc/results-2000.csv");
  EXPECT_EQ(file->rows, 29'366U);
  EXPECT_EQ(file->repeated, 3U);
  EXPECT_EQ(points_of(file->race), "10k half 20mi finish");
  EXPECT_EQ(file->race.ranked_by, PublishedClock::Gun);
  EXPECT_EQ(file->race.split_clock, PublishedClock::Gun);
  EXPECT_EQ(file->race.results[0].age_grade, 9740U);
  ASSERT_THAT(file->places, SizeIs(3));
  for (const PlacesCheck& check : file->places) EXPECT_LE(check.out_of_order, 2U) << check.kind;
}

TEST(SharedResults, ChicagoWideAndLong) {
  HS_RESULTS_OR_SKIP(wide, "chicago-2023/wide.csv");
  EXPECT_THAT(wide->race.results, SizeIs(4'800));
  EXPECT_EQ(flagged(wide->race, PublishedSplit::Estimated), 0U);
  EXPECT_EQ(wide->race.split_clock, PublishedClock::Net);
  HS_RESULTS_OR_SKIP(file, "chicago-2023/long.csv");
  EXPECT_EQ(file->rows, 48'000U);
  EXPECT_THAT(file->race.results, SizeIs(4'800));
  EXPECT_EQ(flagged(file->race, PublishedSplit::Estimated), 160U);
  EXPECT_THAT(file->race.splits, SizeIs(48'000 - 13));
  const std::size_t read_in_wide = wide->race.splits.size();
  EXPECT_EQ(read_in_wide, 48'000U - 13 - 160);
  for (const PublishedResult& result : file->race.results) {
    ASSERT_TRUE(result.started_at);
    // The gun was at 07:30.
    ASSERT_GE(*result.started_at, hours(7) + minutes(30));
    ASSERT_LE(*result.started_at, hours(9) + minutes(30));
  }
  const auto merged = merge_results(*wide, std::move(*file), "long.csv");
  ASSERT_TRUE(merged) << merged.error().text();
  EXPECT_THAT(wide->race.results, SizeIs(4'800));
  EXPECT_EQ(flagged(wide->race, PublishedSplit::Estimated), 160U);
  EXPECT_THAT(wide->race.splits, SizeIs(read_in_wide + 160));
}

struct Trail {
  int year;
  std::size_t runners;
  std::size_t finishers;
  std::size_t points;
};

TEST(SharedResults, TrailCheckpointsAndThoseWhoStopped) {
  for (const Trail& known :
       {Trail{2010, 2'495, 0, 2}, Trail{2011, 2'368, 1'133, 23}, Trail{2012, 2'481, 2'122, 11},
        Trail{2013, 2'468, 1'686, 24}, Trail{2014, 2'431, 1'582, 24}}) {
    const std::string path = "trail/utmb-" + std::to_string(known.year) + ".csv";
    HS_RESULTS_OR_SKIP(file, path);
    const auto& race = file->race;
    EXPECT_EQ(race.results.size(), known.runners) << path;
    EXPECT_EQ(count(race, finished), known.finishers) << path;
    EXPECT_EQ(race.points.size(), known.points) << path;
    // Columns stand in course order in these files, the finish last: the times must say so too.
    std::string headers;
    for (const ColumnReport& column : file->columns) {
      if (column.meaning.rfind("split", 0) == 0) headers += column.header + "|";
    }
    std::string points;
    for (const auto& point : race.points) points += point.header + "|";
    EXPECT_EQ(points, headers) << path;
    for (const auto& result : race.results) ASSERT_TRUE(result.sex) << path;
    if (known.finishers == 0) continue;
    EXPECT_EQ(race.points.back().id, "finish") << path;
    ASSERT_THAT(file->places, SizeIs(1)) << path;
    EXPECT_EQ(file->places[0].agreeing, known.finishers) << path;
    EXPECT_EQ(file->places[0].differing, 0U) << path;
  }
}

TEST(SharedResults, BackyardLaps) {
  struct Yard {
    int year;
    std::size_t runners, laps, splits;
  };
  for (const Yard& known :
       {Yard{2019, 71, 32, 748}, Yard{2020, 75, 32, 786}, Yard{2021, 70, 51, 855}}) {
    const std::string path = "trail/backyard-" + std::to_string(known.year) + ".csv";
    HS_RESULTS_OR_SKIP(file, path);
    const auto& race = file->race;
    EXPECT_EQ(race.results.size(), known.runners) << path;
    EXPECT_EQ(race.points.size(), known.laps) << path;
    EXPECT_EQ(race.splits.size(), known.splits) << path;
    EXPECT_EQ(count(race, finished), 1U) << path;
    EXPECT_EQ(flagged(race, PublishedSplit::Doubtful), 0U) << path;
    for (const auto& result : race.results) {
      ASSERT_EQ(result.laps, result.split_count) << path << ":" << result.line;
      ASSERT_TRUE(result.sex) << path;
      // The last lap ended within its hour.
      const auto last = race.splits_of(result).back().time();
      ASSERT_GT(*last, hours(1) * (result.split_count - 1));
      ASSERT_LT(*last, hours(1) * result.split_count);
    }
  }
}

}  // namespace
}  // namespace hs::formats
