#include "scoring/division.h"

namespace hs::scoring {

bool belongs(const model::Division& division, const model::Entrant& entrant) {
  if (division.sex && division.sex != entrant.sex) return false;
  if (division.mode && *division.mode != entrant.mode) return false;
  if (!division.age_min && !division.age_max) return true;
  if (!entrant.age) return false;
  return (!division.age_min || *entrant.age >= *division.age_min) &&
         (!division.age_max || *entrant.age <= *division.age_max);
}

}  // namespace hs::scoring
