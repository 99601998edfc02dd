#include <algorithm>
#include <cmath>

#include "moments/detector.h"

// Implementation notes: told of the field and of the mat, never of who stood beside it. Only where
// the others heard nearly everybody, or it is the results that are thin and not the mat; and only
// of finishers, who passed every mat there is.

namespace hs::moments {
namespace {

constexpr double kMostHeard = 0.5;  ///< Of the finishers.
constexpr double kLeastOthers = 0.9;
constexpr std::size_t kLeastField = 50;

std::vector<std::size_t> heard_by_column(const FieldView& view) {
  std::vector<std::size_t> heard(view.columns(), 0);
  for (std::size_t row = 0; row < view.rows(); ++row) {
    for (std::size_t column = 1; column < view.columns(); ++column) {
      heard[column] += is_known(view.net_at(row, column)) ? 1u : 0u;
    }
  }
  return heard;
}

model::Evidence count_evidence(const FieldView& view, std::size_t column, std::size_t heard) {
  model::Evidence evidence;
  evidence.what = "heard";
  evidence.to = view.point_name(column);
  evidence.rank_in_field = static_cast<std::uint32_t>(heard);
  evidence.of = static_cast<std::uint32_t>(view.rows());
  return evidence;
}

}  // namespace

std::vector<Found> find_lost_mats(const FieldView& view) {
  if (view.rows() < kLeastField || view.columns() < 4) return {};
  const std::vector<std::size_t> heard = heard_by_column(view);
  const auto field = static_cast<double>(view.rows());
  std::size_t lost = 0;
  std::size_t fewest = 0;  // Of the others.
  std::size_t lost_ones = 0;
  for (std::size_t column = 1; column < view.finish(); ++column) {
    const auto share = static_cast<double>(heard[column]) / field;
    if (share <= kMostHeard) {
      lost = column;
      ++lost_ones;
    } else if (fewest == 0 || heard[column] < heard[fewest]) {
      fewest = column;
    }
  }
  if (lost_ones != 1 || fewest == 0) return {};
  if (static_cast<double>(heard[fewest]) < kLeastOthers * field) return {};
  Found found;
  found.moment = make_moment_of(view, model::MomentKind::LostMat, {}, lost, 0.0, 1.0);
  put_on_shelf(found.moment);
  found.minutes_order = static_cast<std::int64_t>(view.rows() - heard[lost]);
  found.moment.evidence = {count_evidence(view, lost, heard[lost]),
                           count_evidence(view, fewest, heard[fewest])};
  return {found};
}

}  // namespace hs::moments
