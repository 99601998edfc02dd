#include "evaluate/trail.h"

#include <algorithm>
#include <cmath>

namespace hs::evaluate {
namespace {

constexpr std::size_t kNearest = 100;
constexpr double kWithin = 0.3;
constexpr double kLeastShared = 0.6;
constexpr double kNearlyBest = 0.05;

double minutes_of(base::Duration time) {
  return std::chrono::duration<double, std::ratio<60>>(time).count();
}

bool is_same_point(std::string_view a, std::string_view b) {
  return a == b || (std::min(a.size(), b.size()) >= 5 && (a.starts_with(b) || b.starts_with(a)));
}

/// For each point of `test` the same point of `past`, in rising order; the finish is always one.
std::vector<std::optional<std::size_t>> match(const Field& test, const Field& past) {
  std::vector<std::optional<std::size_t>> out(test.point_ids.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < test.finish(); ++i) {
    for (std::size_t k = next; k < past.finish(); ++k) {
      if (!is_same_point(test.point_ids[i], past.point_ids[k])) continue;
      out[i] = k;
      next = k + 1;
      break;
    }
  }
  out.back() = past.finish();
  return out;
}

/// How much of the two courses is the same: shared points over all points of either.
double shared(const std::vector<std::optional<std::size_t>>& matched, const Field& past) {
  const auto both = static_cast<double>(
      std::count_if(matched.begin(), matched.end(), [](const auto& m) { return m.has_value(); }));
  return both / (static_cast<double>(matched.size() + past.point_ids.size()) - both);
}

}  // namespace

Trail::Trail(std::span<const Field> train, const Field& test) : test_(test) {
  double best = kLeastShared;
  for (const Field& field : train) {
    if (field.finishers() > 0) best = std::max(best, shared(match(test, field), field));
  }
  for (const Field& field : train) {
    const auto matched = match(test, field);
    const std::size_t finishers = field.finishers();
    if (finishers == 0 || shared(matched, field) < best - kNearlyBest) continue;
    trained_on_.push_back(field.name);
    finishers_ += finishers;
    for (const projection::Runner& runner : field.runners) {
      projection::Runner moved;
      for (const auto& from : matched) {
        moved.times.push_back(from ? runner.times[*from] : std::nullopt);
      }
      past_.push_back(std::move(moved));
    }
  }
  nearest_.emplace(past_);
}

std::optional<model::Projection> Trail::project(std::size_t runner, std::size_t point) const {
  return nearest_->project({&test_.runners[runner], point, {}, {}});
}

std::vector<MethodFigures> Trail::baselines(const std::vector<std::size_t>& runners,
                                            std::size_t point, std::uint64_t seed) const {
  struct Past {
    double here;
    double finish;
  };
  std::vector<Past> past;
  std::vector<double> ratios;
  for (const projection::Runner& runner : past_) {
    if (!runner.times[point] || !runner.times.back()) continue;
    const Past one{minutes_of(*runner.times[point]), minutes_of(*runner.times.back())};
    if (one.here <= 0 || one.finish <= one.here) continue;
    past.push_back(one);
    ratios.push_back(one.finish / one.here);
  }
  std::vector<Sample> constant;
  std::vector<Sample> nearest;
  if (!past.empty()) {
    std::sort(past.begin(), past.end(),
              [](const Past& a, const Past& b) { return a.here < b.here; });
    std::nth_element(ratios.begin(),
                     ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2), ratios.end());
    const double ratio = ratios[ratios.size() / 2];
    for (const std::size_t r : runners) {
      const double here = minutes_of(*test_.runners[r].times[point]);
      const double truth = minutes_of(*test_.runners[r].times.back());
      constant.push_back(judge(here * ratio, truth));
      // The hundred nearest lie together in the order of time; of their finishes the mean.
      auto high = std::lower_bound(past.begin(), past.end(), here,
                                   [](const Past& one, double at) { return one.here < at; });
      auto low = high;
      double sum = 0;
      std::size_t count = 0;
      while (count < kNearest && (low != past.begin() || high != past.end())) {
        const double below = low == past.begin() ? 1e9 : here - (low - 1)->here;
        const double above = high == past.end() ? 1e9 : high->here - here;
        if (std::min(below, above) > kWithin * here) break;
        sum += below <= above ? (--low)->finish : (high++)->finish;
        ++count;
      }
      if (count > 0) nearest.push_back(judge(sum / static_cast<double>(count), truth));
    }
  }
  return {{"constant pace (field ratio)", figures_of(constant, seed)},
          {"100 nearest within 30 %", figures_of(nearest, seed)}};
}

}  // namespace hs::evaluate
