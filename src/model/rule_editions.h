#pragma once

#include <array>
#include <string>
#include <string_view>

#include "model/event.h"

namespace hs::model {

/// An edition of a rule book, called by the year from which on it holds ("1" for a house rule).
struct RuleEdition {
  RuleSet rules;
  const char* edition;
};

/// Every edition that this program knows, in the order of the enumeration, older editions first.
/// What each of them says is the table of scoring, which has a row for each and no other.
inline constexpr std::array kRuleEditions = {
    RuleEdition{RuleSet::WaRoad, "2024"},
    RuleEdition{RuleSet::UsatfRoad, "2024"},
    RuleEdition{RuleSet::WaTrack, "2024"},
    RuleEdition{RuleSet::NfhsTrack, "2016"},
    RuleEdition{RuleSet::NfhsTrack, "2017"},
    RuleEdition{RuleSet::NfhsTrack, "2020"},
    RuleEdition{RuleSet::NfhsTrack, "2024"},
    RuleEdition{RuleSet::NfhsXc, "2016"},
    RuleEdition{RuleSet::NfhsXc, "2017"},
    RuleEdition{RuleSet::NfhsXc, "2020"},
    RuleEdition{RuleSet::NfhsXc, "2024"},
    RuleEdition{RuleSet::NcaaXc, "2024"},
    RuleEdition{RuleSet::WaXc, "2024"},
    RuleEdition{RuleSet::WorldTriathlon, "2016"},
    RuleEdition{RuleSet::WorldTriathlon, "2017"},
    RuleEdition{RuleSet::WorldTriathlon, "2024"},
    RuleEdition{RuleSet::Open, "1"},
};

/// "2016, 2017, 2020, 2024": the editions of `rules` that are known.
[[nodiscard]] std::string known_editions(RuleSet rules);

/// True where a race of `year` can be held under `edition`: it is one of those known, or a year
/// behind the oldest and up to `year`, which was held under the newest that is not newer. A house
/// rule has no such years.
[[nodiscard]] bool is_known_edition(RuleSet rules, std::string_view edition, int year);

}  // namespace hs::model
