#pragma once

#include <string>

#include "history/cup_table.h"
#include "present/colour.h"

namespace hs::present {

/// A cup's table for a terminal: who is placed, then how many are not, then what the organiser
/// should look at. Scores that do not count are in brackets.
[[nodiscard]] std::string cup_text(const history::CupTable& table, Colour colour);

/// The table as CSV: `place,name,bib,sex,division,club,total,complete`, then one column a race of
/// the cup, a score that does not count in brackets. Times as
/// h:mm:ss.mmm.
[[nodiscard]] std::string cup_csv(const history::CupTable& table);

/// The table as JSON: the cup, its races, its people with every score.
[[nodiscard]] std::string cup_json(const history::CupTable& table);

}  // namespace hs::present
