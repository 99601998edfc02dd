#include "projection/projector.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace hs::projection {
namespace {

using Shares = std::array<double, kShares>;

/// Riegel: times grow a little faster than the distance.
constexpr double kRiegel = 1.06;
/// The rest behind the next point takes at least this much of what it takes at the usual pace.
constexpr double kFastestRest = 0.7;
constexpr double kMostCut = 0.9;

double share_below(const Shares& seconds, double bound) {
  const auto& shares = model::kProjectionShares;
  if (bound <= seconds.front()) return 0;
  for (std::size_t i = 1; i < kShares; ++i) {
    if (bound > seconds[i]) continue;
    const double part = (bound - seconds[i - 1]) / (seconds[i] - seconds[i - 1]);
    return shares[i - 1] + part * (shares[i] - shares[i - 1]);
  }
  return 1;
}

double seconds_at(const Shares& seconds, double share) {
  const auto& shares = model::kProjectionShares;
  for (std::size_t i = 1; i < kShares; ++i) {
    if (share > shares[i]) continue;
    const double part = std::max(0.0, (share - shares[i - 1]) / (shares[i] - shares[i - 1]));
    return seconds[i - 1] + part * (seconds[i] - seconds[i - 1]);
  }
  return seconds.back();
}

/// Whoever should have been seen long ago: the clock pushes the whole distribution before it.
void push(Shares& seconds, double bound, double late) {
  const double median = std::max(seconds[model::kMedianShare] + late, bound + 1);
  for (std::size_t i = 0; i < kShares; ++i) {
    const double share = model::kProjectionShares[i];
    if (share <= 0.5) {
      seconds[i] = bound + (median - bound) * share / 0.5;
    } else {
      seconds[i] = std::max(median, seconds[i] + late * (1 + 2 * (share - 0.5) / 0.5));
    }
  }
}

}  // namespace

model::Projection conclude(const Shares& given, double last_seconds, double next_share,
                           const Known& known) {
  Shares seconds = given;
  model::Projection out;
  double least = last_seconds;
  if (known.elapsed) {
    const double now = std::chrono::duration<double>(*known.elapsed).count();
    const double rest = seconds[model::kMedianShare] - last_seconds;
    const double bound = std::max(now, last_seconds) + (1 - next_share) * rest * kFastestRest;
    const double latest = last_seconds + (seconds[14] - last_seconds) * next_share;
    const double cut = share_below(seconds, bound);
    if (now > latest || cut > kMostCut) {
      out.is_overdue = true;
      push(seconds, bound, std::max(now - (last_seconds + rest * next_share), 0.0));
    } else if (cut > 0) {
      for (std::size_t i = 0; i < kShares; ++i) {
        const double share = cut + (1 - cut) * model::kProjectionShares[i];
        seconds[i] = std::max(bound, seconds_at(given, share));
      }
    }
    least = std::max(least, now);
    out.is_past_cut_off = known.cut_off && *known.elapsed > *known.cut_off;
  }
  std::chrono::seconds before{static_cast<std::int64_t>(std::ceil(least))};
  for (std::size_t i = 0; i < kShares; ++i) {
    HS_CHECK(std::isfinite(seconds[i]), "a projection is no number");
    before = std::max(before, std::chrono::seconds(std::llround(seconds[i])));
    out.at_shares[i] = before;
  }
  return out;
}

Projector::Projector(const CourseModel& model, Course course, model::ProjectionSource source)
    : model_(&model), course_(std::move(course)), source_(source), grid_km_(kilometres(course_)) {
  HS_CHECK(!course_.points.empty(), "a course without a finish");
  const double factor = model.grid.km.back() / grid_km_.back();
  if (is_as_long(factor, 1)) return;
  for (double& km : grid_km_) km *= factor;
  seconds_factor_ = std::pow(factor, kRiegel);
  slowdown_factor_ = std::min(1.0, 1 / factor);
}

std::optional<Trace> Projector::trace(const Known& known, std::uint64_t skip) const {
  if (seconds_factor_ == 1) {
    return trace_of(model_->grid, grid_km_, *known.runner, known.at, skip);
  }
  Runner scaled = *known.runner;
  for (std::size_t i = 0; i < scaled.times.size(); ++i) {
    if (!scaled.times[i] || i > known.at) continue;
    const double seconds = std::chrono::duration<double>(*scaled.times[i]).count();
    scaled.times[i] = base::Duration(std::llround(seconds * seconds_factor_ * 1e6));
  }
  return trace_of(model_->grid, grid_km_, scaled, known.at, skip);
}

std::optional<model::Projection> Projector::project(const Known& known, const Day* day,
                                                    base::RaceTime instant) const {
  HS_CHECK(known.runner != nullptr, "a projection of nobody");
  const std::size_t finish = course_.finish();
  if (known.runner->times.size() != course_.points.size()) return std::nullopt;
  if (known.at >= finish && known.runner->times[finish]) return std::nullopt;
  auto seen = trace(known, 0);
  if (!seen) return std::nullopt;
  Correction today;
  if (day != nullptr) {
    today = day->at(seen->since, instant);
    if (today.distrusted != 0) {
      // Nothing but points that lie: better those than nothing.
      if (auto others = trace(known, today.distrusted)) seen = others;
      today = day->at(seen->since, instant);
    }
  }
  const Outlook outlook = model_->to_finish(*seen).look(model_->grid, *seen);
  const double ratio = 1 + (outlook.ratio - 1) * slowdown_factor_;
  const double middle = outlook.shares[model::kMedianShare];
  Shares seconds;
  for (std::size_t i = 0; i < kShares; ++i) {
    const double off = outlook.shares[i] - middle;
    const double miss = middle + today.shift + off * (off < 0 ? today.lower : today.upper);
    const double all =
        outlook.last_seconds + outlook.at_last_pace * std::max(ratio + outlook.spread * miss, 0.3);
    seconds[i] = all / seconds_factor_;
  }
  const double left = grid_km_.back() - seen->last_km;
  const double next = grid_km_[std::min(seen->since + 1, finish)];
  const double last_seconds = outlook.last_seconds / seconds_factor_;
  auto out = conclude(seconds, last_seconds, (next - seen->last_km) / left, known);
  out.since = seen->since;
  out.since_time = *known.runner->times[seen->since];
  out.source = source_;
  return out;
}

}  // namespace hs::projection
