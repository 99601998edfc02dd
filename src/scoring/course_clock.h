#pragma once

#include <vector>

#include "model/result.h"
#include "scoring/scorer_state.h"

namespace hs::scoring {

/// Finds devices whose clock is wrong by minutes or hours although no other device stands at their
/// mat: the runners they heard were at the points before and behind at other times than an even
/// pace between the two allows.
///
/// Listed from five minutes on, with thirty runners or more of whom half agree within a quarter of
/// that. A difference within three minutes of a whole quarter of an hour is what a wrong time zone
/// or summer time makes; then, and only then, the exact correction is known.
///
/// Order: by stream. Cost: O(reads log reads).
/// Source: product.md, complaint 6.
[[nodiscard]] std::vector<model::CourseClock> suspect_course_clocks(
    const ScorerState& state, const model::EventResults& results);

}  // namespace hs::scoring
