#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "model/result.h"
#include "scoring/scorer_state.h"

namespace hs::scoring {

/// A difference and the pace at which the runner came, of one visit heard by two devices.
struct ClockPair {
  std::int64_t difference_us = 0;
  std::int64_t pace_us_per_m = 0;
};

/// Compares the clocks of streams that share a mat, each with the busiest one of that mat.
///
/// For runners heard by both in one visit, difference = offset + spacing / speed, where the lines
/// of antennas lie some metres apart. Different speeds tell the two apart: a least-squares line of
/// difference over pace at the visits behind the start. Where the paces are too alike, or too few
/// runners were heard by both, `offset` stays absent: it cannot be told from the spacing.
///
/// Units: integers throughout; pace in microseconds a metre.
/// Cost: O(reads); 16 bytes for each visit and two devices that heard it.
/// Source: scoring.md step 2.
class ClockComparison {
 public:
  /// `reads`: of this runner, by time.
  void take(const ScorerState& state, model::EntrantId id,
            const std::vector<model::ReadView>& reads);
  /// Order: by stream.
  [[nodiscard]] std::vector<model::ClockCompare> compare(const ScorerState& state) const;

 private:
  /// The first of two streams minus the second, over all visits that both heard.
  struct Differences {
    std::vector<ClockPair> later;
    std::vector<std::int64_t> at_start;
  };
  std::map<std::pair<std::uint32_t, std::uint32_t>, Differences>
      differences_;                              // By rising streams.
  std::map<std::uint32_t, std::uint64_t> busy_;  // Reads of visits by stream.
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
