#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "base/check.h"
#include "formats/results_file.h"

// Importing published results against the goal of the design (200,000 rows a second, from bytes to
// the disk), and against SQLite alone inserting a row a result and a row a split, which is the
// archive one would write first. `ratio` divides the rival's best time by ours in the same run.

namespace hs {
namespace {

constexpr std::size_t kRunners = 100'000;
constexpr std::size_t kPoints = 10;

/// Cheap repeatable numbers; the quality of the randomness does not matter here.
std::uint64_t scramble(std::uint64_t x) {
  x ^= x >> 31;
  x *= 0x9e3779b97f4a7c15U;
  x ^= x >> 29;
  return x;
}

std::string clock_text(std::uint64_t seconds) {
  char out[24];
  std::snprintf(out, sizeof out, "%d:%02d:%02d", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return out;
}

/// Seconds at a point, of ten with the finish.
std::uint64_t seconds_at(std::size_t runner, std::size_t point) {
  const std::uint64_t whole = 8'000 + scramble(runner) % 14'000;
  return whole * (point + 1) / kPoints;
}

/// A marathon as a big city publishes it: people, nine splits, the finish and three places.
const std::string& city_marathon() {
  static const std::string kFile = [] {
    std::string out =
        "Bib,Name,Age,M/F,City,State,Country,5K,10K,15K,20K,Half,25K,30K,35K,40K,Official Time,"
        "Overall,Gender,Division\n";
    std::vector<std::size_t> order(kRunners);
    for (std::size_t i = 0; i < kRunners; ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [](std::size_t a, std::size_t b) {
      return seconds_at(a, kPoints - 1) < seconds_at(b, kPoints - 1);
    });
    for (std::size_t rank = 0; rank < kRunners; ++rank) {
      const std::size_t i = order[rank];
      const std::uint64_t dice = scramble(i * 7 + 3);
      out += std::to_string(i + 1) + ",\"Runner" + std::to_string(dice % 90'000) + ", First" +
             std::to_string(dice % 900) + "\"," + std::to_string(18 + dice % 60) +
             (dice % 2 == 0 ? ",F,Town" : ",M,Town") + std::to_string(dice % 3000) + ",MA,USA";
      for (std::size_t p = 0; p < kPoints; ++p) out += "," + clock_text(seconds_at(i, p));
      const std::string place = "," + std::to_string(rank + 1);
      out += place + place + place + "\n";
    }
    return out;
  }();
  return kFile;
}

formats::ResultsOptions options() {
  formats::ResultsOptions out;
  out.race_id = "bench";
  out.date = {2026, 5, 8};
  return out;
}

double seconds_since(std::chrono::steady_clock::time_point from) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

std::string fresh_path(const char* name) {
  std::string path = (std::filesystem::temp_directory_path() / name).string();
  std::filesystem::remove(path);
  return path;
}

/// Best time of this run, for the ratio.
double best_import = 1e9;

void rate(benchmark::State& state) {
  state.counters["rows/s"] = benchmark::Counter(static_cast<double>(state.iterations()) * kRunners,
                                                benchmark::Counter::kIsRate);
}

void BM_ImportRead(benchmark::State& state) {
  const std::string& file = city_marathon();
  for (auto _ : state) {
    auto read = formats::read_results(file, "city.csv", options());
    HS_CHECK(read && read->race.results.size() == kRunners, "every row is a result");
    benchmark::DoNotOptimize(read);
  }
  rate(state);
}
BENCHMARK(BM_ImportRead)->Unit(benchmark::kMillisecond);

void BM_ImportWhole(benchmark::State& state) {
  const std::string& file = city_marathon();
  for (auto _ : state) {
    const std::string path = fresh_path("hs_import_bench.db");
    const auto begin = std::chrono::steady_clock::now();
    auto read = formats::read_results(file, "city.csv", options());
    auto archive = archive::Archive::open(path, archive::Access::Create);
    HS_CHECK(read && archive, "the archive opens");
    HS_CHECK(archive->put(read->race, archive::IfKnown::Refuse).has_value(), "the race goes in");
    const double took = seconds_since(begin);
    state.SetIterationTime(took);
    best_import = std::min(best_import, took);
    std::filesystem::remove(path);
  }
  rate(state);
}
BENCHMARK(BM_ImportWhole)->Unit(benchmark::kMillisecond)->UseManualTime();

void run(sqlite3* database, const char* sql) {
  HS_CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK, "SQL runs");
}

/// The rival has nothing to read or to recognise: its values are there as numbers.
void BM_ImportBareRows(benchmark::State& state) {
  double best = 1e9;
  for (auto _ : state) {
    const std::string path = fresh_path("hs_import_rival.db");
    const auto begin = std::chrono::steady_clock::now();
    sqlite3* database = nullptr;
    HS_CHECK(sqlite3_open(path.c_str(), &database) == SQLITE_OK, "the rival opens");
    run(database,
        "CREATE TABLE results(id INTEGER PRIMARY KEY, bib TEXT, name TEXT, age INTEGER, sex TEXT,"
        " city TEXT, official INTEGER, overall INTEGER);"
        "CREATE TABLE splits(result INTEGER, point INTEGER, time INTEGER,"
        " PRIMARY KEY(result,point)) WITHOUT ROWID;"
        "BEGIN");
    sqlite3_stmt* result = nullptr;
    sqlite3_stmt* split = nullptr;
    sqlite3_prepare_v2(database, "INSERT INTO results VALUES(?1,?2,?3,?4,?5,?6,?7,?8)", -1, &result,
                       nullptr);
    sqlite3_prepare_v2(database, "INSERT INTO splits VALUES(?1,?2,?3)", -1, &split, nullptr);
    for (std::size_t i = 0; i < kRunners; ++i) {
      const auto id = static_cast<std::int64_t>(i);
      sqlite3_bind_int64(result, 1, id);
      for (const int text : {2, 3, 5, 6}) {
        sqlite3_bind_text(result, text, "Runner, First", -1, SQLITE_STATIC);
      }
      sqlite3_bind_int64(result, 4, 40);
      sqlite3_bind_int64(result, 7, id);
      sqlite3_bind_int64(result, 8, id);
      sqlite3_step(result);
      sqlite3_reset(result);
      for (std::size_t p = 0; p < kPoints; ++p) {
        sqlite3_bind_int64(split, 1, id);
        sqlite3_bind_int64(split, 2, static_cast<std::int64_t>(p));
        sqlite3_bind_int64(split, 3, static_cast<std::int64_t>(seconds_at(i, p) * 1'000'000));
        sqlite3_step(split);
        sqlite3_reset(split);
      }
    }
    run(database, "COMMIT");
    sqlite3_finalize(result);
    sqlite3_finalize(split);
    sqlite3_close(database);
    const double took = seconds_since(begin);
    state.SetIterationTime(took);
    best = std::min(best, took);
    std::filesystem::remove(path);
  }
  rate(state);
  if (best_import < 1e9) state.counters["ratio"] = best / best_import;
}
BENCHMARK(BM_ImportBareRows)->Unit(benchmark::kMillisecond)->UseManualTime();

void BM_ImportReadBack(benchmark::State& state) {
  const std::string path = fresh_path("hs_import_back.db");
  const auto read = formats::read_results(city_marathon(), "city.csv", options());
  auto archive = archive::Archive::open(path, archive::Access::Create);
  HS_CHECK(read && archive && archive->put(read->race, archive::IfKnown::Refuse), "it goes in");
  for (auto _ : state) {
    auto race = archive->race("bench");
    HS_CHECK(race && race->results.size() == kRunners, "it comes back");
    benchmark::DoNotOptimize(race);
  }
  rate(state);
  std::filesystem::remove(path);
}
BENCHMARK(BM_ImportReadBack)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hs
