#include "scoring/visits.h"

#include <algorithm>
#include <tuple>

// Implementation notes: a runner has a dozen sightings on a few mats, nearly always one mat after
// the other, so the open visit of a mat is found by walking back over the visits made so far: the
// newest of a mat is its open one.

namespace hs::scoring {
namespace {

auto order_of(const Sighting& s) {
  return std::tuple(s.time, s.mat.raw(), s.role, s.position, s.stream.raw(), s.fact.raw());
}

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

void sort_visits(std::vector<Visit>& visits) {
  const auto before = [](const Visit& a, const Visit& b) {
    return std::tuple(a.at, a.mat.raw()) < std::tuple(b.at, b.mat.raw());
  };
  if (!std::is_sorted(visits.begin(), visits.end(), before)) {
    std::stable_sort(visits.begin(), visits.end(), before);
  }
}

void make_visits(std::span<const Sighting> sightings, base::Duration gap,
                 base::Duration pair_window, std::vector<Visit>& visits) {
  visits.clear();
  for (std::uint32_t i = 0; i < sightings.size(); ++i) {
    const Sighting& s = sightings[i];
    const auto open = std::find_if(visits.rbegin(), visits.rend(),
                                   [&](const Visit& visit) { return belongs(s, visit); });
    if (open != visits.rend()) {
      const bool is_better = s.role < sightings[open->counted].role;
      const bool joins = s.time - sightings[open->end - 1].time < gap &&
                         (!is_better || s.time - sightings[open->first].time <= pair_window);
      if (joins) {
        open->end = i + 1;
        if (is_better) {
          open->at = s.time;
          open->counted = i;
        }
        continue;
      }
    }
    visits.push_back({s.time, s.mat, i, i, i + 1, std::nullopt, s.legs});
  }
  sort_visits(visits);
}

std::optional<std::uint32_t> start_sighting(const Visit& visit, std::span<const Sighting> sightings,
                                            base::RaceTime from, base::RaceTime until) {
  std::optional<std::uint32_t> best;
  for (std::uint32_t index = visit.first; index < visit.end; ++index) {
    const Sighting& s = sightings[index];
    if (!belongs(s, visit) || s.time < from || s.time > until) continue;
    // Later ones of the same role win; a worse role never does.
    if (!best || s.role <= sightings[*best].role) best = index;
  }
  return best;
}

}  // namespace hs::scoring
