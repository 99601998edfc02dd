#pragma once

#include <cstdint>
#include <map>
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
/// Cost: O(reads); eight bytes for each runner and device.
/// Source: product.md, complaint 6.
class CourseClocks {
 public:
  /// `reads`: of this runner, by time.
  void take(const ScorerState& state, model::EntrantId id,
            const std::vector<model::ReadView>& reads);
  /// Order: by stream.
  [[nodiscard]] std::vector<model::CourseClock> suspects() const;

 private:
  std::map<std::uint32_t, std::vector<std::int64_t>> differences_;  // Microseconds, by stream.
};

}  // namespace hs::scoring
