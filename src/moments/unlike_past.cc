#include <algorithm>
#include <cmath>

#include "moments/body_tail.h"
#include "moments/earlier.h"
#include "moments/oddity_finders.h"

namespace hs::moments {
namespace {

constexpr std::size_t kLeastRaces = 3;  ///< Before a best says something.
/// How often a result is somebody else's under this name, before anything is known of it.
constexpr double kOtherPrior = 1e-3;
/// Somebody else's gain on the best is anything up to this, as a log ratio.
constexpr double kMostGain = 0.5;

struct Gain {
  std::size_t row = 0;
  double gain = 0;  ///< Log of the best over the finish.
  double best = 0;  ///< Seconds.
  double sure = 1;  ///< That the earlier results are this runner's.
  std::size_t races = 0;
};

std::vector<Gain> gains_of(const FieldView& view) {
  const Earlier earlier(view);
  std::vector<Gain> out;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const auto alike = earlier.alike(row);
    if (alike.size() < kLeastRaces || earlier.has_unknown_times(row)) continue;
    Gain one;
    one.row = row;
    one.races = alike.size();
    for (const model::PastResult* result : alike) {
      const double seconds = static_cast<double>(result->time->count()) * 1e-6;
      one.best = one.best > 0 ? std::min(one.best, seconds) : seconds;
      one.sure = std::min(one.sure, result->sure);
    }
    one.gain = std::log(one.best / view.net_at(row, view.finish()));
    out.push_back(one);
  }
  return out;
}

}  // namespace

std::vector<Oddity> find_unlike_past(const FieldView& view) {
  const std::vector<Gain> gains = gains_of(view);
  std::vector<double> values;
  for (const Gain& one : gains) values.push_back(one.gain);
  const auto tail = fit_body_tail(values);
  std::vector<Oddity> out;
  if (!tail) return out;
  const double day = quantile(std::move(values), 0.5);
  for (const Gain& one : gains) {
    const double bits = tail->bits(one.gain);
    if (!(bits > 0) || one.gain - day > kMostGain) continue;
    const double by_chance = std::exp2(-bits) / tail->middle().scale;
    const double odds = kOtherPrior / kMostGain / by_chance;
    Oddity oddity;
    oddity.likelihood = one.sure * odds / (1 + odds);
    if (oddity.likelihood < kLeastListed) continue;
    oddity.kind = OddityKind::UnlikePast;
    oddity.race = view.race;
    oddity.runner = view.people[one.row];
    oddity.from = view.points.front();
    oddity.to = view.points.back();
    oddity.took = base::Duration(std::llround(view.net_at(one.row, view.finish()) * 1e6));
    oddity.expected = base::Duration(std::llround(one.best * std::exp(-day) * 1e6));
    oddity.mats = static_cast<std::uint32_t>(one.races);
    out.push_back(std::move(oddity));
  }
  return out;
}

}  // namespace hs::moments
