#include "projection/trace.h"

#include <algorithm>
#include <cmath>

// Implementation notes: within a seen stretch the missing points divide its time by length times
// exp(profile + own deviation), the deviation interpolated between the middles of the stretches.

namespace hs::projection {
namespace {

constexpr std::size_t kMaxSeen = 64;
/// Nobody on foot or wheels covers a kilometre faster over a stretch between two mats.
constexpr double kLeastSecondsPerKm = 60;
constexpr double kSamePlaceKm = 0.02;
/// As a share of the course: over so little (half a kilometre of a marathon) what is filled in is
/// as good as seen.
constexpr double kNextTo = 0.012;

struct Seen {
  double km = 0;
  double seconds = 0;
  std::size_t index = 0;
};

struct Stretches {
  std::array<Seen, kMaxSeen + 1> ends;  ///< [0] is the start.
  std::array<double, kMaxSeen + 1> deviation{};
  std::size_t count = 0;  ///< Of stretches; `ends` has one more.
};

bool can_follow(const Seen& a, const Seen& b) {
  return b.seconds - a.seconds >= kLeastSecondsPerKm * (b.km - a.km) && b.km > a.km;
}

void keep_longest_sequence(Stretches& s) {
  bool is_fine = true;
  for (std::size_t i = 1; i <= s.count; ++i) is_fine &= can_follow(s.ends[i - 1], s.ends[i]);
  if (is_fine) return;
  std::array<std::size_t, kMaxSeen + 1> length{};
  std::array<std::size_t, kMaxSeen + 1> before{};
  std::size_t last = 0;
  for (std::size_t i = 1; i <= s.count; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool reaches = j == 0 || length[j] > 0;
      if (!reaches || !can_follow(s.ends[j], s.ends[i]) || length[j] + 1 < length[i]) continue;
      length[i] = length[j] + 1;
      before[i] = j;
    }
    if (length[i] > 0 && length[i] >= length[last]) last = i;
  }
  std::size_t kept = length[last];
  const std::size_t count = kept;
  std::array<Seen, kMaxSeen + 1> ends = s.ends;
  for (std::size_t i = last; i != 0; i = before[i]) s.ends[kept--] = ends[i];
  s.count = count;
}

/// The field's mean log pace between two places.
double mean_profile(const Grid& grid, double from_km, double to_km) {
  double sum = 0;
  double begin = 0;
  for (std::size_t i = 0; i < grid.km.size(); ++i) {
    const double overlap = std::min(to_km, grid.km[i]) - std::max(from_km, begin);
    if (overlap > 0) sum += overlap * grid.profile[i];
    begin = grid.km[i];
  }
  return sum / (to_km - from_km);
}

double deviation_at(const Stretches& s, double km) {
  const auto middle = [&](std::size_t i) { return (s.ends[i - 1].km + s.ends[i].km) / 2; };
  if (km <= middle(1)) return s.deviation[1];
  for (std::size_t i = 2; i <= s.count; ++i) {
    if (km > middle(i)) continue;
    const double part = (km - middle(i - 1)) / (middle(i) - middle(i - 1));
    return s.deviation[i - 1] + part * (s.deviation[i] - s.deviation[i - 1]);
  }
  return s.deviation[s.count];
}

/// How long a piece takes against other pieces of the same stretch.
double share_of(const Grid& grid, const Stretches& s, double from_km, double to_km) {
  if (to_km - from_km <= 0) return 0;
  return (to_km - from_km) *
         std::exp(mean_profile(grid, from_km, to_km) + deviation_at(s, (from_km + to_km) / 2));
}

std::uint32_t seen_points(const Grid& grid, const Stretches& s) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < grid.km.size(); ++i) {
    for (std::size_t k = 1; k <= s.count; ++k) {
      if (std::abs(s.ends[k].km - grid.km[i]) <= kNextTo * grid.km.back()) out |= 1U << i;
    }
  }
  return out;
}

void fill(const Grid& grid, const Stretches& s, Trace& trace) {
  std::size_t stretch = 1;
  double km = 0;
  double done = 0;
  double whole = 0;  // Worked out when the first missing point of a stretch is met.
  for (std::size_t i = 0; i <= trace.from; ++i) {
    while (stretch <= s.count && s.ends[stretch].km + kSamePlaceKm < grid.km[i]) ++stretch;
    if (stretch > s.count) {  // A little beyond the last seen point.
      const double ahead = grid.km[i] - trace.last_km;
      trace.seconds[i + 1] =
          trace.last_seconds +
          std::exp(s.deviation[s.count] + mean_profile(grid, trace.last_km, grid.km[i])) * ahead;
      continue;
    }
    const Seen& begin = s.ends[stretch - 1];
    const Seen& end = s.ends[stretch];
    if (std::abs(end.km - grid.km[i]) <= kSamePlaceKm) {
      trace.seconds[i + 1] = end.seconds;
      continue;
    }
    if (km < begin.km || whole == 0 || done == 0) {
      whole = 0;
      km = begin.km;
      done = 0;
      double at = begin.km;
      for (std::size_t k = i; k < grid.km.size() && grid.km[k] < end.km; ++k) {
        whole += share_of(grid, s, at, grid.km[k]);
        at = grid.km[k];
      }
      whole += share_of(grid, s, at, end.km);
    }
    done += share_of(grid, s, km, grid.km[i]);
    km = grid.km[i];
    trace.seconds[i + 1] = begin.seconds + (end.seconds - begin.seconds) * done / whole;
  }
}

}  // namespace

std::vector<double> kilometres(const Course& course) {
  std::vector<double> km;
  for (const base::Distance point : course.points) {
    km.push_back(static_cast<double>(point.in_millimetres()) / 1e6);
  }
  return km;
}

std::optional<Trace> trace_of(const Grid& grid, std::span<const double> km, const Runner& runner,
                              std::size_t at, std::uint64_t skip) {
  Stretches s;
  s.ends[0] = Seen{};
  for (std::size_t i = 0; i <= at && i < km.size() && i < runner.times.size(); ++i) {
    if (!runner.times[i] || km[i] <= 0 || km[i] >= grid.km.back() || s.count == kMaxSeen) continue;
    if (i < 64 && (skip >> i & 1) != 0) continue;
    s.ends[++s.count] = {km[i], std::chrono::duration<double>(*runner.times[i]).count(), i};
  }
  keep_longest_sequence(s);
  if (s.count == 0) return std::nullopt;
  for (std::size_t i = 1; i <= s.count; ++i) {
    const Seen& a = s.ends[i - 1];
    const Seen& b = s.ends[i];
    s.deviation[i] =
        std::log((b.seconds - a.seconds) / (b.km - a.km)) - mean_profile(grid, a.km, b.km);
  }
  Trace trace;
  trace.last_km = s.ends[s.count].km;
  trace.last_seconds = s.ends[s.count].seconds;
  trace.since = s.ends[s.count].index;
  for (std::size_t i = 0; i + 1 < grid.km.size(); ++i) {
    // Halfway the later point serves: up to the earlier one the latest pace would not count.
    const double off = std::abs(grid.km[i] - trace.last_km);
    if (off <= std::abs(grid.km[trace.from] - trace.last_km) + 1e-6) trace.from = i;
  }
  trace.seen = seen_points(grid, s);
  fill(grid, s, trace);
  if (runner.sex && *runner.sex != model::Sex::X) {
    trace.is_female = *runner.sex == model::Sex::Female ? 1 : 0;
  }
  if (runner.age) trace.age = std::clamp(*runner.age, 15, 90);
  return trace;
}

}  // namespace hs::projection
