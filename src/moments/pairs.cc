#include "moments/pairs.h"

#include <algorithm>
#include <cmath>

#include "moments/detector.h"

namespace hs::moments {
namespace {

constexpr double kLostTogether = 240;  ///< Seconds both lost in one stretch.
/// Bits of slowness that a shared loss needs for each of the two: of this share of the field.
constexpr double kSlowShare = 1.0 / 256;

/// Log of the pace from `column - 1` to `column` over the pace until there.
double slowing(const FieldView& view, std::size_t row, std::size_t column) {
  return std::log(view.pace(row, column - 1, column) / view.pace(row, 0, column - 1));
}

}  // namespace

Habits habits_of(const FieldView& view) {
  Habits habits;
  habits.spread.assign(view.columns(), 0);
  habits.slow.assign(view.columns(), 0);
  habits.slow_tail.assign(view.columns(), std::nullopt);
  std::vector<double> off;
  std::vector<double> slow;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    const double metres = view.metres[column] - view.metres[column - 1];
    off.clear();
    slow.clear();
    for (std::size_t row = 0; row < view.rows(); ++row) {
      const double pace = view.pace(row, column - 1, column);
      if (!is_known(pace)) continue;
      const double next = column == view.finish() ? view.pace(row, 0, view.finish())
                                                  : view.pace(row, column, column + 1);
      if (is_known(next)) off.push_back((pace - next) * metres);
      const double ratio = column > 1 ? slowing(view, row, column) : kNoTime;
      if (is_known(ratio)) slow.push_back(ratio);
    }
    if (off.empty()) continue;
    const double middle = quantile(off, 0.5);
    for (double& value : off) value = std::abs(value - middle);
    habits.spread[column] = quantile(off, 0.5) / 0.6745;
    habits.slow[column] = quantile(slow, 1 - kSlowShare);
    habits.slow_tail[column] = fit_body_tail(slow);
  }
  return habits;
}

double stretch_bits(double variance, double within) {
  // Density of a normal difference of two runners at its middle, times the window.
  return -std::log2(2 * within / (std::sqrt(4 * M_PI * variance) + 2 * within));
}

std::optional<SharedLoss> shared_loss(const FieldView& view, const Habits& habits, std::size_t a,
                                      std::size_t b) {
  std::optional<SharedLoss> most;
  for (std::size_t column = 2; column < view.columns(); ++column) {
    const auto lost = [&](std::size_t row) {
      return view.lost(row, column - 1, column, view.pace(row, 0, column - 1));
    };
    const double both = std::min(lost(a), lost(b));
    const double slow = std::min(slowing(view, a, column), slowing(view, b, column));
    // Written so that a point not heard (not a number) fails.
    if (!(both >= kLostTogether && slow > habits.slow[column])) continue;
    if (most && both <= most->seconds) continue;
    const auto& tail = habits.slow_tail[column];
    most = SharedLoss{column - 1, column, both, tail ? tail->bits(slow) : 0.0};
  }
  return most;
}

model::Evidence shared_loss_evidence(const FieldView& view, const SharedLoss& loss,
                                     const std::vector<model::BibNumber>& bibs) {
  model::Evidence lost;
  lost.what = "shared-loss";
  lost.from = view.point_name(loss.from);
  lost.to = view.point_name(loss.to);
  lost.bibs = bibs;
  lost.seconds = whole_seconds(loss.seconds);
  return lost;
}

}  // namespace hs::moments
