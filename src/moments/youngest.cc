#include <algorithm>
#include <functional>
#include <optional>

#include "moments/ages.h"
#include "moments/detector.h"
#include "moments/integrity.h"

// Implementation notes: as `oldest`, from the other end. A minor is never told as the youngest; and
// where the youngest is one, nobody is, since the next is not. Two of one age are no youngest.

namespace hs::moments {

std::vector<Found> find_youngest(const FieldView& view) {
  if (!publishes_ages(*view.results)) return {};
  std::vector<double> ages;
  std::optional<std::size_t> youngest;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (!is_known(view.age[row])) continue;
    ages.push_back(view.age[row]);
    if (!youngest || view.age[row] < view.age[*youngest]) youngest = row;
  }
  if (!youngest || ages.size() < kLeastAges) return {};
  const double age = view.age[*youngest];
  if (is_minor(view.results->entrants[view.people[*youngest].raw()])) return {};
  if (view.telling[*youngest] == Telling::Nothing) return {};
  if (std::count(ages.begin(), ages.end(), age) > 1) return {};
  if (is_anybody_running_aged(view, 0, age)) return {};
  const double valid = validity_at(view, *youngest, view.finish(), 0.0);
  if (valid < kLeastValid) return {};
  for (double& value : ages) value = -value;
  Found found;
  found.moment = make_superlative(view, model::MomentKind::Youngest, *youngest, view.finish(),
                                  gap_bits(ages), valid);
  found.minutes_order = whole_seconds(view.net_at(*youngest, view.finish()));
  std::nth_element(ages.begin(), ages.begin() + 1, ages.end(), std::greater<>());
  model::Evidence years;
  years.what = "age";
  years.to = view.point_name(view.finish());
  years.bibs = {view.bib(*youngest)};
  years.years = static_cast<int>(age);
  years.next_years = static_cast<int>(-std::min(ages[0], ages[1]));
  years.of = static_cast<std::uint32_t>(ages.size());
  found.moment.evidence = {years, passing_evidence(view, *youngest, view.finish())};
  return {found};
}

}  // namespace hs::moments
