#pragma once

#include <vector>

#include "model/result.h"
#include "scoring/scorer_state.h"

namespace hs::scoring {

/// For each point a runner must have passed without being heard: the least and most their net
/// time there can be. Bounded by the course's least steps and, where at least twenty others were
/// heard at the same three points, by how those spread their time (the central 98 %). Never a
/// time, never fed back.
/// Order: by entrant, then point. Ids are the scorer's. Cost: O(runners * points log runners).
[[nodiscard]] std::vector<model::MissedInterval> missed_intervals(const ScorerState& state);

}  // namespace hs::scoring
