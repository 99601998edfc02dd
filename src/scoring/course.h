#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "model/event.h"
#include "model/ids.h"

namespace hs::scoring {

using MatIndex = base::Id<struct MatIndexTag, std::uint16_t>;  ///< Into `MatTable`.

/// Legs of a relay, a bit each, the first leg the lowest; 0: no leg in particular. A race has at
/// most 63 legs, for it has at most 64 points.
using LegSet = std::uint64_t;

/// Of a runner whose leg is not run: no point of the race.
inline constexpr LegSet kNoLeg = LegSet{1} << 63;

/// The set of one leg. Precondition: `leg` < 63.
[[nodiscard]] constexpr LegSet leg_bit(std::size_t leg) { return LegSet{1} << leg; }

/// Numbers the mats of an event, so that the hot path compares numbers and not texts.
class MatTable {
 public:
  /// The number of the mat; a new one where the name is new.
  MatIndex intern(std::string_view name);
  [[nodiscard]] std::optional<MatIndex> find(std::string_view name) const;
  [[nodiscard]] const std::string& name(MatIndex mat) const { return names_[mat.raw()]; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, MatIndex> index_;
};

/// A point as the assignment of visits sees it. Spotter points are not part of a course.
struct CoursePoint {
  model::PointId id;
  MatIndex mat;
  base::Distance distance;
  base::Duration fastest;    ///< Least credible time since the start for this mode.
  LegSet leg = 0;            ///< The leg it is run on; of the start the first one; 0: no relay.
  std::size_t leg_from = 0;  ///< The point of the course at which that leg begins.
  std::optional<base::RaceTime> mass_start = {};  ///< Its leg begins at this gun at the latest.
};

/// The timed points of a race in course order, for one mode of moving. `points[0]` is the start,
/// the last the finish.
struct Course {
  std::vector<CoursePoint> points;

  /// The least time from point `from` to point `to` (`from` < `to`): the difference of the two.
  [[nodiscard]] base::Duration least_step(std::size_t from, std::size_t to) const {
    const base::Duration step = points[to].fastest - points[from].fastest;
    return step < base::Duration::zero() ? base::Duration::zero() : step;
  }
  [[nodiscard]] std::size_t finish() const { return points.size() - 1; }
};

/// When somebody seen at two points of the course, at an even pace between them, was at a third.
/// Precondition: `before` < `p` < `after`. Units: cut to whole seconds after `from`.
[[nodiscard]] base::RaceTime even_pace_instant(const Course& course, std::size_t before,
                                               base::RaceTime from, std::size_t p,
                                               std::size_t after, base::RaceTime until);

/// The course of `race` for `mode`. Wheelchairs may be 55/80 and handcycles 45/80 of the least
/// time on foot, unless the event file names the time itself.
[[nodiscard]] Course make_course(const model::Race& race, model::Mode mode, MatTable& mats);

}  // namespace hs::scoring
