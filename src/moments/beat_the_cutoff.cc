#include <algorithm>
#include <cmath>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/integrity.h"

// Implementation notes: somebody is always the last to make a cut-off, and a margin alone is no
// moment. What is rare is to have been behind it: at the last mat before the line the pace until
// there would have missed it, and the rest was run faster, as few of the field did there. Seconds
// count from the line's clock to the instant of the event file.

namespace hs::moments {
namespace {

constexpr double kMostLeft = 60;  ///< Seconds between the line and the cut-off.
constexpr double kLeastRestMetres = 1000;
constexpr std::size_t kLeastField = 100;
/// One in eight ran the rest so much faster than before.
constexpr double kMostAlike = 1.0 / 8;
constexpr double kRareBits = 3;

/// The last mat that is far enough from the line to say anything.
std::optional<std::size_t> last_mat(const FieldView& view) {
  for (std::size_t column = view.finish(); column-- > 1;) {
    const double rest = view.metres[view.finish()] - view.metres[column];
    if (rest >= kLeastRestMetres && !view.deaf[column]) return column;
  }
  return std::nullopt;
}

/// Pace of the rest over the pace until there.
double rest_ratio(const FieldView& view, std::size_t row, std::size_t column) {
  return view.pace(row, column, view.finish()) / view.pace(row, 0, column);
}

struct Margin {
  double left = 0;        ///< Seconds.
  double would_take = 0;  ///< Seconds for the rest at the pace until there.
  double net_bits = 0;
  double valid = 0;
};

Found tell(const FieldView& view, std::size_t row, std::size_t column, const Margin& won) {
  Found found;
  found.moment = make_moment(view, model::MomentKind::BeatTheCutoff, {row}, view.finish(),
                             won.net_bits, won.valid);
  if (won.net_bits < kRareBits) put_on_shelf(found.moment);
  const double took = view.net_at(row, view.finish()) - view.net_at(row, column);
  found.minutes_order = whole_seconds(won.would_take - took);
  model::Evidence margin;
  margin.what = "cutoff";
  margin.to = view.point_name(view.finish());
  margin.bibs = {view.bib(row)};
  margin.seconds = whole_seconds(won.left);
  model::Evidence rest = stretch_evidence(view, row, column, view.finish());
  model::Evidence before;
  before.what = "at-the-pace-before";
  before.from = rest.from;
  before.to = rest.to;
  before.bibs = margin.bibs;
  before.seconds = whole_seconds(won.would_take);
  found.moment.evidence = {margin, rest, before, passing_evidence(view, row, view.finish())};
  return found;
}

}  // namespace

std::vector<Found> find_beaten_cutoffs(const FieldView& view) {
  const auto& closes = view.race_config().closes;
  const auto column = last_mat(view);
  if (!closes || !column) return {};
  const double cutoff = static_cast<double>((*closes - view.clock_zero).count()) * 1e-6;
  std::vector<double> ratios;
  std::vector<std::size_t> close;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double ratio = rest_ratio(view, row, *column);
    if (is_known(ratio)) ratios.push_back(ratio);
    const double left = cutoff - view.clock_at(row, view.finish());
    if (left >= 0 && left <= kMostLeft && is_known(ratio)) close.push_back(row);
  }
  if (ratios.size() < kLeastField) return {};
  std::sort(ratios.begin(), ratios.end());
  std::vector<Found> found;
  for (const std::size_t row : close) {
    const double rest = view.metres[view.finish()] - view.metres[*column];
    const double would_take = view.pace(row, 0, *column) * rest;
    const double left = cutoff - view.clock_at(row, view.finish());
    const double took = view.net_at(row, view.finish()) - view.net_at(row, *column);
    if (would_take <= took + left || view.telling[row] != Telling::All) continue;
    const auto alike =
        std::upper_bound(ratios.begin(), ratios.end(), rest_ratio(view, row, *column)) -
        ratios.begin();
    const double share = static_cast<double>(alike) / static_cast<double>(ratios.size());
    const double valid = validity_at(view, row, *column, would_take - took);
    if (share > kMostAlike || valid < kLeastValid) continue;
    const double net = net_bits(-std::log2(share), static_cast<double>(close.size()));
    found.push_back(tell(view, row, *column, {left, would_take, net, valid}));
  }
  return found;
}

}  // namespace hs::moments
