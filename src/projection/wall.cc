#include "projection/wall.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "projection/trace.h"

// Implementation notes: the projector already knows what slows people down - pace, evenness, age,
// sex, and the day. So the alarm asks it only two things: how much slower than the base the rest is
// likely to be, and how sure that is. More features of the runner were tried and told the years
// they were fitted to, not the year that was held out.

namespace hs::projection {
namespace {

constexpr double kBaseFromKm = 5;
constexpr double kBaseToKm = 20;
constexpr double kStretchKm = 5;
constexpr double kNearKm = 0.15;  ///< Mats stand where the road allows.
constexpr double kSlower = 1.25;
constexpr double kLeastCourseKm = 30;
constexpr double kLastKm = 38;  ///< Of a marathon: behind it no stretch is left before 40 km.
constexpr std::size_t kLeastSamples = 200;
constexpr std::size_t kLeastStretches = 3;

double seconds(base::Duration time) { return std::chrono::duration<double>(time).count(); }

/// Seconds a kilometre between the first point from 5 km and the last to 20 km, up to `at`; from
/// the start to the first point where there is no more.
std::optional<double> base_pace(std::span<const double> km, const Runner& runner, std::size_t at) {
  std::optional<std::size_t> first;
  std::optional<std::size_t> last;
  for (std::size_t p = 0; p <= at; ++p) {
    if (!runner.times[p] || km[p] > kBaseToKm + kNearKm) continue;
    if (!first && km[p] >= kBaseFromKm - kNearKm) first = p;
    last = p;
  }
  if (!last) return std::nullopt;
  const bool is_stretch = first && km[*last] - km[*first] >= kStretchKm - kNearKm;
  const double time =
      seconds(*runner.times[*last]) - (is_stretch ? seconds(*runner.times[*first]) : 0);
  const double length = km[*last] - (is_stretch ? km[*first] : 0);
  if (time <= 0 || length <= 0) return std::nullopt;
  return time / length;
}

/// Calls `take(pace)` for each stretch of 5 km or more behind 20 km, up to `at`.
template <typename Take>
void for_each_stretch(std::span<const double> km, const Runner& runner, std::size_t at, Take take) {
  std::optional<std::size_t> from;
  for (std::size_t p = 0; p <= at; ++p) {
    if (!runner.times[p] || km[p] < kBaseToKm - kNearKm) continue;
    if (!from) {
      from = p;
    } else if (km[p] - km[*from] >= kStretchKm - kNearKm) {
      take((seconds(*runner.times[p]) - seconds(*runner.times[*from])) / (km[p] - km[*from]));
      from = p;
    }
  }
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

double line_at(const WallLine& line, const WallSigns& signs) {
  return line.intercept + line.slowdown * signs.slowdown + line.spread * signs.spread;
}

using Vector = std::array<double, 3>;

/// Solves a symmetric, positive system of three.
Vector solve(std::array<Vector, 3> matrix, Vector right) {
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t row = 0; row < 3; ++row) {
      if (row == i) continue;
      const double share = matrix[row][i] / matrix[i][i];
      for (std::size_t column = i; column < 3; ++column) {
        matrix[row][column] -= share * matrix[i][column];
      }
      right[row] -= share * right[i];
    }
  }
  for (std::size_t i = 0; i < 3; ++i) right[i] /= matrix[i][i];
  return right;
}

}  // namespace

std::optional<WallSigns> wall_signs(const Course& course, const Known& known,
                                    const model::Projection& projection) {
  const std::vector<double> km = kilometres(course);
  const std::size_t at = projection.since;
  if (km.back() < kLeastCourseKm || km[at] > kLastKm) return std::nullopt;
  const auto base = base_pace(km, *known.runner, at);
  if (!base) return std::nullopt;
  const auto likely = projection.interval_80();
  const double rest = std::max(
      1.0, static_cast<double>(projection.median().count()) - seconds(projection.since_time));
  WallSigns out;
  out.slowdown = std::log(rest / (km.back() - km[at]) / *base);
  out.spread =
      std::log(std::max(1.0, static_cast<double>((likely.high - likely.low).count())) / rest);
  for_each_stretch(km, *known.runner, at,
                   [&](double pace) { out.has_hit = out.has_hit || pace >= kSlower * *base; });
  return out;
}

std::optional<Wall> wall_of(std::span<const WallLine> lines, const Course& course,
                            const Known& known, const model::Projection& projection) {
  if (lines.empty()) return std::nullopt;
  const auto signs = wall_signs(course, known, projection);
  if (!signs) return std::nullopt;
  if (signs->has_hit) return Wall{true, 1};
  const double km = kilometres(course)[projection.since];
  const auto above =
      std::find_if(lines.begin(), lines.end(), [&](const WallLine& line) { return line.km >= km; });
  if (above == lines.begin()) return Wall{false, logistic(line_at(lines.front(), *signs))};
  if (above == lines.end()) return Wall{false, logistic(line_at(lines.back(), *signs))};
  const auto below = above - 1;
  const double part = (km - below->km) / (above->km - below->km);
  const double x = (1 - part) * line_at(*below, *signs) + part * line_at(*above, *signs);
  return Wall{false, logistic(x)};
}

std::optional<bool> did_hit_wall(const Course& course, const Runner& runner) {
  const std::vector<double> km = kilometres(course);
  if (km.back() < kLeastCourseKm) return std::nullopt;
  bool has_first = false;
  bool has_last = false;
  for (std::size_t p = 0; p < km.size(); ++p) {
    if (!runner.times[p]) continue;
    has_first = has_first || std::abs(km[p] - kBaseFromKm) <= kNearKm;
    has_last = has_last || std::abs(km[p] - kBaseToKm) <= kNearKm;
  }
  const auto base = base_pace(km, runner, course.finish());
  if (!has_first || !has_last || !base) return std::nullopt;
  bool hit = false;
  std::size_t stretches = 0;
  for_each_stretch(km, runner, course.finish() - 1, [&](double pace) {
    hit = hit || pace >= kSlower * *base;
    ++stretches;
  });
  return stretches >= kLeastStretches ? std::optional(hit) : std::nullopt;
}

std::optional<WallLine> fit_wall(double km, std::span<const WallSample> samples) {
  std::vector<WallSample> open;
  std::size_t hits = 0;
  for (const WallSample& sample : samples) {
    if (sample.signs.has_hit) continue;
    open.push_back(sample);
    hits += sample.hit ? 1U : 0U;
  }
  if (open.size() < kLeastSamples || hits == 0 || hits == open.size()) return std::nullopt;
  constexpr int kRounds = 20;
  constexpr double kRidge = 1e-3;  // Keeps a line that separates all from running away.
  WallLine line{km, 0, 0, 0};
  for (int round = 0; round < kRounds; ++round) {
    std::array<Vector, 3> curvature{};
    Vector slope{};
    for (std::size_t i = 0; i < 3; ++i) curvature[i][i] = kRidge;
    for (const WallSample& sample : open) {
      const Vector x = {1, sample.signs.slowdown, sample.signs.spread};
      const double chance = logistic(line_at(line, sample.signs));
      for (std::size_t i = 0; i < 3; ++i) {
        slope[i] += ((sample.hit ? 1 : 0) - chance) * x[i];
        for (std::size_t j = 0; j < 3; ++j) curvature[i][j] += chance * (1 - chance) * x[i] * x[j];
      }
    }
    const Vector step = solve(curvature, slope);
    line.intercept += step[0];
    line.slowdown += step[1];
    line.spread += step[2];
  }
  return line;
}

}  // namespace hs::projection
