#pragma once

#include <vector>

#include "model/change.h"
#include "model/result.h"

namespace hs::engine {

/// What a follower of the race sees differ between two results of one runner of it: a split that is
/// new, other or gone, the finish, the status. That others moved by a place because of it is said
/// by the orders that are named, not by changes of theirs.
///
/// Shape:  both results are of `race`; `seq` and `at` are left to the caller. Order: of the points
///         of the course, then the status.
/// Errors: none. Cost: O(points).
[[nodiscard]] std::vector<model::Change> what_changed(const model::Race& race,
                                                      const model::Entrant& entrant,
                                                      const model::RunnerResult& before,
                                                      const model::RunnerResult& after);

}  // namespace hs::engine
