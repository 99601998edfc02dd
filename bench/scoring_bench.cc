#include <benchmark/benchmark.h>
#include <malloc.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "base/check.h"
#include "model/fact.h"
#include "scoring/results_hash.h"
#include "scoring/scorer.h"

// The speed of scoring against the goals of the design, and against SQLite's window functions doing
// the ranking alone. `ratio` counters divide the rival's best time by ours in the same run.

namespace hs {
namespace {

using base::Duration;
using base::RaceTime;

constexpr std::int64_t kGunMicros = 1'778'227'200'000'000;  // 2026-05-08T08:00:00Z

/// One race of `points` points after the start, and every read of it.
struct Load {
  std::vector<model::Fact> facts;  ///< Event, streams, entries.
  std::vector<model::Read> reads;
  std::size_t runners = 0;
  std::size_t points = 0;
  std::vector<std::array<std::int64_t, 3>> times;  ///< Runner * point: time, sex, division.
};

/// Cheap repeatable numbers; the quality of the randomness does not matter here.
std::uint64_t scramble(std::uint64_t x) {
  x ^= x >> 31;
  x *= 0x9e3779b97f4a7c15U;
  x ^= x >> 29;
  return x;
}

model::Event event_of(std::size_t points) {
  model::Event event;
  event.name = "Bench";
  event.date = {2026, 5, 8};
  event.begins = RaceTime(Duration(kGunMicros)) - std::chrono::hours(8);
  model::Race race;
  race.id = "m";
  race.rules = model::RuleSet::WaRoad;
  for (std::size_t p = 0; p <= points; ++p) {
    model::Point point;
    point.id = "p" + std::to_string(p);
    point.distance = base::Distance::metres(static_cast<std::int64_t>(p) * 42195 /
                                            static_cast<std::int64_t>(points));
    point.mat = "mat" + std::to_string(p);
    point.fastest = Duration(point.distance.in_millimetres() * 137);
    race.points.push_back(std::move(point));
  }
  race.waves = {{"A", RaceTime(Duration(kGunMicros))}};
  for (int d = 0; d < 20; ++d) {
    model::Division division;
    division.id = "D" + std::to_string(d);
    division.sex = d % 2 == 0 ? model::Sex::Female : model::Sex::Male;
    division.age_min = d / 2 * 8;
    division.age_max = d / 2 * 8 + 7;
    division.primary = true;
    race.divisions.push_back(std::move(division));
  }
  event.races.push_back(std::move(race));
  return event;
}

/// `reads_each` reads a runner: one a point and the rest as further reads of the same visits.
Load make_load(std::size_t runners, std::size_t points, std::size_t reads_each) {
  Load load;
  load.runners = runners;
  load.points = points;
  std::uint64_t seq = 0;
  const auto add = [&](model::FactBody body) {
    load.facts.push_back({model::FactSeq(++seq), std::move(body)});
  };
  add(model::EventFact{event_of(points)});
  for (std::size_t p = 0; p <= points; ++p) {
    model::StreamFact stream;
    stream.id = model::StreamId(static_cast<std::uint32_t>(p + 1));
    stream.stream.device = "BOX" + std::to_string(p);
    stream.stream.epoch = "1";
    stream.stream.mat = "mat" + std::to_string(p);
    add(std::move(stream));
  }
  for (std::size_t i = 0; i < runners; ++i) {
    model::EntrantFact entry;
    entry.entrant.race = "m";
    entry.entrant.bib = *model::BibNumber::parse(std::to_string(i + 1));
    entry.entrant.chips = {*model::TagCode::parse("E28011" + std::to_string(i + 1))};
    entry.entrant.sex = i % 2 == 0 ? model::Sex::Female : model::Sex::Male;
    entry.entrant.age = static_cast<int>(scramble(i) % 80);
    add(std::move(entry));
  }
  for (std::size_t i = 0; i < runners; ++i) {
    const auto pace = static_cast<std::int64_t>(180'000 + scramble(i * 7 + 1) % 240'000);  // us/m
    const auto start = static_cast<std::int64_t>(scramble(i * 13 + 5) % 1'200'000'000);
    for (std::size_t k = 0; k < reads_each; ++k) {
      const std::size_t p = k % (points + 1);
      const std::int64_t metres =
          static_cast<std::int64_t>(p) * 42195 / static_cast<std::int64_t>(points);
      model::Read read;
      read.stream = model::StreamId(static_cast<std::uint32_t>(p + 1));
      read.device_seq = i * reads_each + k + 1;
      read.tag = *model::TagCode::parse("E28011" + std::to_string(i + 1));
      const auto again = static_cast<std::int64_t>(k / (points + 1)) * 300'000;
      const std::int64_t jitter = static_cast<std::int64_t>(scramble(i * 31 + p) % 1000);
      read.time = base::ReaderTime(Duration(kGunMicros + start + metres * pace + again + jitter));
      load.reads.push_back(read);
      if (k > points || p == 0) continue;
      load.times.push_back({start + metres * pace + jitter, static_cast<std::int64_t>(i % 2),
                            static_cast<std::int64_t>(scramble(i) % 80 / 8)});
    }
  }
  // Reads reach a log by time, not by runner.
  std::sort(load.reads.begin(), load.reads.end(),
            [](const model::Read& a, const model::Read& b) { return a.time < b.time; });
  return load;
}

/// Writes the times where `HS_BENCH_TIMES` says: for a rival outside this process (rivals/).
void write_times(const Load& load) {
  const char* file = std::getenv("HS_BENCH_TIMES");
  if (file == nullptr) return;
  std::FILE* out = std::fopen(file, "w");
  HS_CHECK(out != nullptr, "HS_BENCH_TIMES cannot be written");
  std::fputs("runner,point,time,sex,division\n", out);
  for (std::size_t i = 0; i < load.times.size(); ++i) {
    std::fprintf(out, "%zu,%zu,%lld,%lld,%lld\n", i / load.points, i % load.points,
                 static_cast<long long>(load.times[i][0]), static_cast<long long>(load.times[i][1]),
                 static_cast<long long>(load.times[i][2]));
  }
  std::fclose(out);
}

const Load& city_marathon() {
  static const Load kLoad = [] {
    Load load = make_load(30'000, 10, 12);
    write_times(load);
    return load;
  }();
  return kLoad;
}

/// A scorer that has taken everything and settled nothing.
std::unique_ptr<scoring::Scorer> fed(const Load& load) {
  auto scorer = std::make_unique<scoring::Scorer>(scoring::Closing::Assume);
  for (const model::Fact& fact : load.facts) scorer->apply(fact);
  std::uint64_t seq = load.facts.size();
  for (const model::Read& read : load.reads) scorer->apply_read(model::FactSeq(++seq), read);
  return scorer;
}

double seconds_since(std::chrono::steady_clock::time_point from) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

/// Best times of this run, for the ratios.
double best_full = 1e9;

/// Every time, split and place of everybody, from reads that were only taken in.
void BM_FullScoring(benchmark::State& state) {
  const Load& load = city_marathon();
  for (auto _ : state) {
    auto scorer = fed(load);
    const auto from = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(scorer->results());
    const double took = seconds_since(from);
    state.SetIterationTime(took);
    best_full = std::min(best_full, took);
  }
  state.counters["best_ms"] = best_full * 1e3;
}
BENCHMARK(BM_FullScoring)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(20);

/// The same with a copy of every entry and the hash: what a file of results is written from.
void BM_OfficialResults(benchmark::State& state) {
  const Load& load = city_marathon();
  double best = 1e9;
  for (auto _ : state) {
    auto scorer = fed(load);
    const auto from = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(scorer->official());
    const double took = seconds_since(from);
    state.SetIterationTime(took);
    best = std::min(best, took);
  }
  state.counters["best_ms"] = best * 1e3;
}
BENCHMARK(BM_OfficialResults)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(20);

void BM_TakeReads(benchmark::State& state) {
  const Load& load = city_marathon();
  for (auto _ : state) benchmark::DoNotOptimize(fed(load));
}
BENCHMARK(BM_TakeReads)->Unit(benchmark::kMillisecond)->Iterations(3);

void BM_SettleAlone(benchmark::State& state) {
  const Load& load = city_marathon();
  double best = 1e9;
  for (auto _ : state) {
    auto scorer = fed(load);
    const auto from = std::chrono::steady_clock::now();
    scorer->settle();
    const double took = seconds_since(from);
    state.SetIterationTime(took);
    best = std::min(best, took);
  }
  state.counters["best_ms"] = best * 1e3;
}
BENCHMARK(BM_SettleAlone)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(20);

void BM_OneLateRead(benchmark::State& state) {
  const Load& load = city_marathon();
  auto scorer = fed(load);
  scorer->settle();
  std::uint64_t seq = load.facts.size() + load.reads.size();
  std::uint64_t turn = 0;
  double best = 1e9;
  for (auto _ : state) {
    // A runner's read at half way comes a minute early: their key moves in three orders.
    model::Read read = load.reads[scramble(++turn) % load.reads.size()];
    read.time -= std::chrono::seconds(61);
    const auto from = std::chrono::steady_clock::now();
    scorer->apply_read(model::FactSeq(++seq), read);
    scorer->settle();
    std::uint64_t sum = 0;
    for (std::uint32_t i = 0; i < 10; ++i) {
      sum += scorer->result(model::EntrantId(i * 2999)).places.overall->place;
    }
    const double took = seconds_since(from);
    state.SetIterationTime(took);
    best = std::min(best, took);
    benchmark::DoNotOptimize(sum);
  }
  state.counters["best_us"] = best * 1e6;
  state.counters["ratio_full"] = best_full / best;
}
BENCHMARK(BM_OneLateRead)->UseManualTime()->Unit(benchmark::kMicrosecond)->Iterations(500);

/// A ruling about one or two runners of the field, and all orders right again.
void BM_OneRuling(benchmark::State& state) {
  const auto kind = static_cast<model::RulingFact::Kind>(state.range(0));
  const Load& load = city_marathon();
  auto scorer = fed(load);
  scorer->settle();
  std::uint64_t seq = load.facts.size() + load.reads.size();
  std::uint64_t turn = 0;
  double best = 1e9;
  double worst = 0;
  const auto some_bib = [&] {
    const auto id = static_cast<std::uint32_t>(scramble(++turn) % load.runners);
    return scorer->entrant(model::EntrantId(id)).bib;
  };
  for (auto _ : state) {
    model::RulingFact ruling;
    ruling.kind = kind;
    ruling.race = "m";
    ruling.bib = some_bib();
    ruling.amount = std::chrono::seconds(60);
    ruling.with = {some_bib()};
    ruling.author = {"Referee", std::nullopt};
    const auto from = std::chrono::steady_clock::now();
    scorer->apply({model::FactSeq(++seq), ruling});
    scorer->settle();
    const double took = seconds_since(from);
    state.SetIterationTime(took);
    best = std::min(best, took);
    worst = std::max(worst, took);
  }
  state.SetLabel(model::name_of(kind));
  state.counters["best_us"] = best * 1e6;
  state.counters["worst_us"] = worst * 1e6;
}
BENCHMARK(BM_OneRuling)
    ->Arg(static_cast<int>(model::RulingFact::Kind::Disqualify))
    ->Arg(static_cast<int>(model::RulingFact::Kind::Penalty))
    ->Arg(static_cast<int>(model::RulingFact::Kind::DeadHeat))
    ->Arg(static_cast<int>(model::RulingFact::Kind::Assisted))
    ->Arg(static_cast<int>(model::RulingFact::Kind::Merge))
    ->Arg(static_cast<int>(model::RulingFact::Kind::SwapChips))
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond)
    ->Iterations(100);

/// The hash that a version keeps: what publishing costs besides writing one fact.
void BM_Publish(benchmark::State& state) {
  const Load& load = city_marathon();
  auto scorer = fed(load);
  scorer->settle();
  for (auto _ : state) {
    const model::EventResults results = scorer->official();
    benchmark::DoNotOptimize(scoring::race_hash(results, model::RaceId(0)));
  }
}
BENCHMARK(BM_Publish)->Unit(benchmark::kMillisecond)->Iterations(10);

void run_sql(sqlite3* db, const char* sql) {
  HS_CHECK(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(db));
}

/// The same places, overall, by sex and by division at every point, from ready-made times.
void BM_SqliteRankingAlone(benchmark::State& state) {
  const Load& load = city_marathon();
  sqlite3* db = nullptr;
  HS_CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK, "no SQLite");
  run_sql(db, "create table t(runner integer, point integer, time integer, sex, division)");
  run_sql(db, "begin");
  sqlite3_stmt* insert = nullptr;
  HS_CHECK(
      sqlite3_prepare_v2(db, "insert into t values(?,?,?,?,?)", -1, &insert, nullptr) == SQLITE_OK,
      "prepare");
  for (std::size_t i = 0; i < load.times.size(); ++i) {
    sqlite3_bind_int64(insert, 1, static_cast<std::int64_t>(i / load.points));
    sqlite3_bind_int64(insert, 2, static_cast<std::int64_t>(i % load.points));
    for (int c = 0; c < 3; ++c) {
      sqlite3_bind_int64(insert, 3 + c, load.times[i][static_cast<std::size_t>(c)]);
    }
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  run_sql(db, "commit");
  double best = 1e9;
  for (auto _ : state) {
    const auto from = std::chrono::steady_clock::now();
    run_sql(db,
            "select sum(a + b + c) from (select"
            " rank() over (partition by point order by time) a,"
            " rank() over (partition by point, sex order by time) b,"
            " rank() over (partition by point, sex, division order by time) c from t)");
    const double took = seconds_since(from);
    state.SetIterationTime(took);
    best = std::min(best, took);
  }
  sqlite3_close(db);
  state.counters["best_ms"] = best * 1e3;
  state.counters["ratio"] = best / best_full;
}
BENCHMARK(BM_SqliteRankingAlone)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(3);

/// What the process holds at this moment, in megabytes.
double resident_mb() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  HS_CHECK(file != nullptr, "no /proc/self/statm");
  long pages = 0;
  HS_CHECK(std::fscanf(file, "%*d %ld", &pages) == 1, "no pages in /proc/self/statm");
  std::fclose(file);
  return static_cast<double>(pages) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// Time and memory of the largest race of the design: all orders, any result at hand.
void BM_LargestRace(benchmark::State& state) {
  const Load load = make_load(60'000, 20, 33);
  malloc_trim(0);  // What making the load freed is not the scorer's to use again.
  const double before = resident_mb();
  double after = before;
  for (auto _ : state) {
    auto scorer = fed(load);
    scorer->settle();
    benchmark::DoNotOptimize(scorer->result(model::EntrantId(0)));
    after = resident_mb();
  }
  state.counters["reads"] = static_cast<double>(load.reads.size());
  state.counters["scorer_MB"] = after - before;
}
BENCHMARK(BM_LargestRace)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace hs
