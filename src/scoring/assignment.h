#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "scoring/course.h"
#include "scoring/visits.h"

namespace hs::scoring {

/// Where a runner's race begins.
struct StartOption {
  /// Best first.
  enum class Kind : std::uint8_t {
    Ruling,     ///< Said by a referee.
    Own,        ///< A visit to the start mat after the own gun, within the window.
    OtherWave,  ///< A visit before the own gun, within another gun's window.
    None,       ///< Not heard: the gun stands in.
  };
  Kind kind = Kind::None;
  base::RaceTime at;                      ///< For `None`: the own gun.
  std::optional<std::uint32_t> visit;     ///< Index; absent for `None` and a ruled instant.
  std::optional<std::uint32_t> sighting;  ///< The read whose time it is.
};

/// Which visit was given to which point.
struct Assignment {
  StartOption start;
  /// One a point of the course, the start included (absent there: see `start`).
  std::vector<std::optional<std::uint32_t>> visits;
  std::size_t explained = 0;  ///< Points after the start that have a visit.

  /// Another heard start explains as many points: how far it is from the chosen one.
  std::optional<base::Duration> other_start;
  /// Another choice leaves another point empty: the one that this choice leaves empty first.
  std::optional<std::size_t> other_empty;
  /// There were more choices than were weighed.
  bool bounded = false;
};

/// Gives a runner's visits to the points of the course, all together.
///
/// In course order, each point at most once, each step at least the course's least step. Of all
/// feasible choices: the most points after the start; then a start after the own gun before an
/// other-wave start before none; then, where choices leave different points empty, the most even
/// one (least ratio of slowest to fastest step in time per metre); then the earliest of every
/// later point; then the latest start. A visit that a ruling pins to a point is always taken, and
/// steps into and out of it are not held to the least step. In a relay a visit is only given to a
/// leg of whoever was heard, and a leg that a mass start sent out is counted from that gun.
///
/// Order:  `visits` by time; `starts` never empty, best kind first, then by time.
/// Errors: none; no visits at all is the start option alone.
/// Cost:   O(points * visits) for a runner heard everywhere once. Where points were missed on a
///         mat that serves several, all patterns of missed points are weighed, at most 4,096.
/// Source: scoring.md step 5.
[[nodiscard]] Assignment assign_visits(const Course& course, std::span<const Visit> visits,
                                       std::span<const StartOption> starts);

}  // namespace hs::scoring
