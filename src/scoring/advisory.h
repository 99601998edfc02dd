#pragma once

#include "model/result.h"
#include "scoring/scorer_state.h"

namespace hs::scoring {

/// The advisory fold: fills `missed`, `mats`, `streams`, `clocks` and `attention` of `results`
/// from the field as it stands. It never feeds back into an official value.
///
/// Ids written are the scorer's; the caller renumbers them. Precondition: `results.reads` is
/// filled.
/// Cost: O(reads + runners * points).
void add_advisory(const ScorerState& state, model::EventResults& results);

}  // namespace hs::scoring
