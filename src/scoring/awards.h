#pragma once

#include <vector>

#include "model/result.h"

namespace hs::scoring {

/// Winner lists of all awards of all races, in the order of the event file; `division = "*"` gives
/// one list a division. Whoever may not take a prize is passed over and the places close up: a
/// winner of an award named in `exclude_winners_of`, and under the race's `one_prize` everybody who
/// keeps another prize. Ties share; all who share the last prize are listed.
[[nodiscard]] std::vector<model::AwardWinners> award_winners(const model::EventResults& results);

}  // namespace hs::scoring
