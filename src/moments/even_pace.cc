#include <algorithm>
#include <cmath>
#include <optional>

#include "moments/detector.h"
#include "moments/integrity.h"

// Implementation notes: the range between the slowest and the fastest stretch, since that is what
// a reader can check; a deviation would hide one bad stretch. Somebody's range is the smallest in
// every race, so it stays on the shelf whatever its bits. Only runners whom every mat heard are
// compared: a missed mat joins two stretches, and a longer stretch is more even for being longer.

namespace hs::moments {
namespace {

constexpr std::size_t kLeastStretches = 5;
constexpr std::size_t kLeastField = 100;
/// A range wider than this is not even, be it the smallest of the day.
constexpr double kMostRatio = 1.05;
/// A mat whose clock may be off by more than this says nothing of seconds a kilometre.
constexpr double kMostDoubt = 1.0;

struct Stretch {
  std::size_t from = 0;
  std::size_t to = 0;
};

/// The course in stretches of two kilometres or more, from the mats that hear.
std::vector<Stretch> stretches_of(const FieldView& view) {
  std::vector<Stretch> found;
  std::size_t from = 0;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    const bool hears = !view.deaf[column] && view.clock_doubt[column] <= kMostDoubt;
    if (!hears || view.metres[column] - view.metres[from] < kLeastStretchMetres) continue;
    found.push_back({from, column});
    from = column;
  }
  if (!found.empty()) found.back().to = view.finish();
  return found;
}

struct Range {
  std::size_t row = 0;
  double log_ratio = 0;
  Stretch fastest, slowest;
};

std::optional<Range> range_of(const FieldView& view, std::size_t row,
                              const std::vector<Stretch>& stretches) {
  Range range;
  range.row = row;
  double least = kNoTime;
  double most = kNoTime;
  for (const Stretch& s : stretches) {
    const double pace = view.pace(row, s.from, s.to);
    if (!(pace > 0)) return std::nullopt;
    if (!(pace >= least)) {
      least = pace;
      range.fastest = s;
    }
    if (!(pace <= most)) {
      most = pace;
      range.slowest = s;
    }
  }
  range.log_ratio = std::log(most / least);
  return range;
}

}  // namespace

std::vector<Found> find_even_paces(const FieldView& view) {
  const std::vector<Stretch> stretches = stretches_of(view);
  if (stretches.size() < kLeastStretches) return {};
  std::optional<Range> best;
  std::uint32_t compared = 0;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const auto range = range_of(view, row, stretches);
    if (!range) continue;
    ++compared;
    if (!best || range->log_ratio < best->log_ratio) best = range;
  }
  if (!best || compared < kLeastField || best->log_ratio > std::log(kMostRatio)) return {};
  if (view.telling[best->row] == Telling::Nothing) return {};
  Found found;
  found.moment =
      make_superlative(view, model::MomentKind::EvenPace, best->row, view.finish(), 0.0, 1.0);
  model::Evidence slowest = stretch_evidence(view, best->row, best->slowest.from, best->slowest.to);
  model::Evidence count;
  count.what = "stretches";
  count.to = view.point_name(view.finish());
  count.rank_in_field = static_cast<std::uint32_t>(stretches.size());
  count.of = compared;
  found.moment.evidence = {stretch_evidence(view, best->row, best->fastest.from, best->fastest.to),
                           slowest, passing_evidence(view, best->row, view.finish()), count};
  return {found};
}

}  // namespace hs::moments
