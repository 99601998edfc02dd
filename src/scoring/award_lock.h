#pragma once

#include <vector>

#include "model/result.h"

namespace hs::scoring {

/// Says of every prize list in `awards`, winners by `results`, whether it is locked: the race is
/// closed, or every prize is taken and nobody on the course, or still to start, could beat the last
/// one even at `fastest` from where they were seen last. Else who could, and until when.
///
/// A list whose prizes depend on another one (`one_prize`, `exclude_winners_of`) is not locked
/// before that one is. The present is the latest passing of the event: nobody finishes before it.
/// Rulings are not foreseen: a locked award can still change by one.
void add_locks(const model::EventResults& results, std::vector<model::AwardWinners>& awards);

}  // namespace hs::scoring
