#pragma once

#include "model/result.h"
#include "scoring/scorer_state.h"
#include "scoring/survey.h"

namespace hs::scoring {

/// The advisory fold: fills `missed`, `mats`, `streams`, `clocks` and `attention` of `results`
/// from the field as it stands. It never feeds back into an official value.
///
/// Ids written are the scorer's, and of entries that are listed; the caller renumbers them.
/// Precondition: `survey` has taken in all.
/// Cost: O(runners + devices' numbers); all else was the survey's.
void add_advisory(const ScorerState& state, const Survey& survey, model::EventResults& results);

}  // namespace hs::scoring
