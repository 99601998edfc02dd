#pragma once

#include <map>
#include <vector>

#include "model/result.h"
#include "scoring/scorer_state.h"

namespace hs::scoring {

/// For each mat: of those who passed the points on both sides of it, how many it heard, minute by
/// minute. The start counts everybody who was heard later. A finish has no far side and is not
/// judged. Somebody not heard is put into the minute that their neighbours' times suggest.
/// Cost: O(points) a runner.
class MatCounts {
 public:
  void take(const ScorerState& state, const EntrantState& runner);
  /// Order: mats as first named by the event.
  [[nodiscard]] std::vector<model::MatHealth> health(const ScorerState& state) const;

 private:
  struct Counts {
    std::uint32_t heard = 0;
    std::uint32_t passed = 0;
  };
  [[nodiscard]] Counts& at(MatIndex mat, base::RaceTime when);

  std::vector<std::map<base::RaceTime, Counts>> mats_;  // By MatIndex, then minute.
};

/// A stretch of minutes in which a mat heard at most one in five of ten or more.
struct DeafSpell {
  base::RaceTime from;
  base::RaceTime until;  ///< End of the last minute.
  std::uint64_t heard = 0;
  std::uint64_t passed = 0;
};
[[nodiscard]] std::vector<DeafSpell> deaf_spells(const model::MatHealth& mat);

}  // namespace hs::scoring
