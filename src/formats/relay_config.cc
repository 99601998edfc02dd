#include "formats/relay_config.h"

#include <optional>
#include <string>

#include "formats/foot_records.h"
#include "model/relay.h"

namespace hs::formats {
namespace {

void check_legs(const RelayPlaces& places, Faults& faults, const model::Race& race) {
  for (const auto& [index, place] : places.points) {
    const model::Point& point = race.points[index];
    if (!places.is_relay) {
      faults.add("a leg in a race that is no relay", "kind = \"relay\" in its [[race]]", place);
    } else if (index == 0) {
      faults.add("a leg that ends at the start", "legs that end at points behind it", place);
    } else if (point.role != model::PointRole::Timed) {
      faults.add("a leg that ends at a spotter", "legs that end at timed points", place);
    }
    for (const auto& [other, first] : places.points) {
      if (other >= index || race.points[other].leg != point.leg) continue;
      faults.add("the leg '" + point.leg + "' a second time",
                 "another: line " + std::to_string(first.line) + " has it", place);
    }
  }
  if (!places.is_relay || race.points.empty() || !race.points.back().leg.empty()) return;
  faults.add("a relay whose finish ends no leg",
             "leg = \"1\" and so on at each [[race.point]] that ends a leg, the finish too",
             places.race);
}

std::optional<std::size_t> number_of(const std::vector<model::RelayLeg>& legs,
                                     const std::string& id) {
  for (std::size_t l = 0; l < legs.size(); ++l) {
    if (legs[l].id == id) return l;
  }
  return std::nullopt;
}

void check_mass_starts(const RelayPlaces& places, Faults& faults, const model::Race& race) {
  const std::vector<model::RelayLeg> legs = model::legs_of(race);
  for (const auto& [index, place] : places.waves) {
    const model::Wave& wave = race.waves[index];
    const auto leg = number_of(legs, wave.leg);
    if (!leg || *leg == 0) {
      faults.add("a mass start of leg '" + wave.leg + "'",
                 "a leg of the race behind the first, which has the gun of its wave", place);
      continue;
    }
    for (std::size_t w = 0; w < race.waves.size(); ++w) {
      const model::Wave& other = race.waves[w];
      if (!wave.gun || !other.gun || w == index) continue;
      const auto before = model::is_mass_start(other) ? number_of(legs, other.leg) : 0;
      if (!before || *before > *leg || *other.gun < *wave.gun) continue;
      faults.add("the gun of leg '" + wave.leg + "' at or before that of wave '" + other.id + "'",
                 "a mass start behind the gun of every leg before it", place);
    }
  }
  if (!places.waves.empty() && places.waves.size() == race.waves.size()) {
    faults.add("mass starts alone", "a [[race.wave]] without a leg: the gun of the first leg",
               places.race);
  }
}

}  // namespace

void settle_relay(const RelayPlaces& places, Faults& faults, model::Race& race) {
  check_legs(places, faults, race);
  check_mass_starts(places, faults, race);
  std::size_t from = 0;
  for (std::size_t p = 1; p < race.points.size() && places.is_relay; ++p) {
    model::Point& point = race.points[p];
    if (!point.fastest_given) {
      point.fastest =
          race.points[from].fastest + fastest_on_foot(point.distance - race.points[from].distance);
    }
    if (!point.leg.empty()) from = p;
  }
}

}  // namespace hs::formats
