#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/expectation.h"
#include "moments/integrity.h"
#include "moments/second_half.h"
#include "moments/shared.h"

// Implementation notes: the leakiest kind, since a stop in the first half makes a fast second one.
// So no stretch of the first half may be slower than a quarter over the runner's base, and the
// bits asked for are double those of other kinds.

namespace hs::moments {
namespace {

/// "A day when few do": at most this share of the field.
constexpr double kMostNegative = 0.1;
constexpr double kMostFirstHalf = 1.25;
constexpr double kLeastNetBits = 6;

bool is_negative(const FieldView& view, std::size_t row, std::size_t half) {
  return view.pace(row, half, view.finish()) < view.pace(row, 0, half);
}

/// False where some stretch of the first half was far slower than the rest of it.
bool steady_first_half(const FieldView& view, std::size_t row, std::size_t half) {
  std::vector<double> paces;
  std::size_t from = 0;
  for (std::size_t column = 1; column <= half; ++column) {
    if (!is_known(view.net_at(row, column))) continue;
    const bool last = column == half;
    if (view.metres[column] - view.metres[from] < kLeastStretchMetres && !last) continue;
    paces.push_back(view.pace(row, from, column));
    from = column;
  }
  const double base = std::min(quantile(paces, 0.5), view.pace(row, 0, view.finish()));
  return std::all_of(paces.begin(), paces.end(),
                     [&](double pace) { return pace <= kMostFirstHalf * base; });
}

struct Day {
  std::uint32_t negative = 0;
  std::uint32_t timed = 0;
};

Day count_day(const FieldView& view, std::size_t half) {
  Day day;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!is_known(view.net_at(row, half))) continue;
    ++day.timed;
    day.negative += is_negative(view, row, half) ? 1u : 0u;
  }
  return day;
}

Found tell(const FieldView& view, std::size_t row, const RestRule& rest,
           const RestRule::Judged& judged, double net, double valid) {
  const std::size_t half = rest.from;
  const Day day = count_day(view, half);
  const double first = view.net_at(row, half);
  const double second = view.net_at(row, view.finish()) - first;
  Found found;
  found.moment = make_moment(view, model::MomentKind::NegativeSplit, {row}, half, net, valid);
  found.minutes_order = whole_seconds(judged.expected - second);
  model::Evidence interval;
  interval.what = "interval";
  interval.from = view.point_name(half);
  interval.to = view.point_name(view.finish());
  interval.bibs = {view.bib(row)};
  interval.seconds = whole_seconds(second);
  interval.expected_seconds = whole_seconds(judged.expected);
  interval.expected_least = whole_seconds(judged.expected * std::exp(judged.scale * rest.z_least));
  interval.expected_most = whole_seconds(judged.expected * std::exp(judged.scale * rest.z_most));
  interval.given = "all points to " + view.point_name(half);
  interval.reads = view.reads(row, std::array{half, view.finish()});
  model::Evidence share;
  share.what = "negative-splits";
  share.to = view.point_name(half);
  share.rank_in_field = day.negative;
  share.of = day.timed;
  found.moment.evidence = {interval, passing_evidence(view, row, half),
                           passing_evidence(view, row, view.finish()), share};
  return found;
}

}  // namespace

std::optional<SecondHalf> fit_second_half(const FieldView& view) {
  const auto half = half_of(view);
  if (!half) return std::nullopt;
  const Day day = count_day(view, *half);
  if (day.negative > kMostNegative * day.timed) return std::nullopt;
  const auto rest = fit_rest(view, *half);
  if (!rest) return std::nullopt;
  std::vector<double> faster;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (const auto judged = rest->judge(view, row)) faster.push_back(-judged->z);
  }
  const auto tail = fit_body_tail(faster);
  if (!tail) return std::nullopt;
  return SecondHalf{*rest, *tail};
}

std::optional<Found> judge_second_half(const FieldView& view, const SecondHalf& day,
                                       std::size_t row) {
  const std::size_t half = day.rest.from;
  if (view.telling[row] == Telling::Nothing || !is_negative(view, row, half)) return std::nullopt;
  const auto judged = day.rest.judge(view, row);
  if (!judged) return std::nullopt;
  const double net = net_bits(day.tail.bits(-judged->z), static_cast<double>(day.rest.judged));
  if (net < kLeastNetBits || !steady_first_half(view, row, half)) return std::nullopt;
  const double took = view.net_at(row, view.finish()) - view.net_at(row, half);
  const double valid = validity_at(view, row, half, std::abs(took - judged->expected));
  if (valid < kLeastValid) return std::nullopt;
  return tell(view, row, day.rest, *judged, net, valid);
}

std::vector<Found> find_negative_splits(const FieldView& view) {
  const auto& day = view.memo.shared().second_half = fit_second_half(view);
  if (!day) return {};
  std::vector<Found> found;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (auto one = judge_second_half(view, *day, row)) found.push_back(std::move(*one));
  }
  return found;
}

std::vector<Found> judge_negative_split(const FieldView& view, const Shared& day, std::size_t row) {
  if (!day.second_half) return {};
  auto one = judge_second_half(view, *day.second_half, row);
  return one ? std::vector{std::move(*one)} : std::vector<Found>{};
}

}  // namespace hs::moments
