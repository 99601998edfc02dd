#include "moments/assistance.h"

#include <algorithm>

#include "scoring/rule_set.h"

namespace hs::moments {

bool may_tell_help(const model::EventResults& results, model::RaceId race,
                   std::span<const model::EntrantId> people) {
  const model::Race& config = results.event.races[race.raw()];
  if (scoring::rule_set(config.rules).assistance == nullptr) return true;
  return std::all_of(people.begin(), people.end(), [&](model::EntrantId id) {
    const model::BibNumber& bib = results.entrants[id.raw()].bib;
    return std::any_of(results.rulings.begin(), results.rulings.end(),
                       [&](const model::Ruling& one) {
                         return one.ruling.race == config.id && one.ruling.bib == bib &&
                                scoring::names_assistance(config.rules, one.ruling.clause);
                       });
  });
}

}  // namespace hs::moments
