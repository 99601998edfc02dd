#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/integrity.h"
#include "moments/pairs.h"
#include "moments/shared.h"

// Implementation notes: for published results, which have net times and no clock. Equal net times
// do not say that two were in one place, and the words must not either. Equal times all day are
// common in a big field (a thousand pairs); told is only a pair that lost minutes in the same
// stretch as well, and it is that loss whose rarity among all such pairs ranks them. Where there
// are clock times this is silent: `finish-together` knows more.
//
// How far agreement goes beyond chance is an e-value: for each stretch the density of so small a
// difference between two who go together, over that of this runner's stretch by what the field
// does from the stretch before. Nobody knows how close two keep, so it is the mean over four
// closenesses; a mean of e-values is one. A limit on the difference instead loses pairs who are
// two seconds apart at one mat of nine after six hours.

namespace hs::moments {
namespace {

/// Net times further apart than this at any point are other times.
constexpr double kNear = 4.0;
constexpr std::size_t kLeastPoints = 5;
constexpr double kLeastNetBits = 3;
/// How close two keep who go together: deviations in seconds, each as likely as the others.
constexpr std::array kCloseness = {0.7, 1.5, 3.0, 6.0};
/// Of stretches of two who go together, and yet differ: a queue, a stop of one.
constexpr double kApart = 0.02;
/// Published seconds are cut: the variance of a difference of two, each of two cut times.
constexpr double kCutVariance = 4.0 / 12;
/// Of runners whose next stretch says nothing about them, spread over a log of this width.
constexpr double kAnyhow = 0.005;
constexpr double kAnyhowWidth = 3.0;

bool has_clock(const FieldView& view, std::size_t row) {
  return is_known(view.clock_at(row, view.finish()));
}

/// What the field does from one stretch to the next: the log of the pace over that before, which
/// for the first stretch is the pace itself. Heavy on both sides.
struct Change {
  double middle = 0;
  double spread = 1;
  [[nodiscard]] double density(double change) const {
    const double x = (change - middle) / spread;
    return (1 - kAnyhow) / (M_PI * spread * (1 + x * x)) + kAnyhow / kAnyhowWidth;
  }
};

/// The last column before `column` that heard both.
std::size_t common_before(const FieldView& view, std::size_t a, std::size_t b, std::size_t column) {
  while (--column > 0) {
    if (is_known(view.net_at(a, column)) && is_known(view.net_at(b, column))) break;
  }
  return column;
}

/// Log of the pace to `column` over that of the stretch before; of the pace itself at the first.
double change_at(const FieldView& view, std::size_t row, std::size_t from, std::size_t to,
                 std::size_t before) {
  const double now = std::log(view.pace(row, from, to));
  return from == 0 ? now : now - std::log(view.pace(row, before, from));
}

/// By column at which a stretch ends.
std::vector<Change> changes_of(const FieldView& view) {
  std::vector<Change> changes(view.columns());
  for (std::size_t column = 1; column < view.columns(); ++column) {
    std::vector<double> values;
    for (std::size_t row = 0; row < view.rows(); ++row) {
      const double change = change_at(view, row, column - 1, column, column > 1 ? column - 2 : 0);
      if (std::isfinite(change)) values.push_back(change);
    }
    if (values.empty()) continue;
    changes[column].middle = quantile(values, 0.5);
    for (double& value : values) value = std::abs(value - changes[column].middle);
    // Half of a Cauchy lies within its scale.
    changes[column].spread = std::max(1e-3, quantile(std::move(values), 0.5));
  }
  return changes;
}

struct Same {
  std::size_t points = 0;
  double bits = 0;
  double widest = 0;  ///< Seconds between the two at the point where they are furthest apart.
};

/// The density of `off` seconds between two who keep as close as `sigma`.
double density_together(double off, double sigma) {
  const double variance = sigma * sigma + kCutVariance;
  return std::exp(-off * off / (2 * variance)) / std::sqrt(2 * M_PI * variance);
}

/// Nothing where some point heard both and their times differ.
std::optional<Same> same_times(const FieldView& view, const std::vector<Change>& changes,
                               std::size_t a, std::size_t b) {
  Same same;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    const double off = std::abs(view.net_at(a, column) - view.net_at(b, column));
    if (!is_known(off)) continue;
    if (off > kNear) return std::nullopt;
    same.widest = std::max(same.widest, off);
    ++same.points;
  }
  if (same.points < kLeastPoints) return std::nullopt;
  std::array<double, kCloseness.size()> log_ratio{};
  for (std::size_t column = 1; column < view.columns(); ++column) {
    if (!is_known(view.net_at(a, column)) || !is_known(view.net_at(b, column))) continue;
    const std::size_t from = common_before(view, a, b, column);
    const std::size_t before = from > 0 ? common_before(view, a, b, from) : 0;
    const double took = view.net_at(a, column) - view.net_at(a, from);
    const double off = took - (view.net_at(b, column) - view.net_at(b, from));
    // Of seconds, not of their logarithm; the likelier of the two runners' stretches, to be fair.
    const double chance =
        std::max(changes[column].density(change_at(view, a, from, column, before)),
                 changes[column].density(change_at(view, b, from, column, before))) /
        took;
    for (std::size_t i = 0; i < kCloseness.size(); ++i) {
      const double together = density_together(off, kCloseness[i]);
      log_ratio[i] += std::log2((1 - kApart) * together / chance + kApart);
    }
  }
  const double most = *std::max_element(log_ratio.begin(), log_ratio.end());
  double mean = 0;
  for (const double bits : log_ratio) mean += std::exp2(bits - most) / kCloseness.size();
  same.bits = most + std::log2(mean);
  return same;
}

struct Alike {
  std::size_t a = 0;
  std::size_t b = 0;
  std::size_t points = 0;
  double widest = 0;
  double net_bits = 0;
};

/// All pairs with the same times at every point that heard both, more often than chance brings.
/// `order`: rows by net time at the finish.
std::vector<Alike> pairs_alike(const FieldView& view, const std::vector<std::size_t>& order) {
  const std::vector<Change> changes = changes_of(view);
  const std::size_t finish = view.finish();
  const auto n = static_cast<double>(order.size());
  const double looks = n * (n - 1) / 2;
  std::vector<Alike> found;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const std::size_t a = std::min(order[i], order[j]);
      const std::size_t b = std::max(order[i], order[j]);
      if (std::abs(view.net_at(a, finish) - view.net_at(b, finish)) > kNear) break;
      const auto same = same_times(view, changes, a, b);
      if (!same) continue;
      const double net = net_bits(same->bits, looks);
      if (net >= kLeastNetBits) found.push_back({a, b, same->points, same->widest, net});
    }
  }
  return found;
}

Found tell(const FieldView& view, const Alike& pair, const SharedLoss& loss, double net,
           double valid) {
  const std::size_t a = pair.a;
  const std::size_t b = pair.b;
  const std::vector<model::BibNumber> bibs = {view.bib(a), view.bib(b)};
  Found found;
  found.moment = make_moment(view, model::MomentKind::SameTimes, {a, b}, view.finish(), net, valid);
  found.minutes_order = whole_seconds(loss.seconds);
  model::Evidence points;
  points.what = "same-times";
  points.to = view.point_name(view.finish());
  points.bibs = bibs;
  // Nothing in whole seconds is nearer than two: either may have been cut.
  points.seconds = std::max<std::int64_t>(2, whole_seconds(std::ceil(pair.widest - 1e-6)));
  points.rank_in_field = static_cast<std::uint32_t>(pair.points);
  found.moment.evidence = {
      points, shared_loss_evidence(view, loss, bibs), stretch_evidence(view, a, loss.from, loss.to),
      passing_evidence(view, a, view.finish()), passing_evidence(view, b, view.finish())};
  return found;
}

}  // namespace

std::vector<Found> find_same_times(const FieldView& view) {
  std::vector<std::size_t> order;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!has_clock(view, row)) order.push_back(row);
  }
  if (order.empty()) return {};
  const std::size_t finish = view.finish();
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double net_a = view.net_at(a, finish);
    const double net_b = view.net_at(b, finish);
    return net_a != net_b ? net_a < net_b : a < b;
  });
  const Habits& habits = habits_in(view);
  const std::vector<Alike> alike = pairs_alike(view, order);
  const double losses = static_cast<double>(alike.size() * finish);
  std::vector<Found> found;
  for (const Alike& pair : alike) {
    if (view.telling[pair.a] == Telling::Nothing || view.telling[pair.b] == Telling::Nothing) {
      continue;
    }
    const auto loss = shared_loss(view, habits, pair.a, pair.b);
    if (!loss) continue;
    const double net = std::min(pair.net_bits, net_bits(loss->bits, losses));
    const double valid = std::min(validity_at(view, pair.a, loss->to, loss->seconds),
                                  validity_at(view, pair.b, loss->to, loss->seconds));
    if (net < kLeastNetBits || valid < kLeastValid) continue;
    found.push_back(tell(view, pair, *loss, net, valid));
  }
  return found;
}

}  // namespace hs::moments
