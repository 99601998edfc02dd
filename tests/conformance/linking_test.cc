// Who is who over real races (shared data; skipped where absent): three years of one race, one
// after the other, as they are imported. What is asserted is what docs/linking.md promises.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "archive/archive.h"
#include "engine/archive_linking.h"
#include "evaluate/linking.h"
#include "formats/chip_test_support.h"
#include "formats/results_file.h"
#include "history/learn.h"
#include "support/temp_folder.h"

namespace hs {
namespace {

struct Year {
  int year = 0;
  base::Date day;
};

/// Third Mondays of April.
constexpr Year kYears[] = {{2003, {2003, 4, 21}}, {2004, {2004, 4, 19}}, {2005, {2005, 4, 18}}};

/// The archive of those years; false where the data is not here.
bool import_years(archive::Archive& archive, engine::LinkWhat what) {
  for (const Year& one : kYears) {
    const std::string path = "boston/finishers-" + std::to_string(one.year) + ".csv";
    const auto bytes = formats::test::shared_file(path);
    if (!bytes) return false;
    formats::ResultsOptions options;
    options.race_id = "boston-" + std::to_string(one.year);
    options.date = one.day;
    const auto read = formats::read_results(*bytes, path, options);
    EXPECT_TRUE(read) << (read ? "" : read.error().text());
    EXPECT_TRUE(archive.put(read->race, archive::IfKnown::Refuse));
    if (what == engine::LinkWhat::WhatIsNew) {
      EXPECT_TRUE(engine::link_archive(archive, what));
    }
  }
  if (what == engine::LinkWhat::Everything) {
    EXPECT_TRUE(engine::link_archive(archive, what));
  }
  return true;
}

/// Every two results of one person.
std::set<std::pair<std::uint64_t, std::uint64_t>> pairs_of(const archive::Archive& archive) {
  std::map<std::uint32_t, std::vector<std::uint64_t>> people;
  EXPECT_TRUE(archive.each_link(
      [&](const archive::Link& link) { people[link.person.raw()].push_back(link.result.raw()); }));
  std::set<std::pair<std::uint64_t, std::uint64_t>> out;
  for (const auto& [person, results] : people) {
    for (std::size_t i = 0; i < results.size(); ++i) {
      for (std::size_t j = i + 1; j < results.size(); ++j) out.emplace(results[i], results[j]);
    }
  }
  return out;
}

class Linking : public testing::Test {
 protected:
  archive::Archive open(const char* name) {
    return std::move(*archive::Archive::open(folder_ / name, archive::Access::Create));
  }
  test::TempFolder folder_;
};

TEST_F(Linking, YearByYearItIsAsGoodAsThePromise) {
  archive::Archive archive = open("years.db");
  if (!import_years(archive, engine::LinkWhat::WhatIsNew)) GTEST_SKIP() << "no shared data";
  std::map<std::uint32_t, std::set<std::uint32_t>> races;
  ASSERT_TRUE(archive.each_link([&](const archive::Link& link) {
    EXPECT_TRUE(races[link.person.raw()].insert(link.result.race()).second) << "twice in one race";
  }));
  const auto loaded = engine::load_roll(archive);
  ASSERT_TRUE(loaded);
  const history::Rarity rarity(loaded->roll);
  const auto model = history::learn(loaded->roll, rarity, history::LinkModel());
  const auto figures = evaluate::measure_linking(*loaded, model, {}, {});
  EXPECT_EQ(figures.twice_in_a_race, 0u);
  EXPECT_GE(figures.gaps[0].precision(), 0.997);
  EXPECT_GE(figures.gaps[0].recall(), 0.95);
}

TEST_F(Linking, RaceByRaceAndAllAtOnceAgreeOnNearlyEveryPair) {
  archive::Archive years = open("years.db");
  archive::Archive once = open("once.db");
  if (!import_years(years, engine::LinkWhat::WhatIsNew)) GTEST_SKIP() << "no shared data";
  ASSERT_TRUE(import_years(once, engine::LinkWhat::Everything));
  const auto by_year = pairs_of(years);
  const auto at_once = pairs_of(once);
  std::size_t both = 0;
  for (const auto& pair : by_year) both += at_once.count(pair);
  const auto all = static_cast<double>(by_year.size() + at_once.size() - both);
  EXPECT_GT(at_once.size(), 5000u);
  EXPECT_GE(static_cast<double>(both) / all, 0.98);
}

}  // namespace
}  // namespace hs
