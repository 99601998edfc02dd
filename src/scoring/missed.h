#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "model/result.h"
#include "scoring/scorer_state.h"

namespace hs::scoring {

/// For each point a runner must have passed without being heard: the least and most their net
/// time there can be. Bounded by the course's least steps and, where at least twenty others were
/// heard at the same three points, by how those spread their time (the central 98 %). Never a
/// time, never fed back.
/// Cost: O(points) a runner, and O(runners log runners) once for each three points of a race.
class MissedIntervals {
 public:
  void take(const ScorerState& state, model::EntrantId id);
  /// Order: as taken, then by point. Ids are the scorer's.
  [[nodiscard]] const std::vector<model::MissedInterval>& found() const { return found_; }

 private:
  /// How the field spends the time between two points on the way to a third.
  struct Share {
    std::int64_t least = 0;  // Parts per million.
    std::int64_t most = 0;
    bool known = false;
  };
  using Between = std::array<std::size_t, 3>;  // The points before, at and after.

  [[nodiscard]] const Share& share(const ScorerState& state, model::RaceId race,
                                   const Between& points);
  [[nodiscard]] static Share measure(const ScorerState& state, model::RaceId race,
                                     const Between& points);

  std::map<std::pair<model::RaceId, Between>, Share> shares_;
  std::vector<model::MissedInterval> found_;
};

}  // namespace hs::scoring
