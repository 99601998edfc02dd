#include "present/shown_name.h"

#include "present/sentences.h"

namespace hs::present {

std::string shown_name(const model::EventResults& results, model::EntrantId id, Language language) {
  const model::Entrant& entrant = results.entrants[id.raw()];
  const std::string& name = results.persons[id.raw()].name;
  if (!entrant.is_private && !name.empty()) return name;
  return Sentences(language).bib(entrant.bib.view());
}

std::string shown_name(const model::EventResults& results, model::EntrantId id) {
  return shown_name(results, id, language_of(results.event));
}

}  // namespace hs::present
