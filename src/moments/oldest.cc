#include <algorithm>
#include <functional>
#include <optional>

#include "moments/detector.h"
#include "moments/integrity.h"

// Implementation notes: ages come from an entry list that people typed. An age nobody reached at
// the end of such a race is a typing error, and then who was the oldest is not known: nobody is
// told. The same where the oldest may not be told: the next one is not the oldest.

namespace hs::moments {
namespace {

constexpr double kLeastAge = 70;
/// The oldest marathoner anybody has timed was 101.
constexpr double kMostAge = 101;
constexpr std::size_t kLeastKnown = 100;  ///< Ages, to speak of the oldest of a field.

bool is_age_published(const FieldView& view) {
  const auto& columns = view.results->event.publish_columns;
  return std::find(columns.begin(), columns.end(), "age") != columns.end();
}

}  // namespace

std::vector<Found> find_oldest(const FieldView& view) {
  if (!is_age_published(view)) return {};
  std::vector<double> ages;
  std::optional<std::size_t> oldest;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!is_known(view.age[row])) continue;
    ages.push_back(view.age[row]);
    if (!oldest || view.age[row] > view.age[*oldest]) oldest = row;
  }
  if (!oldest || ages.size() < kLeastKnown || view.telling[*oldest] == Telling::Nothing) return {};
  const double age = view.age[*oldest];
  if (age < kLeastAge || age > kMostAge) return {};
  if (std::count(ages.begin(), ages.end(), age) > 1) return {};
  const double valid = validity_at(view, *oldest, view.finish(), 0.0);
  if (valid < kLeastValid) return {};
  Found found;
  found.moment = make_superlative(view, model::MomentKind::Oldest, *oldest, view.finish(),
                                  gap_bits(ages), valid);
  found.minutes_order = whole_seconds(view.net_at(*oldest, view.finish()));
  std::nth_element(ages.begin(), ages.begin() + 1, ages.end(), std::greater<>());
  model::Evidence years;
  years.what = "age";
  years.to = view.point_name(view.finish());
  years.bibs = {view.bib(*oldest)};
  years.years = static_cast<int>(age);
  years.next_years = static_cast<int>(std::min(ages[0], ages[1]));
  years.of = static_cast<std::uint32_t>(ages.size());
  found.moment.evidence = {years, passing_evidence(view, *oldest, view.finish())};
  return {found};
}

}  // namespace hs::moments
