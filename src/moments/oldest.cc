#include <algorithm>
#include <functional>
#include <optional>

#include "moments/ages.h"
#include "moments/detector.h"
#include "moments/integrity.h"

// Implementation notes: ages come from an entry list that people typed. An age nobody reached at
// the end of such a race is a typing error, and then who was the oldest is not known: nobody is
// told. The same where the oldest may not be told: the next one is not the oldest. Behind the
// oldest stand the next nine of seventy and more, with how many were older, for their own pages: no
// story is made of them.

namespace hs::moments {
namespace {

constexpr double kLeastAge = 70;
/// The oldest marathoner anybody has timed was 101.
constexpr double kMostAge = 101;
constexpr std::size_t kShelf = 10;

model::Evidence age_evidence(const FieldView& view, std::size_t row, std::size_t known) {
  model::Evidence years;
  years.what = "age";
  years.to = view.point_name(view.finish());
  years.bibs = {view.bib(row)};
  years.years = static_cast<int>(view.age[row]);
  years.of = static_cast<std::uint32_t>(known);
  return years;
}

/// Those behind the oldest, by age; equal ages by row.
void add_next(const FieldView& view, std::size_t oldest, std::size_t known,
              std::vector<Found>& found) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (row != oldest && view.age[row] >= kLeastAge) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return view.age[a] > view.age[b]; });
  for (std::size_t i = 0; i < std::min(rows.size(), kShelf - 1); ++i) {
    const std::size_t row = rows[i];
    if (view.telling[row] == Telling::Nothing) continue;
    const double valid = validity_at(view, row, view.finish(), 0.0);
    if (valid < kLeastValid) continue;
    const auto older = 1 + std::count_if(rows.begin(), rows.end(), [&](std::size_t other) {
                         return view.age[other] > view.age[row];
                       });
    Found one;
    one.moment = make_moment(view, model::MomentKind::Oldest, {row}, view.finish(), 0.0, valid);
    one.moment.on_shelf = true;
    one.minutes_order = whole_seconds(view.age[row]);
    one.moment.evidence = {age_evidence(view, row, known),
                           passing_evidence(view, row, view.finish())};
    one.moment.evidence[0].rank_in_field = static_cast<std::uint32_t>(older) + 1;
    found.push_back(std::move(one));
  }
}

}  // namespace

std::vector<Found> find_oldest(const FieldView& view) {
  if (!publishes_ages(*view.results)) return {};
  std::vector<double> ages;
  std::optional<std::size_t> oldest;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!is_known(view.age[row])) continue;
    ages.push_back(view.age[row]);
    if (!oldest || view.age[row] > view.age[*oldest]) oldest = row;
  }
  if (!oldest || ages.size() < kLeastAges || view.telling[*oldest] == Telling::Nothing) return {};
  const double age = view.age[*oldest];
  if (age < kLeastAge || age > kMostAge) return {};
  if (std::count(ages.begin(), ages.end(), age) > 1) return {};
  if (is_anybody_running_aged(view, age, kMostAge)) return {};
  const double valid = validity_at(view, *oldest, view.finish(), 0.0);
  if (valid < kLeastValid) return {};
  Found found;
  found.moment = make_superlative(view, model::MomentKind::Oldest, *oldest, view.finish(),
                                  gap_bits(ages), valid);
  found.minutes_order = whole_seconds(view.net_at(*oldest, view.finish()));
  std::nth_element(ages.begin(), ages.begin() + 1, ages.end(), std::greater<>());
  model::Evidence years = age_evidence(view, *oldest, ages.size());
  years.next_years = static_cast<int>(std::min(ages[0], ages[1]));
  found.moment.evidence = {years, passing_evidence(view, *oldest, view.finish())};
  std::vector<Found> all = {std::move(found)};
  add_next(view, *oldest, ages.size(), all);
  return all;
}

}  // namespace hs::moments
