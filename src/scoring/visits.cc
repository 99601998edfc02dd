#include "scoring/visits.h"

#include <algorithm>
#include <tuple>

// Implementation notes: a runner has a dozen sightings on a few mats, so the open visit of each
// mat is found by walking back over the visits made so far.

namespace hs::scoring {
namespace {

auto order_of(const Sighting& s) {
  return std::tuple(s.time, s.mat.raw(), s.role, s.position, s.stream.raw(), s.fact.raw());
}

/// A visit still open: `roles` are judged while reads come in.
struct Open {
  std::size_t visit = 0;
  MatIndex mat;
  base::RaceTime first;
  base::RaceTime last;
  model::ReadRole best = model::ReadRole::Manual;
};

}  // namespace

void sort_sightings(std::vector<Sighting>& sightings) {
  const auto before = [](const Sighting& a, const Sighting& b) {
    if (a.time != b.time) return a.time < b.time;
    return order_of(a) < order_of(b);
  };
  if (!std::is_sorted(sightings.begin(), sightings.end(), before)) {
    std::sort(sightings.begin(), sightings.end(), before);
  }
}

std::vector<Visit> make_visits(std::span<const Sighting> sightings, base::Duration gap,
                               base::Duration pair_window) {
  std::vector<Visit> visits;
  std::vector<Open> open;
  for (std::uint32_t i = 0; i < sightings.size(); ++i) {
    const Sighting& s = sightings[i];
    auto found =
        std::find_if(open.begin(), open.end(), [&](const Open& o) { return o.mat == s.mat; });
    const bool is_better = found != open.end() && s.role < found->best;
    const bool joins = found != open.end() && s.time - found->last < gap &&
                       (!is_better || s.time - found->first <= pair_window);
    if (joins) {
      Visit& visit = visits[found->visit];
      visit.sightings.push_back(i);
      found->last = s.time;
      if (is_better) {
        visit.at = s.time;
        visit.counted = i;
        found->best = s.role;
      }
      continue;
    }
    visits.push_back({s.time, s.mat, i, {i}, std::nullopt});
    const Open fresh{visits.size() - 1, s.mat, s.time, s.time, s.role};
    if (found != open.end()) {
      *found = fresh;
    } else {
      open.push_back(fresh);
    }
  }
  std::stable_sort(visits.begin(), visits.end(), [](const Visit& a, const Visit& b) {
    return std::tuple(a.at, a.mat.raw()) < std::tuple(b.at, b.mat.raw());
  });
  return visits;
}

std::optional<std::uint32_t> start_sighting(const Visit& visit, std::span<const Sighting> sightings,
                                            base::RaceTime from, base::RaceTime until) {
  std::optional<std::uint32_t> best;
  for (const std::uint32_t index : visit.sightings) {
    const Sighting& s = sightings[index];
    if (s.time < from || s.time > until) continue;
    // Later ones of the same role win; a worse role never does.
    if (!best || s.role <= sightings[*best].role) best = index;
  }
  return best;
}

}  // namespace hs::scoring
