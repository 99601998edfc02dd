#include "model/relay.h"

#include <algorithm>

namespace hs::model {

std::vector<RelayLeg> legs_of(const Race& race) {
  std::vector<RelayLeg> legs;
  for (std::size_t p = 1; p < race.points.size(); ++p) {
    if (race.points[p].leg.empty()) continue;
    legs.push_back({race.points[p].leg, legs.empty() ? 0 : legs.back().to, p});
  }
  return legs;
}

bool is_relay(const Race& race) {
  return std::any_of(race.points.begin(), race.points.end(),
                     [](const Point& point) { return !point.leg.empty(); });
}

std::optional<base::RaceTime> mass_start_of(const Race& race, const std::vector<RelayLeg>& legs,
                                            std::size_t leg) {
  std::optional<base::RaceTime> first;
  for (std::size_t l = leg; l < legs.size(); ++l) {
    for (const Wave& wave : race.waves) {
      if (wave.leg != legs[l].id || !wave.gun) continue;
      if (!first || *wave.gun < *first) first = wave.gun;
    }
  }
  return first;
}

}  // namespace hs::model
