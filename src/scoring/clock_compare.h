#pragma once

#include <vector>

#include "model/result.h"
#include "scoring/scorer_state.h"

namespace hs::scoring {

/// Compares the clocks of streams that share a mat, each with the busiest one of that mat.
///
/// For runners heard by both in one visit, difference = offset + spacing / speed, where the lines
/// of antennas lie some metres apart. Different speeds tell the two apart: a least-squares line of
/// difference over pace at the visits behind the start. Where the paces are too alike, or too few
/// runners were heard by both, `offset` stays absent: it cannot be told from the spacing.
///
/// Units: integers throughout; pace in microseconds a metre.
/// Order: by mat, then stream. Cost: O(reads).
/// Source: scoring.md step 2.
[[nodiscard]] std::vector<model::ClockCompare> compare_clocks(const ScorerState& state,
                                                              const model::EventResults& results);

/// A difference and the pace at which the runner came, of one visit heard by two devices.
struct ClockPair {
  std::int64_t difference_us = 0;
  std::int64_t pace_us_per_m = 0;
};

/// The least-squares line through `pairs`, outliers beyond ten seconds of the median left out.
/// Nothing where there are fewer than thirty, or where all paces are alike.
struct ClockLine {
  base::Duration offset{0};
  base::Duration offset_error{0};  ///< Two standard errors.
  base::Distance spacing;
};
[[nodiscard]] std::optional<ClockLine> fit_line(std::vector<ClockPair> pairs);

}  // namespace hs::scoring
