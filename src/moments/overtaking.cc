#include <algorithm>
#include <optional>

#include "moments/detector.h"
#include "moments/integrity.h"

// Implementation notes: places are among the finishers both points heard, by net time, so that
// nobody gains a place because somebody else stopped or was missed. The most places won are
// somebody's in every race: the gap to the second decides whether it is rare.

namespace hs::moments {
namespace {

/// "Late" is the last point before this share of the course: 35K of a marathon.
constexpr double kLateShare = 0.85;
constexpr double kLateFrom = 0.5;
/// Fewer places than this share of the field are no story.
constexpr double kLeastShare = 0.1;
constexpr std::size_t kLeastPlaces = 50;

std::optional<std::size_t> late_point(const FieldView& view) {
  const double course = view.metres[view.finish()];
  for (std::size_t column = view.finish(); column-- > 1;) {
    if (view.metres[column] > kLateShare * course || view.deaf[column]) continue;
    if (view.metres[column] < kLateFrom * course) break;
    return column;
  }
  return std::nullopt;
}

/// Place by net time at one column, from 1, among `rows`; equal times share the better one.
std::vector<std::uint32_t> places_at(const FieldView& view, const std::vector<std::size_t>& rows,
                                     std::size_t column) {
  std::vector<double> sorted;
  for (const std::size_t row : rows) sorted.push_back(view.net_at(row, column));
  std::vector<double> times = sorted;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> places;
  for (const double time : times) {
    const auto before = std::lower_bound(sorted.begin(), sorted.end(), time) - sorted.begin();
    places.push_back(static_cast<std::uint32_t>(before) + 1);
  }
  return places;
}

model::Evidence place_evidence(const FieldView& view, std::size_t row, std::size_t column,
                               std::uint32_t place, std::size_t of) {
  model::Evidence evidence;
  evidence.what = "place";
  evidence.to = view.point_name(column);
  evidence.bibs = {view.bib(row)};
  evidence.rank_in_field = place;
  evidence.of = static_cast<std::uint32_t>(of);
  return evidence;
}

}  // namespace

std::vector<Found> find_overtakings(const FieldView& view) {
  const auto from = late_point(view);
  if (!from) return {};
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (is_known(view.net_at(row, *from))) rows.push_back(row);
  }
  const std::vector<std::uint32_t> earlier = places_at(view, rows, *from);
  const std::vector<std::uint32_t> at_finish = places_at(view, rows, view.finish());
  std::vector<double> won;
  std::optional<std::size_t> most;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    won.push_back(static_cast<double>(earlier[i]) - static_cast<double>(at_finish[i]));
    // Only somebody whose times hold can have won the most; a swapped chip wins thousands.
    if (most && won[i] <= won[*most]) continue;
    if (validity_at(view, rows[i], *from, won[i]) >= 1.0) most = i;
  }
  if (!most || view.telling[rows[*most]] == Telling::Nothing) return {};
  const double least =
      std::max(static_cast<double>(kLeastPlaces), kLeastShare * static_cast<double>(rows.size()));
  if (won[*most] < least) return {};
  const std::size_t row = rows[*most];
  const bool is_largest = *std::max_element(won.begin(), won.end()) == won[*most];
  Found found;
  found.moment = make_superlative(view, model::MomentKind::Overtaking, row, *from,
                                  is_largest ? gap_bits(won) : 0.0, 1.0);
  found.minutes_order = static_cast<std::int64_t>(won[*most]);
  found.moment.evidence = {place_evidence(view, row, *from, earlier[*most], rows.size()),
                           place_evidence(view, row, view.finish(), at_finish[*most], rows.size()),
                           stretch_evidence(view, row, *from, view.finish()),
                           passing_evidence(view, row, view.finish())};
  return {found};
}

}  // namespace hs::moments
