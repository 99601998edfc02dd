#include "projection/day.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace hs::projection {
namespace {

constexpr std::size_t kLeastRunners = 15;
/// The variance of the shift from day to day, in squared spreads (see course_model.cc).
constexpr double kDayVariance = 0.15;
/// No weather moves the median runner by this many usual misses between two mats,
constexpr double kLie = 2.5;
/// and no course by this many times what courses differ by: those that are known stay below three.
constexpr double kSteepest = 4;
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
/// Nearer mats tell nothing of how somebody goes.
constexpr double kLeastApartKm = 0.3;
constexpr double kSamePointKm = 0.1;

base::RaceTime later(base::RaceTime start, double seconds) {
  return start + base::Duration(std::llround(seconds * 1e6));
}

/// Where a later point of the course lies among those of the model: between two of them, or on one
/// where both are the same.
struct Place {
  std::size_t below = 0;
  std::size_t above = 0;
  double part = 0;  ///< Of the way from below to above.
};

Place place_of(const Grid& grid, std::size_t from, double km) {
  std::size_t above = from + 1;
  while (above < grid.finish() && grid.km[above] < km) ++above;
  // Before the first later point there is nothing to go between.
  const std::size_t below = above == from + 1 ? above : above - 1;
  if (below == above) return {above, above, 0};
  const double part = (km - grid.km[below]) / (grid.km[above] - grid.km[below]);
  return {below, above, std::clamp(part, 0.0, 1.0)};
}

bool lies_on_point(const Grid& grid, const Place& place, double km) {
  return std::min(std::abs(grid.km[place.below] - km), std::abs(grid.km[place.above] - km)) <=
         kSamePointKm;
}

double between(double a, double b, double part) { return a + part * (b - a); }

Outlook look(const CourseModel& model, const Trace& trace, std::size_t to) {
  const LegModel& leg = to == model.grid.finish() ? model.to_finish(trace)
                                                  : model.between[trace.from][to - trace.from - 1];
  return leg.look(model.grid, trace);
}

/// What was to be expected at `km`.
Outlook look(const CourseModel& model, const Trace& trace, const Place& place, double km) {
  Outlook out = look(model, trace, place.above);
  out.at_last_pace *= (km - trace.last_km) / (model.grid.km[place.above] - trace.last_km);
  if (place.part == 1 || place.below == place.above) return out;
  const Outlook below = look(model, trace, place.below);
  out.ratio = between(below.ratio, out.ratio, place.part);
  out.spread = between(below.spread, out.spread, place.part);
  for (std::size_t i = 0; i < kShares; ++i) {
    out.shares[i] = between(below.shares[i], out.shares[i], place.part);
  }
  return out;
}

Carry carry_of(const CourseModel& model, std::size_t from, const Place& place) {
  const auto& carries = model.carry[from];
  const Carry& below = carries[place.below - from - 1];
  Carry out = carries[place.above - from - 1];
  out.slope = between(below.slope, out.slope, place.part);
  out.unknown = between(below.unknown, out.unknown, place.part);
  for (std::size_t i = 0; i < out.usual.size(); ++i) {
    out.usual[i] = between(below.usual[i], out.usual[i], place.part);
  }
  return out;
}

/// The spread for somebody who runs evenly.
double usual_spread(const CourseModel& model, std::size_t from, const Place& place) {
  constexpr double kSecondsPerKm = 330;
  Trace even;
  even.from = from;
  even.seen = ~0U;
  for (std::size_t i = 0; i <= from; ++i) even.seconds[i + 1] = kSecondsPerKm * model.grid.km[i];
  even.last_km = model.grid.km[from];
  even.last_seconds = even.seconds[from + 1];
  return look(model, even, place, model.grid.km[place.above]).spread;
}

/// The point of the grid that somebody seen at a point of the course is projected from: the
/// nearest, the later one halfway, as `trace_of` has it.
std::size_t nearest_point(const Grid& grid, double km) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < grid.finish(); ++i) {
    if (std::abs(grid.km[i] - km) <= std::abs(grid.km[out] - km) + 1e-6) out = i;
  }
  return out;
}

}  // namespace

Day Day::learn(const CourseModel& model, const Course& course, std::span<const Runner> runners,
               std::span<const base::RaceTime> starts) {
  HS_CHECK(runners.size() == starts.size(), "a start for each runner");
  Day day;
  day.knows_course_ = model.difference == 0;
  const Grid& grid = model.grid;
  const std::vector<double> km = kilometres(course);
  for (std::size_t at = 0; at < course.finish(); ++at) {
    const std::size_t from = nearest_point(grid, km[at]);
    std::vector<Place> places;
    for (std::size_t to = at + 1; to < km.size(); ++to) {
      // The finish is the model's, however the course was measured.
      places.push_back(place_of(grid, from, to == course.finish() ? grid.km.back() : km[to]));
    }
    // On a strange course what lies between the model's points would be a guess on a guess.
    const auto is_usable = [&](const Place& place, std::size_t to) {
      return day.knows_course_ || to == course.finish() || lies_on_point(grid, place, km[to]);
    };
    std::vector<std::vector<Entry>> entries(places.size());
    for (std::size_t r = 0; r < runners.size(); ++r) {
      const auto& times = runners[r].times;
      if (!times[at]) continue;
      const auto trace = trace_of(grid, km, runners[r], at);
      if (!trace || trace->since != at || trace->from != from) continue;
      for (std::size_t i = 0; i < places.size(); ++i) {
        const std::size_t to = at + 1 + i;
        if (!times[to] || *times[to] <= *times[at] || !is_usable(places[i], to)) continue;
        const double where = to == course.finish() ? grid.km.back() : km[to];
        if (where - trace->last_km < kLeastApartKm) continue;
        const Outlook outlook = look(model, *trace, places[i], where);
        const base::RaceTime due = later(starts[r], outlook.seconds(kDueShare));
        const base::RaceTime seen = starts[r] + *times[to];
        const double miss = outlook.miss(std::chrono::duration<double>(*times[to]).count());
        entries[i].push_back({std::max(due, seen) + kDelay, miss});
      }
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
      auto states = states_of(std::move(entries[i]));
      if (states.empty()) continue;
      const double lie = kLie + kSteepest * model.difference / usual_spread(model, from, places[i]);
      day.pairs_.push_back(
          {at, at + 1 + i, carry_of(model, from, places[i]), lie, std::move(states)});
    }
  }
  return day;
}

std::vector<Day::State> Day::states_of(std::vector<Entry> entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.since < b.since; });
  std::vector<State> out;
  std::vector<double> misses;
  std::size_t next = kLeastRunners;
  for (const Entry& entry : entries) {
    misses.push_back(entry.miss);
    if (misses.size() < next) continue;
    // A state each tenth more: the median of hundreds does not change by one.
    next = misses.size() + std::max<std::size_t>(1, std::min(misses.size() / 10, kRecent / 10));
    const std::size_t recent = std::min(misses.size(), kRecent);
    std::vector<double> sorted(misses.end() - static_cast<std::ptrdiff_t>(recent), misses.end());
    out.push_back({entry.since,
                   misses.size(),
                   {quantile_of(sorted, 0.1), quantile_of(sorted, 0.5), quantile_of(sorted, 0.9)}});
  }
  return out;
}

const Day::State* Day::state_at(const Pair& pair, base::RaceTime instant) {
  const auto after =
      std::upper_bound(pair.states.begin(), pair.states.end(), instant,
                       [](base::RaceTime at, const State& state) { return at < state.since; });
  return after == pair.states.begin() ? nullptr : &*(after - 1);
}

bool Day::is_distrusted(std::size_t point, base::RaceTime instant) const {
  // Only what leads from one mat to the next is asked: farther back the spread is wide and hides
  // a lie. A lie at the mat before shows at that mat already.
  for (const Pair& pair : pairs_) {
    if (pair.to != point || pair.from + 1 != pair.to) continue;
    const State* state = state_at(pair, instant);
    if (state != nullptr && std::abs(state->misses[1] - pair.carry.usual[1]) > pair.lie)
      return true;
  }
  return false;
}

Correction Day::at(std::size_t from, base::RaceTime instant) const {
  Correction out;
  const Pair* best = nullptr;
  const State* best_state = nullptr;
  double best_variance = kDayVariance;
  for (std::size_t i = 0; i <= from && i < 64; ++i) {
    if (is_distrusted(i, instant)) out.distrusted |= std::uint64_t{1} << i;
  }
  const auto noise = [](const Pair& pair, const State& state) {
    const double spread = (pair.carry.usual[2] - pair.carry.usual[0]) / 2.56;
    return 1.6 * spread * spread / static_cast<double>(state.count);
  };
  for (const Pair& pair : pairs_) {
    if (pair.from != from) continue;
    const State* state = state_at(pair, instant);
    if (state == nullptr || std::abs(state->misses[1] - pair.carry.usual[1]) > pair.lie) continue;
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
  // What a strange course did up to a later mat says less of what it does behind it.
  const double narrowing = knows_course_ ? kNarrowingBelief : 0;
  const auto stretch = [&](double today, double before) {
    if (!(today > 0) || !(before > 0)) return 1.0;
    const double ratio = today / before;
    const double exponent = ratio < 1 ? belief * narrowing : belief;
    return std::clamp(std::pow(ratio, exponent), 1 / kMostStretch, kMostStretch);
  };
  out.lower = stretch(seen[1] - seen[0], usual[1] - usual[0]);
  out.upper = stretch(seen[2] - seen[1], usual[2] - usual[1]);
  return out;
}

}  // namespace hs::projection
