#include "moments/assistance.h"

#include <algorithm>

#include "scoring/rule_set.h"

namespace hs::moments {

bool may_tell_help(const model::EventResults& results, model::RaceId race,
                   std::span<const model::EntrantId> people) {
  const model::Race& config = results.event.races[race.raw()];
  const scoring::RuleSetEntry& book = scoring::rule_set_of(config);
  if (book.assistance == nullptr) return true;
  return std::all_of(people.begin(), people.end(), [&](model::EntrantId id) {
    const model::BibNumber& bib = results.entrants[id.raw()].bib;
    return std::any_of(
        results.rulings.begin(), results.rulings.end(), [&](const model::Ruling& one) {
          if (one.ruling.race != config.id) return false;
          const auto& helpers = one.ruling.with;
          if (one.ruling.kind == model::RulingFact::Kind::Assisted) {
            return one.ruling.bib == bib ||
                   std::find(helpers.begin(), helpers.end(), bib) != helpers.end();
          }
          return one.ruling.bib == bib && scoring::names_assistance(book, one.ruling.clause);
        });
  });
}

}  // namespace hs::moments
