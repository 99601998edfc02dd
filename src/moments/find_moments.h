#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/moment.h"
#include "model/result.h"

namespace hs::moments {

/// The moments of all races of an event that are worth telling and may be told.
///
/// Nobody private is in any; nobody who has not finished; no hardship of a minor; a cancelled
/// race has none. Within one kind nobody is told twice.
///
/// Order:   best first: score, then how much, then race, bibs. Same results, same moments.
/// Errors:  none. A race with few finishers or with no point between start and finish has few.
/// Threads: pure.
/// Cost:    O(runners x points); `bench/moments_bench.cc` times 30,000 x 10.
[[nodiscard]] std::vector<model::Moment> find_moments(const model::EventResults& results);

/// The best `top` of `found` for one story: each kind weighs less once it was used, and nobody
/// is told twice. Gives indices into `found`, in the order to tell.
///
/// Shape: `found` as `find_moments` gives it. Cost: O(top x found).
[[nodiscard]] std::vector<std::size_t> choose_for_story(std::span<const model::Moment> found,
                                                        std::size_t top);

}  // namespace hs::moments
