#include "scoring/division.h"

#include <algorithm>

namespace hs::scoring {

namespace {

bool sex_fits(const model::Division& division, std::optional<model::Sex> sex) {
  if (!division.sex) return true;
  if (!sex) return false;
  const auto& more = division.more_sexes;
  return *division.sex == *sex || std::find(more.begin(), more.end(), *sex) != more.end();
}

}  // namespace

bool belongs(const model::Division& division, const model::Entrant& entrant) {
  if (!sex_fits(division, entrant.sex)) return false;
  if (division.mode && *division.mode != entrant.mode) return false;
  if (!division.age_min && !division.age_max) return true;
  if (!entrant.age) return false;
  return (!division.age_min || *entrant.age >= *division.age_min) &&
         (!division.age_max || *entrant.age <= *division.age_max);
}

bool belongs(const model::Race& race, std::string_view division, const model::Entrant& entrant) {
  return std::any_of(race.divisions.begin(), race.divisions.end(), [&](const model::Division& d) {
    return d.id == division && belongs(d, entrant);
  });
}

}  // namespace hs::scoring
