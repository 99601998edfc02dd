#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "sim/plan.h"
#include "sim/random.h"
#include "sim/runner.h"

namespace hs::sim {

/// A chip heard by a box: one line of its file.
struct Detection {
  base::RaceTime at;       ///< True time.
  base::RaceTime written;  ///< When the box wrote it; files are in this order.
  ChipNumber chip = 0;
  std::uint8_t antenna = 1;
  std::int8_t rssi_dbm = 0;
  std::uint16_t hits = 1;
};

/// What the dial of a box shows at an instant, cut to the box's resolution.
[[nodiscard]] base::ReaderTime dial_at(const Box& box, base::RaceTime at);

/// The race time that the files of a box, and everything said of it, give for an instant.
[[nodiscard]] base::RaceTime known_time(const Box& box, base::RaceTime at);

/// What one chip on one body left at one box, and at which point of the course.
struct HeardAt {
  std::size_t point = 0;
  ChipNumber chip = 0;
  /// Read while the body truly passed the point there, first and last in true time, the last not
  /// before the gun the runner started with where the point is the start.
  std::optional<base::RaceTime> first, last;
  /// Another visit of the body was heard at this point's mat, before or after.
  std::optional<base::RaceTime> other_before, other_after;
  bool deaf = false;       ///< The passing fell into a span in which the box heard nobody.
  bool overheard = false;  ///< Heard where the course only passes beside.
};

/// Lets one body walk past one box.
///
/// Adds what is heard to `out`, and says what of it belongs to a true passing: an entry a chip and
/// point of the box. `gun` is the one the runner started with. Cost: O(knots x places).
[[nodiscard]] std::vector<HeardAt> walk_past(const Box& box, const Runner& runner,
                                             std::span<const PlanPoint> points, base::RaceTime gun,
                                             Random& random, std::vector<Detection>& out);

}  // namespace hs::sim
