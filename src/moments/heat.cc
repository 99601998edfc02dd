#include <algorithm>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"

// Implementation notes: how much longer the second half takes than the first, for the runner in
// the middle of the field, against what it takes on other days. Five big-city marathon days were
// measured: 7, 7, 8, 10 and 14 % longer. Courses differ and this one's past is not known here, so
// only a day beyond them is told, only of courses about as long, and only what was measured: that
// the field slowed. Heat is the kind's name and nobody's word, unless an official noted it.

namespace hs::moments {
namespace {

constexpr double kLeastMetres = 35'000;
constexpr double kMostMetres = 50'000;
constexpr std::size_t kLeastField = 300;
/// Of the log of second half over first: the days measured, and how far a further one may lie.
constexpr double kUsual = 0.087;
constexpr double kSpread = 0.03;
constexpr double kLeastSlower = 0.113;  ///< 12 %.
/// The whole field: at most this share may have run the second half as fast as the first.
constexpr double kMostNegative = 0.05;
constexpr double kRareBits = 3;

/// Bits of a normal value beyond `z`, on one side.
double normal_bits(double z) { return -std::log2(0.5 * std::erfc(z / std::sqrt(2.0))); }

}  // namespace

std::vector<Found> find_heat(const FieldView& view) {
  const double course = view.metres[view.finish()];
  if (course < kLeastMetres || course > kMostMetres) return {};
  const auto half = half_of(view);
  if (!half) return {};
  std::vector<double> slower, first, second;
  std::uint32_t faster = 0;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double ratio = view.pace(row, *half, view.finish()) / view.pace(row, 0, *half);
    if (!is_known(ratio)) continue;
    slower.push_back(std::log(ratio));
    first.push_back(view.net_at(row, *half));
    second.push_back(view.net_at(row, view.finish()) - view.net_at(row, *half));
    faster += ratio < 1 ? 1u : 0u;
  }
  if (slower.size() < kLeastField) return {};
  const auto timed = static_cast<double>(slower.size());
  if (view.clock_doubt[*half] > 0 || faster > kMostNegative * timed) return {};
  const double middle = quantile(slower, 0.5);
  if (middle < kLeastSlower) return {};
  const double net = net_bits(normal_bits((middle - kUsual) / kSpread), 1.0);
  Found found;
  found.moment = make_moment_of(view, model::MomentKind::Heat, {}, *half, net, 1.0);
  if (net < kRareBits) put_on_shelf(found.moment);
  found.minutes_order = std::llround(1000 * middle);
  const auto half_evidence = [&](std::size_t from, std::size_t to, double seconds) {
    model::Evidence evidence;
    evidence.what = "middle-of-field";
    evidence.from = view.point_name(from);
    evidence.to = view.point_name(to);
    evidence.seconds = whole_seconds(seconds);
    evidence.of = static_cast<std::uint32_t>(slower.size());
    return evidence;
  };
  model::Evidence few;
  few.what = "negative-splits";
  few.to = view.point_name(*half);
  few.rank_in_field = faster;
  few.of = static_cast<std::uint32_t>(slower.size());
  found.moment.evidence = {half_evidence(0, *half, quantile(first, 0.5)),
                           half_evidence(*half, view.finish(), quantile(second, 0.5)), few};
  return {found};
}

}  // namespace hs::moments
