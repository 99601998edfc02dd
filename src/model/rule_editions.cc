#include "model/rule_editions.h"

#include <algorithm>

namespace hs::model {
namespace {

/// Four digits: years of four digits are in order as texts.
bool is_year(std::string_view text) {
  return text.size() == 4 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string known_editions(RuleSet rules) {
  std::string out;
  for (const RuleEdition& known : kRuleEditions) {
    if (known.rules != rules) continue;
    if (!out.empty()) out += ", ";
    out += known.edition;
  }
  return out;
}

bool is_known_edition(RuleSet rules, std::string_view edition, int year) {
  const bool may_be_between = is_year(edition) && edition <= std::to_string(year);
  return std::any_of(kRuleEditions.begin(), kRuleEditions.end(), [&](const RuleEdition& known) {
    if (known.rules != rules) return false;
    return known.edition == edition ||
           (may_be_between && is_year(known.edition) && known.edition <= edition);
  });
}

}  // namespace hs::model
