#include "projection/day.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace hs::projection {
namespace {

constexpr double kSamePointKm = 0.1;
constexpr std::size_t kLeastRunners = 15;
/// The variance of the shift from day to day, in squared spreads (see course_model.cc).
constexpr double kDayVariance = 0.15;
/// No weather moves the median runner by this many usual misses between two mats.
constexpr double kLie = 2.5;
/// Only so many of the latest are asked: it gets hotter over the day, and waves start by pace, so
/// the ones just ahead are also the most alike.
constexpr std::size_t kRecent = 1500;
constexpr double kRunnersForEnds = 150;
/// The slowest hundredth of the old days: who is later than that is not waited for.
constexpr std::size_t kDueShare = 15;
/// Who is still missing is slow, and the runners ahead are the steady ones: that the ends have come
/// nearer is believed by half.
constexpr double kNarrowingBelief = 0.5;
constexpr double kMostStretch = 1.8;

struct Entry {
  base::RaceTime since;
  double miss;
};

base::RaceTime later(base::RaceTime start, double seconds) {
  return start + base::Duration(std::llround(seconds * 1e6));
}

}  // namespace

Day Day::learn(const CourseModel& model, const Course& course, std::span<const Runner> runners,
               std::span<const base::RaceTime> starts) {
  HS_CHECK(runners.size() == starts.size(), "a start for each runner");
  Day day;
  const Grid& grid = model.grid;
  const std::vector<double> km = kilometres(course);
  for (const double where : grid.km) {
    std::size_t nearest = 0;
    for (std::size_t i = 0; i < km.size(); ++i) {
      if (std::abs(km[i] - where) < std::abs(km[nearest] - where)) nearest = i;
    }
    day.course_index_.push_back(std::abs(km[nearest] - where) <= kSamePointKm ? nearest
                                                                              : km.size());
  }
  for (std::size_t p = 0; p < grid.finish(); ++p) {
    const std::size_t at = day.course_index_[p];
    if (at == km.size()) continue;
    std::vector<std::vector<Entry>> entries(grid.finish() - p);
    for (std::size_t r = 0; r < runners.size(); ++r) {
      const auto& times = runners[r].times;
      if (!times[at]) continue;
      const auto trace = trace_of(grid, km, runners[r], at);
      if (!trace || trace->since != at) continue;
      for (std::size_t q = p + 1; q <= grid.finish(); ++q) {
        const std::size_t to = day.course_index_[q];
        if (to == km.size() || !times[to] || *times[to] <= *times[at]) continue;
        const LegModel& leg =
            q == grid.finish() ? model.to_finish(*trace) : model.between[p][q - p - 1];
        const Outlook outlook = leg.look(grid, *trace);
        const base::RaceTime due = later(starts[r], outlook.seconds(kDueShare));
        const base::RaceTime seen = starts[r] + *times[to];
        const double miss = outlook.miss(std::chrono::duration<double>(*times[to]).count());
        entries[q - p - 1].push_back({std::max(due, seen) + kDelay, miss});
      }
    }
    for (std::size_t q = p + 1; q <= grid.finish(); ++q) {
      auto& list = entries[q - p - 1];
      std::stable_sort(list.begin(), list.end(),
                       [](const Entry& a, const Entry& b) { return a.since < b.since; });
      Pair pair{p, q, model.carry[p][q - p - 1], {}};
      std::vector<double> misses;
      std::size_t next = kLeastRunners;
      for (const Entry& entry : list) {
        misses.push_back(entry.miss);
        if (misses.size() < next) continue;
        // A state each tenth more: the median of hundreds does not change by one.
        next = misses.size() + std::max<std::size_t>(1, std::min(misses.size() / 10, kRecent / 10));
        const std::size_t recent = std::min(misses.size(), kRecent);
        std::vector<double> sorted(misses.end() - static_cast<std::ptrdiff_t>(recent),
                                   misses.end());
        pair.states.push_back(
            {entry.since,
             misses.size(),
             {quantile_of(sorted, 0.1), quantile_of(sorted, 0.5), quantile_of(sorted, 0.9)}});
      }
      if (!pair.states.empty()) day.pairs_.push_back(std::move(pair));
    }
  }
  return day;
}

const Day::State* Day::state_at(const Pair& pair, base::RaceTime instant) {
  const auto after =
      std::upper_bound(pair.states.begin(), pair.states.end(), instant,
                       [](base::RaceTime at, const State& state) { return at < state.since; });
  return after == pair.states.begin() ? nullptr : &*(after - 1);
}

bool Day::is_distrusted(std::size_t grid_point, base::RaceTime instant) const {
  // Only what leads from one mat to the next is asked: farther back the spread is wide and hides
  // a lie. A lie at the mat before shows at that mat already.
  for (const Pair& pair : pairs_) {
    if (pair.to != grid_point || pair.from + 1 != pair.to) continue;
    const State* state = state_at(pair, instant);
    if (state != nullptr && std::abs(state->misses[1] - pair.carry.usual[1]) > kLie) return true;
  }
  return false;
}

Correction Day::at(std::size_t from, base::RaceTime instant) const {
  Correction out;
  const Pair* best = nullptr;
  const State* best_state = nullptr;
  double best_variance = kDayVariance;
  for (std::size_t i = 0; i <= from && i < course_index_.size(); ++i) {
    if (course_index_[i] < 64 && is_distrusted(i, instant)) {
      out.distrusted |= std::uint64_t{1} << course_index_[i];
    }
  }
  const auto noise = [](const Pair& pair, const State& state) {
    const double spread = (pair.carry.usual[2] - pair.carry.usual[0]) / 2.56;
    return 1.6 * spread * spread / static_cast<double>(state.count);
  };
  for (const Pair& pair : pairs_) {
    if (pair.from != from) continue;
    const State* state = state_at(pair, instant);
    if (state == nullptr || std::abs(state->misses[1] - pair.carry.usual[1]) > kLie) continue;
    const double variance =
        pair.carry.slope * pair.carry.slope * noise(pair, *state) + pair.carry.unknown;
    if (variance >= best_variance) continue;
    best = &pair;
    best_state = state;
    best_variance = variance;
  }
  if (best == nullptr) return out;
  const auto& usual = best->carry.usual;
  const auto& seen = best_state->misses;
  const double shrink = kDayVariance / (kDayVariance + noise(*best, *best_state));
  out.shift = best->carry.slope * (seen[1] - usual[1]) * shrink;
  const double count = static_cast<double>(best_state->count);
  const double belief =
      (1 - best->carry.unknown / kDayVariance) * count / (count + kRunnersForEnds);
  const auto stretch = [&](double today, double before) {
    if (!(today > 0) || !(before > 0)) return 1.0;
    const double ratio = today / before;
    const double exponent = ratio < 1 ? belief * kNarrowingBelief : belief;
    return std::clamp(std::pow(ratio, exponent), 1 / kMostStretch, kMostStretch);
  };
  out.lower = stretch(seen[1] - seen[0], usual[1] - usual[0]);
  out.upper = stretch(seen[2] - seen[1], usual[2] - usual[1]);
  return out;
}

}  // namespace hs::projection
