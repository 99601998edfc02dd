#include "projection/course_model.h"

#include <algorithm>
#include <cmath>

namespace hs::projection {
namespace {

constexpr std::size_t kRowsForFinish = 40'000;
constexpr std::size_t kRowsBetween = 12'000;
constexpr double kSamePoint = 0.002;  // Of the course: the same mat, surveyed twice.
constexpr double kSameCourse = 0.01;
constexpr double kLeastSpacing = 0.02;  // Of the course: nearer points tell the same.
/// What is believed of the change from day to day before any is seen, in spreads: the shift of a
/// hot or a cold Boston is of this size.
constexpr double kDayVariance = 0.15;

/// One finisher of the past.
struct Row {
  const Runner* runner;
  const std::vector<double>* km;
  std::size_t race;
  double finish;
};

bool is_same_course(const std::vector<double>& a, const std::vector<double>& b) {
  return std::abs(a.back() - b.back()) <= kSameCourse * b.back();
}

bool has_point(const std::vector<double>& km, double where, double whole) {
  return std::any_of(km.begin(), km.end(),
                     [&](double other) { return std::abs(other - where) <= kSamePoint * whole; });
}

/// The points that at least half of the runners had on their course.
Grid grid_of(std::span<const PastRace> past, std::span<const std::vector<double>> courses) {
  Grid grid;
  const double whole = courses.front().back();
  std::vector<double> shared;
  for (const auto& course : courses) {
    if (!is_same_course(course, courses.front())) continue;
    for (const double point : course) {
      if (point <= 0 || point >= whole || has_point(shared, point, whole)) continue;
      std::size_t with = 0;
      std::size_t without = 0;
      for (std::size_t k = 0; k < courses.size(); ++k) {
        if (!is_same_course(courses[k], courses.front())) continue;
        (has_point(courses[k], point, whole) ? with : without) += past[k].runners.size();
      }
      if (with >= without) shared.push_back(point);
    }
  }
  std::sort(shared.begin(), shared.end());
  for (double spacing = kLeastSpacing;; spacing *= 1.3) {
    grid.km.clear();
    for (const double km : shared) {
      const double before = grid.km.empty() ? 0 : grid.km.back();
      if (km - before >= spacing * whole && whole - km >= 0.01 * whole) grid.km.push_back(km);
    }
    if (grid.km.size() < kMaxPoints) break;
  }
  grid.km.push_back(whole);
  grid.profile.assign(grid.km.size(), 0);
  return grid;
}

double seconds_of(base::Duration time) { return std::chrono::duration<double>(time).count(); }

/// The index of the course's point that is a point of the grid.
std::optional<std::size_t> index_at(const std::vector<double>& km, double where, double whole) {
  for (std::size_t i = 0; i < km.size(); ++i) {
    if (std::abs(km[i] - where) <= kSamePoint * whole) return i;
  }
  return std::nullopt;
}

/// The field's pace into each point of the grid: the median runner's log pace over his mean.
void learn_profile(Grid& grid, std::span<const Row> rows) {
  const double whole = grid.km.back();
  for (std::size_t i = 0; i < grid.km.size(); ++i) {
    std::vector<double> logs;
    const double begin = i == 0 ? 0 : grid.km[i - 1];
    for (const Row& row : rows) {
      const auto b = index_at(*row.km, grid.km[i], whole);
      const auto a = i == 0 ? b : index_at(*row.km, begin, whole);
      if (!a || !b || !row.runner->times[*b] || (i > 0 && !row.runner->times[*a])) continue;
      const double from = i == 0 ? 0 : seconds_of(*row.runner->times[*a]);
      const double took = seconds_of(*row.runner->times[*b]) - from;
      if (took > 0) logs.push_back(std::log(took / (grid.km[i] - begin) / (row.finish / whole)));
    }
    grid.profile[i] = logs.empty() ? 0 : quantile_of(logs, 0.5);
  }
}

std::vector<Row> rows_of(std::span<const PastRace> past,
                         std::span<const std::vector<double>> courses) {
  std::vector<Row> rows;
  for (std::size_t k = 0; k < past.size(); ++k) {
    if (!is_same_course(courses[k], courses.front())) continue;
    for (const Runner& runner : past[k].runners) {
      if (runner.times.size() != courses[k].size() || !runner.times.back()) continue;
      const double finish = seconds_of(*runner.times.back());
      if (finish > 60 * courses[k].back()) rows.push_back({&runner, &courses[k], k, finish});
    }
  }
  return rows;
}

/// Traces at one point of the grid, of those who were really seen there.
struct Learned {
  std::vector<Trace> traces;
  std::vector<std::size_t> rows;
};

Learned traces_at(const Grid& grid, std::span<const Row> rows, std::size_t point,
                  std::size_t most) {
  Learned out;
  const std::size_t step = std::max<std::size_t>(1, (rows.size() + most - 1) / most);
  for (std::size_t r = 0; r < rows.size(); r += step) {
    const auto at = index_at(*rows[r].km, grid.km[point], grid.km.back());
    if (!at || !rows[r].runner->times[*at]) continue;
    auto trace = trace_of(grid, *rows[r].km, *rows[r].runner, *at);
    if (!trace || trace->since != *at || trace->from != point) continue;
    if (rows[r].finish - trace->last_seconds < 60 * (grid.km.back() - trace->last_km)) continue;
    out.traces.push_back(*trace);
    out.rows.push_back(r);
  }
  return out;
}

/// Those whom the point before saw too, unless they are too few: what was filled in there teaches
/// nothing of a change of pace.
Learned with_point_before(const Learned& all, std::size_t point) {
  if (point == 0) return all;
  Learned out;
  for (std::size_t i = 0; i < all.rows.size(); ++i) {
    if ((all.traces[i].seen >> (point - 1) & 1U) == 0) continue;
    out.traces.push_back(all.traces[i]);
    out.rows.push_back(all.rows[i]);
  }
  return out.rows.size() < kLeastPast ? all : out;
}

/// Medians by race, of runners who have both misses.
struct BothMisses {
  std::vector<double> between;
  std::vector<double> finish;
  std::vector<std::size_t> race;
};

Carry learn_carry(const BothMisses& both, std::size_t races) {
  Carry carry;
  std::vector<double> sorted = both.between;
  carry.usual = {quantile_of(sorted, 0.1), quantile_of(sorted, 0.5), quantile_of(sorted, 0.9)};
  // Within a race: the slope of the finish's miss on the other, outliers cut.
  double xy = 0;
  double xx = 1e-9;
  double yy = 1e-9;
  for (std::size_t i = 0; i < both.between.size(); ++i) {
    const double x = std::clamp(both.between[i] - carry.usual[1], -4.0, 4.0);
    const double y = std::clamp(both.finish[i], -4.0, 4.0);
    xy += x * y;
    xx += x * x;
    yy += y * y;
  }
  const double within = xy / xx;
  const double alike = std::clamp(xy / std::sqrt(xx * yy), 0.0, 1.0);
  // Between races: medians, of which there are few, so the slope within a race is kept as prior.
  double day_xy = kDayVariance * within;
  double day_xx = kDayVariance;
  for (std::size_t race = 0; race < races; ++race) {
    std::vector<double> x;
    std::vector<double> y;
    for (std::size_t i = 0; i < both.race.size(); ++i) {
      if (both.race[i] != race) continue;
      x.push_back(both.between[i] - carry.usual[1]);
      y.push_back(both.finish[i]);
    }
    if (x.size() < 50) continue;
    const double mx = quantile_of(x, 0.5);
    day_xy += mx * quantile_of(y, 0.5);
    day_xx += mx * mx;
  }
  carry.slope = std::clamp(day_xy / day_xx, 0.0, 1.5);
  carry.unknown = kDayVariance * (1 - alike * alike);
  return carry;
}

void learn_legs(CourseModel& model, std::span<const Row> rows, std::size_t races, std::size_t point,
                Legs which) {
  const Grid& grid = model.grid;
  const Learned all = traces_at(grid, rows, point, kRowsForFinish);
  std::vector<double> finish;
  for (const std::size_t r : all.rows) finish.push_back(rows[r].finish);
  const Learned whole = with_point_before(all, point);
  std::vector<double> whole_finish;
  for (const std::size_t r : whole.rows) whole_finish.push_back(rows[r].finish);
  model.finish.push_back(
      LegModel::fit(grid, {point, grid.finish(), {}}, Detail::Full, whole.traces, whole_finish));
  if (point > 0) {
    model.finish_without.push_back(
        LegModel::fit(grid, {point, grid.finish(), point - 1}, Detail::Full, all.traces, finish));
  }
  if (which == Legs::FinishOnly) return;
  const Learned some = traces_at(grid, rows, point, kRowsBetween);
  std::vector<LegModel> legs;
  std::vector<Carry> carries;
  for (std::size_t q = point + 1; q <= grid.finish(); ++q) {
    std::vector<Trace> traces;
    std::vector<double> seconds;
    BothMisses both;
    for (std::size_t i = 0; i < some.rows.size(); ++i) {
      const Row& row = rows[some.rows[i]];
      const auto at = index_at(*row.km, grid.km[q], grid.km.back());
      if (!at || !row.runner->times[*at]) continue;
      const double time = seconds_of(*row.runner->times[*at]);
      const double least = 60 * (grid.km[q] - some.traces[i].last_km);
      if (time - some.traces[i].last_seconds < least) continue;
      traces.push_back(some.traces[i]);
      seconds.push_back(time);
      both.finish.push_back(
          model.to_finish(some.traces[i]).look(grid, some.traces[i]).miss(row.finish));
      both.race.push_back(row.race);
    }
    if (traces.empty()) {  // Nobody was seen at both: the pair tells nothing.
      traces = all.traces;
      seconds = finish;
      both = {};
    }
    if (q < grid.finish()) {
      legs.push_back(LegModel::fit(grid, {point, q, {}}, Detail::Short, traces, seconds));
    }
    for (std::size_t i = 0; i < both.finish.size(); ++i) {
      both.between.push_back(
          q == grid.finish() ? both.finish[i] : legs.back().look(grid, traces[i]).miss(seconds[i]));
    }
    Carry carry = both.finish.empty() ? Carry{} : learn_carry(both, races);
    if (q == grid.finish()) carry.slope = 1;
    carries.push_back(carry);
  }
  model.between.push_back(std::move(legs));
  model.carry.push_back(std::move(carries));
}

}  // namespace

std::optional<CourseModel> fit_course(std::span<const PastRace> past, Legs legs) {
  std::vector<std::vector<double>> courses;
  for (const PastRace& race : past) {
    if (race.course.points.empty()) return std::nullopt;
    courses.push_back(kilometres(race.course));
  }
  if (courses.empty()) return std::nullopt;
  const std::vector<Row> rows = rows_of(past, courses);
  CourseModel model;
  model.grid = grid_of(past, courses);
  if (model.grid.km.size() < 2) return std::nullopt;
  learn_profile(model.grid, rows);
  for (std::size_t p = 0; p < model.grid.finish(); ++p) {
    if (traces_at(model.grid, rows, p, kRowsForFinish).rows.size() < kLeastPast) {
      return std::nullopt;
    }
    learn_legs(model, rows, past.size(), p, legs);
  }
  return model;
}

}  // namespace hs::projection
