#include "evaluate/baselines.h"

#include <algorithm>
#include <cmath>

#include "projection/trace.h"

namespace hs::evaluate {
namespace {

/// Points nearer to each other are no stretch: 20K and half.
constexpr double kLeastStretch = 0.055;

std::optional<std::size_t> index_of(std::span<const double> km, double where) {
  for (std::size_t i = 0; i < km.size(); ++i) {
    if (std::abs(km[i] - where) < 0.1) return i;
  }
  return std::nullopt;
}

double minutes_of(base::Duration time) {
  return std::chrono::duration<double, std::ratio<60>>(time).count();
}

}  // namespace

const char* name_of(Baseline baseline) {
  switch (baseline) {
    case Baseline::ConstantPace:
      return "constant pace";
    case Baseline::LastPace:
      return "last 5K pace";
    case Baseline::FieldRatio:
      return "field ratio";
    case Baseline::SplitRatio:
      return "split ratio";
  }
  return "";
}

BaselinesAt::BaselinesAt(std::span<const projection::PastRace> past,
                         const projection::Course& course, std::size_t point)
    : point_(point) {
  const auto km = projection::kilometres(course);
  km_ = km[point];
  finish_km_ = km.back();
  for (std::size_t i = 0; i < point; ++i) {
    if (km_ - km[i] >= kLeastStretch * finish_km_) before_ = i;
  }
  before_km_ = before_ ? km[*before_] : 0;
  std::vector<double> ratios;
  double split_sum = 0;
  double split_count = 0;
  for (const projection::PastRace& race : past) {
    const auto race_km = projection::kilometres(race.course);
    const auto here = index_of(race_km, km_);
    const auto begin = before_ ? index_of(race_km, before_km_) : here;
    if (!here || !begin || !projection::is_as_long(race_km.back(), finish_km_)) continue;
    for (const projection::Runner& runner : race.runners) {
      const auto& times = runner.times;
      if (!times[*here] || !times.back() || *times.back() <= *times[*here]) continue;
      const double at = minutes_of(*times[*here]);
      const double finish = minutes_of(*times.back());
      if (at <= 0) continue;
      ratios.push_back(finish / at);
      if (before_ && (!times[*begin] || *times[*begin] >= *times[*here])) continue;
      split_sum += (finish - at) / (before_ ? at - minutes_of(*times[*begin]) : at);
      split_count += 1;
    }
  }
  if (ratios.empty()) return;
  std::nth_element(ratios.begin(), ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2),
                   ratios.end());
  field_ratio_ = ratios[ratios.size() / 2];
  if (split_count > 0) split_ratio_ = split_sum / split_count;
}

std::optional<double> BaselinesAt::project(Baseline baseline,
                                           const projection::Runner& runner) const {
  if (!runner.times[point_]) return std::nullopt;
  const double at = minutes_of(*runner.times[point_]);
  if (baseline == Baseline::ConstantPace) return at * finish_km_ / km_;
  if (baseline == Baseline::FieldRatio) {
    return field_ratio_ ? std::optional(at * *field_ratio_) : std::nullopt;
  }
  if (before_ && !runner.times[*before_]) return std::nullopt;
  const double stretch = before_ ? at - minutes_of(*runner.times[*before_]) : at;
  if (baseline == Baseline::LastPace) {
    return at + stretch / (km_ - before_km_) * (finish_km_ - km_);
  }
  return split_ratio_ ? std::optional(at + stretch * *split_ratio_) : std::nullopt;
}

}  // namespace hs::evaluate
