#include "projection/nearest.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "projection/projector.h"
#include "projection/robust_fit.h"

namespace hs::projection {
namespace {

constexpr std::size_t kLeastRows = 30;
constexpr std::size_t kLookedAt = 400;
constexpr std::size_t kNearest = 160;

/// A past runner next to the one to project.
struct Neighbour {
  double distance = 0;
  double time = 0;    ///< Log of the time here over the runner's.
  double change = 0;  ///< Log share since the middle, less the runner's.
  double log_rest = 0;
};

/// The weighted line through the neighbours: the log of the rest for this very runner, and the
/// slopes. Three unknowns; a ridge keeps the slopes near what a trail usually gives.
std::array<double, 3> local_line(std::span<const Neighbour> near, double reach) {
  constexpr double kUsualSlope = 1.0;  // Who is a tenth slower here is a tenth slower to come.
  double n = 0;
  std::array<double, 2> mean{};
  double mean_y = 0;
  const auto weight = [&](const Neighbour& one) {
    const double u = one.distance / reach;
    const double w = 1 - u * u * u;
    return w * w * w;
  };
  for (const Neighbour& one : near) {
    const double w = weight(one);
    n += w;
    mean[0] += w * one.time;
    mean[1] += w * one.change;
    mean_y += w * (one.log_rest - kUsualSlope * one.time);
  }
  mean[0] /= n;
  mean[1] /= n;
  mean_y /= n;
  double xx = 2e-3;  // The ridge: about two runners at a tenth.
  double cc = 2e-2;
  double xc = 0;
  double xy = 0;
  double cy = 0;
  for (const Neighbour& one : near) {
    const double w = weight(one);
    const double x = one.time - mean[0];
    const double c = one.change - mean[1];
    const double y = one.log_rest - kUsualSlope * one.time - mean_y;
    xx += w * x * x;
    cc += w * c * c;
    xc += w * x * c;
    xy += w * x * y;
    cy += w * c * y;
  }
  const double whole = xx * cc - xc * xc;
  const double slope_time = (xy * cc - cy * xc) / whole;
  const double slope_change = (cy * xx - xy * xc) / whole;
  return {mean_y - slope_time * mean[0] - slope_change * mean[1], slope_time + kUsualSlope,
          slope_change};
}

/// The point seen nearest to half of the time at point `p` divides it: the share since then tells
/// who is slowing.
std::optional<std::size_t> halfway_point(std::span<const std::optional<base::Duration>> times,
                                         std::size_t p) {
  std::optional<std::size_t> middle;
  const auto off = [&](std::size_t i) { return std::abs((*times[i] * 2 - *times[p]).count()); };
  for (std::size_t m = 0; m < p; ++m) {
    if (!times[m] || *times[m] <= base::Duration(0) || *times[m] >= *times[p]) continue;
    if (!middle || off(m) < off(*middle)) middle = m;
  }
  return middle;
}

/// Seconds at the shares: the line's rest with the neighbours' misses around it. Sorts `misses`.
std::array<double, model::kProjectionShares.size()> distribution(double here, double log_rest,
                                                                 std::span<double> misses) {
  const std::size_t kept = misses.size();
  std::sort(misses.begin(), misses.end());
  // The line was laid through these very misses: a new runner's are a little larger.
  const double wider = std::sqrt((static_cast<double>(kept) + 3) / (static_cast<double>(kept) - 3));
  std::array<double, model::kProjectionShares.size()> seconds;
  for (std::size_t i = 0; i < seconds.size(); ++i) {
    const double position = model::kProjectionShares[i] * static_cast<double>(kept - 1);
    const auto low = static_cast<std::size_t>(position);
    const double next = misses[std::min(low + 1, kept - 1)];
    const double miss = misses[low] + (position - static_cast<double>(low)) * (next - misses[low]);
    seconds[i] = here + std::exp(std::clamp(log_rest + wider * miss, 0.0, 16.0));
  }
  return seconds;
}

}  // namespace

NearestRunners::NearestRunners(std::span<const Runner> past) {
  points_ = past.empty() ? 0 : past.front().times.size();
  for (const Runner& runner : past) {
    HS_CHECK(runner.times.size() == points_, "past runners of different courses");
    double before = 0;
    for (const auto& time : runner.times) {
      const double seconds = time ? std::chrono::duration<double>(*time).count() : 0;
      // A time that runs backwards is a mistake at one of the two: the later is not used.
      times_.push_back(seconds > before ? seconds : 0);
      before = std::max(before, times_.back());
    }
  }
  for (std::size_t p = 0; p + 1 < points_; ++p) {
    AtPoint at;
    std::vector<double> next;
    std::vector<double> logs;
    for (std::uint32_t r = 0; r < past.size(); ++r) {
      const double here = seconds_of(r, p);
      const double finish = seconds_of(r, points_ - 1);
      if (here <= 0 || finish <= here) continue;
      at.rows.push_back({std::log(here), std::log(finish - here), here, r});
      logs.push_back(at.rows.back().log_time);
      const double then = seconds_of(r, p + 1);
      if (then > here) next.push_back((then - here) / (finish - here));
    }
    std::stable_sort(at.rows.begin(), at.rows.end(),
                     [](const Row& a, const Row& b) { return a.log_time < b.log_time; });
    if (!next.empty()) at.next_share = std::min(1.0, quantile_of(next, 0.5));
    if (logs.size() > 1) {
      at.log_time_sd = (quantile_of(logs, 0.84) - quantile_of(logs, 0.16)) / 2 + 1e-3;
    }
    at_.push_back(std::move(at));
  }
}

std::optional<model::Projection> NearestRunners::project(const Known& known) const {
  HS_CHECK(known.runner != nullptr, "a projection of nobody");
  const auto& times = known.runner->times;
  if (times.size() != points_ || points_ < 2) return std::nullopt;
  if (known.at + 1 >= points_ && times.back()) return std::nullopt;
  std::size_t p = std::min(known.at, points_ - 2);
  while (p > 0 && (!times[p] || at_[p].rows.size() < kLeastRows)) --p;
  if (!times[p] || at_[p].rows.size() < kLeastRows || *times[p] <= base::Duration(0)) {
    return std::nullopt;
  }
  const AtPoint& at = at_[p];
  const double here = std::chrono::duration<double>(*times[p]).count();
  const std::size_t middle = halfway_point(times, p).value_or(points_);
  const double log_here = std::log(here);
  const double own_change =
      middle < points_ ? std::log(1 - std::chrono::duration<double>(*times[middle]).count() / here)
                       : 0;
  const auto& rows = at.rows;
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), log_here,
                       [](const Row& row, double value) { return row.log_time < value; });
  const auto centre = static_cast<std::size_t>(found - rows.begin());
  const std::size_t begin = centre > kLookedAt / 2 ? centre - kLookedAt / 2 : 0;
  const std::size_t end = std::min(rows.size(), begin + kLookedAt);
  std::array<Neighbour, kLookedAt> near;
  std::size_t count = 0;
  for (std::size_t i = begin; i < end; ++i) {
    Neighbour one;
    one.time = rows[i].log_time - log_here;
    one.log_rest = rows[i].log_rest;
    if (middle < points_) {
      const double then = seconds_of(rows[i].runner, middle);
      if (then <= 0) continue;
      one.change = std::log(1 - then / rows[i].seconds) - own_change;
    }
    one.distance = std::hypot(one.time / at.log_time_sd, one.change / 0.08);
    near[count++] = one;
  }
  if (count < kLeastRows) return std::nullopt;
  const std::size_t kept = std::min(count, kNearest);
  std::nth_element(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(kept - 1),
                   near.begin() + static_cast<std::ptrdiff_t>(count),
                   [](const Neighbour& a, const Neighbour& b) {
                     return a.distance != b.distance ? a.distance < b.distance
                                                     : a.log_rest < b.log_rest;
                   });
  const std::span<const Neighbour> nearest(near.data(), kept);
  const auto line = local_line(nearest, near[kept - 1].distance * 1.001 + 1e-9);
  std::array<double, kNearest> misses;
  for (std::size_t i = 0; i < kept; ++i) {
    misses[i] = near[i].log_rest - line[0] - line[1] * near[i].time - line[2] * near[i].change;
  }
  const auto seconds = distribution(here, line[0], std::span(misses).first(kept));
  auto out = conclude(seconds, here, at.next_share, known);
  out.since = p;
  out.since_time = *times[p];
  out.source = model::ProjectionSource::Nearest;
  return out;
}

}  // namespace hs::projection
