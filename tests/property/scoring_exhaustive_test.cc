#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "support/race_script.h"

// Small scope, all cases: one to three runners, three points, up to four reads on a small grid of
// times, on distinct mats and with start = finish mat, against a naive scorer written from the
// sentences of the design and from nothing else.

namespace hs::property {
namespace {

constexpr int kNone = -1;
constexpr int kWindow = 40;                           // Minutes to start in.
constexpr std::array<int, 3> kFastest = {0, 10, 20};  // Minutes since the start.
constexpr std::array<int, 3> kMetres = {0, 5000, 10000};

struct Visit {
  int minute = 0;
  int mat = 0;
  bool operator==(const Visit&) const = default;
};
using Mats = std::array<int, 3>;   ///< Mat of start, middle and finish.
using Times = std::array<int, 3>;  ///< Minute at each point, kNone where missed.

// --- the naive scorer ---------------------------------------------------------------------------
// Each visit is given to a point or to none, in every possible way; then the sentences of step 5
// are asked one after the other. The gun is at minute 0 and stands in for a start not heard.

bool feasible(const Times& t) {
  if (t[0] != kNone && (t[0] < 0 || t[0] > kWindow)) return false;
  int before = 0;
  int at = t[0] == kNone ? 0 : t[0];
  for (int p = 1; p <= 2; ++p) {
    const auto i = static_cast<std::size_t>(p);
    if (t[i] == kNone) continue;
    const int least = kFastest[i] - kFastest[static_cast<std::size_t>(before)];
    if (t[i] <= at || t[i] - at < least) return false;
    before = p;
    at = t[i];
  }
  return true;
}

int explained(const Times& t) { return (t[1] != kNone) + (t[2] != kNone); }

bool same_empty(const Times& a, const Times& b) {
  return (a[1] == kNone) == (b[1] == kNone) && (a[2] == kNone) == (b[2] == kNone);
}

/// Slowest step over fastest, in time per metre. Grid values make rounding harmless.
double unevenness(const Times& t) {
  double slowest = 0;
  double fastest = 1e9;
  std::size_t before = 0;
  double at = t[0] == kNone ? 0 : t[0];
  for (std::size_t p = 1; p <= 2; ++p) {
    if (t[p] == kNone) continue;
    const double pace = (t[p] - at) / (kMetres[p] - kMetres[before]);
    slowest = std::max(slowest, pace);
    fastest = std::min(fastest, pace);
    before = p;
    at = t[p];
  }
  return slowest / fastest;
}

/// The earliest of every later point in course order, then the latest start.
auto lateness(const Times& t) {
  const auto late = [](int minute) { return minute == kNone ? 1'000'000 : minute; };
  return std::tuple(late(t[1]), late(t[2]), -t[0]);
}

Times naive(const std::vector<Visit>& visits, const Mats& mats) {
  std::vector<Times> best;
  const auto rank = [](const Times& t) { return std::pair(-explained(t), t[0] == kNone); };
  const std::function<void(std::size_t, Times)> give = [&](std::size_t v, Times t) {
    if (v < visits.size()) {
      give(v + 1, t);
      for (std::size_t p = 0; p < 3; ++p) {
        if (t[p] != kNone || mats[p] != visits[v].mat) continue;
        Times with = t;
        with[p] = visits[v].minute;
        give(v + 1, with);
      }
      return;
    }
    if (!feasible(t)) return;
    if (!best.empty() && rank(t) < rank(best[0])) best.clear();
    if (best.empty() || rank(t) == rank(best[0])) best.push_back(t);
  };
  give(0, {kNone, kNone, kNone});
  // The best of each set of empty points, then the most even of these.
  Times out = best[0];
  for (const Times& t : best) {
    if (same_empty(t, out) && lateness(t) < lateness(out)) out = t;
  }
  const Times first = out;
  std::vector<Times> kinds = {first};
  for (const Times& t : best) {
    bool known = false;
    for (Times& kind : kinds) {
      if (!same_empty(kind, t)) continue;
      known = true;
      if (lateness(t) < lateness(kind)) kind = t;
    }
    if (!known) kinds.push_back(t);
  }
  for (const Times& t : kinds) {
    const double a = unevenness(t);
    const double b = unevenness(out);
    if (a < b - 1e-9 || (a < b + 1e-9 && lateness(t) < lateness(out))) out = t;
  }
  return out;
}

// --- the real one -------------------------------------------------------------------------------

constexpr std::int64_t kGun = 1'778'227'200'000'000;

base::RaceTime minute(int m) { return base::RaceTime(base::Duration(kGun + m * 60'000'000LL)); }

std::vector<model::Fact> facts_of(const std::vector<std::vector<Visit>>& runners, const Mats& mats,
                                  std::size_t rotate) {
  std::vector<model::Fact> out;
  const auto add = [&](model::FactBody body) {
    out.push_back({model::FactSeq(out.size() + 1), std::move(body)});
  };
  model::Race race;
  race.id = "r";
  race.start_window = std::chrono::minutes(kWindow);
  for (std::size_t p = 0; p < 3; ++p) {
    model::Point point;
    point.id = std::to_string(p);
    point.distance = base::Distance::metres(kMetres[p]);
    point.mat = "m" + std::to_string(mats[p]);
    point.fastest = std::chrono::minutes(kFastest[p]);
    race.points.push_back(point);
  }
  race.waves = {{"A", minute(0)}};
  model::Event event;
  event.begins = minute(-600);
  event.races = {race};
  add(model::EventFact{event});
  for (int m = 0; m < 3; ++m) {
    model::StreamFact stream;
    stream.id = model::StreamId(static_cast<std::uint32_t>(m + 1));
    stream.stream.device = std::to_string(m);
    stream.stream.mat = "m" + std::to_string(m);
    add(stream);
  }
  std::vector<model::Read> reads;
  for (std::size_t i = 0; i < runners.size(); ++i) {
    model::EntrantFact entry;
    entry.entrant.race = "r";
    entry.entrant.bib = *model::BibNumber::parse(std::to_string(i + 1));
    entry.entrant.chips = {*model::TagCode::parse("C" + std::to_string(i + 1))};
    add(entry);
    for (const Visit& visit : runners[i]) {
      model::Read read;
      read.stream = model::StreamId(static_cast<std::uint32_t>(visit.mat + 1));
      read.line = static_cast<std::uint32_t>(reads.size() + 1);
      read.tag = entry.entrant.chips[0];
      read.time = base::ReaderTime(minute(visit.minute).time_since_epoch());
      reads.push_back(read);
    }
  }
  for (std::size_t i = 0; i < reads.size(); ++i) {
    add(model::ReadFact{reads[(i + rotate) % reads.size()]});
  }
  return out;
}

Times times_of(const model::RunnerResult& runner) {
  Times out = {kNone, kNone, kNone};
  for (std::size_t p = 0; p < 3; ++p) {
    const auto& passing = runner.splits[p].passing;
    if (passing) out[p] = static_cast<int>((passing->at - minute(0)).count() / 60'000'000);
  }
  return out;
}

std::string show(const Times& t) {
  return std::to_string(t[0]) + " " + std::to_string(t[1]) + " " + std::to_string(t[2]);
}

/// All sets of at most four visits out of the grid.
std::vector<std::vector<Visit>> all_choices(int mat_count) {
  std::vector<Visit> grid;
  for (const int m : {-5, 2, 12, 14, 27, 45, 70}) {
    for (int mat = 0; mat < mat_count; ++mat) grid.push_back({m, mat});
  }
  std::vector<std::vector<Visit>> out;
  const std::function<void(std::size_t, const std::vector<Visit>&)> choose =
      [&](std::size_t from, const std::vector<Visit>& chosen) {
        out.push_back(chosen);
        if (chosen.size() == 4) return;
        for (std::size_t i = from; i < grid.size(); ++i) {
          auto more = chosen;
          more.push_back(grid[i]);
          choose(i + 1, more);
        }
      };
  choose(0, {});
  return out;
}

void compare_all(const Mats& mats, int mat_count) {
  const auto choices = all_choices(mat_count);
  // Three runners an event: every choice once, in the company of the next two.
  for (std::size_t c = 0; c < choices.size(); c += 3) {
    std::vector<std::vector<Visit>> runners;
    for (std::size_t i = c; i < std::min(c + 3, choices.size()); ++i) runners.push_back(choices[i]);
    scoring::Scorer scorer(scoring::Closing::Assume);
    for (const model::Fact& fact : facts_of(runners, mats, c % 5)) scorer.apply(fact);
    const model::EventResults all = scorer.official();
    for (std::size_t i = 0; i < runners.size(); ++i) {
      const Times expected = naive(runners[i], mats);
      std::string visits;
      for (const Visit& v : runners[i]) {
        visits += std::to_string(v.minute) + "@" + std::to_string(v.mat) + " ";
      }
      ASSERT_EQ(show(times_of(all.runners[i])), show(expected)) << visits;
      // Places: one more than those who needed less.
      if (expected[2] == kNone) continue;
      std::uint32_t place = 1;
      for (const auto& other : runners) {
        const Times t = naive(other, mats);
        if (t[2] != kNone && t[2] < expected[2]) ++place;
      }
      ASSERT_TRUE(all.runners[i].places.overall.has_value()) << visits;
      ASSERT_EQ(all.runners[i].places.overall->place, place) << visits;
    }
  }
}

TEST(ScoringExhaustive, DistinctMats) { compare_all({0, 1, 2}, 3); }

TEST(ScoringExhaustive, StartAndFinishOnOneMat) { compare_all({0, 1, 0}, 2); }

TEST(ScoringExhaustive, EveryPointOnOneMat) { compare_all({0, 0, 0}, 1); }

}  // namespace
}  // namespace hs::property
