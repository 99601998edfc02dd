#pragma once

#include <vector>

#include "model/result.h"
#include "scoring/scorer_state.h"

namespace hs::scoring {

/// What became of every distinct read: a row per read and race of its runner, one row for a read
/// that is nobody's, one for each gun and time change a device noted.
///
/// `survey` is shown all of it on the way. Ids in the rows are those of the scorer, not of a
/// snapshot. Order:  by race time, then fact number, then entrant. Cost:   folds every runner once
/// more; about as much as a full scoring. Source: scoring.md "Verdicts": the first that applies,
/// where a read that counts or belongs to a
///         counted visit is never called late or early.
[[nodiscard]] std::vector<model::ReadView> verdicts(ScorerState& state, Survey& survey);

/// The same for the reads of one entry, behind what `out` holds. Nothing of one that is not listed.
///
/// Order:  by race time, then fact number.
/// Cost:   folds the runner once more; about 1 us for a dozen reads. The scorer has settled.
void judge_runner(ScorerState& state, model::EntrantId id, std::vector<model::ReadView>& out);

}  // namespace hs::scoring
