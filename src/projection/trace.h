#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "projection/course.h"

namespace hs::projection {

/// The most points that a model has; a course with more is thinned, evenly.
inline constexpr std::size_t kMaxPoints = 16;

/// The points of a model and how the field's pace runs between them.
struct Grid {
  std::vector<double> km;       ///< Rising; the last is the finish. At most `kMaxPoints`.
  std::vector<double> profile;  ///< Log of the field's usual pace into each point, over its mean.
  [[nodiscard]] std::size_t finish() const { return km.size() - 1; }
};

/// A runner on the points of a model: what was seen, and between it what is likely.
struct Trace {
  std::array<double, kMaxPoints + 1> seconds{};  ///< [0] the start, [i + 1] point i of the grid.
  std::size_t from = 0;     ///< The point of the grid nearest to where he was last seen.
  double last_km = 0;       ///< Where he was last seen,
  double last_seconds = 0;  ///< and when.
  std::size_t since = 0;    ///< The same as an index of the observed course.
  std::uint32_t seen = 0;   ///< Bit i: point i of the grid was seen, or one next to it.
  double is_female = 0.5;   ///< 0, 1, and a half where it is not known or X.
  double age = 40;
};

/// Kilometres of a course's points.
[[nodiscard]] std::vector<double> kilometres(const Course& course);

/// A runner's times at the points of `grid`, up to where he was last seen, from the points
/// `0 .. at` of the course he runs; later ones are not looked at.
///
/// A missed point is filled in: the runner's pace against the field's profile changes evenly
/// between the stretches that were seen, and every seen time is kept. Times that contradict each
/// other (out of order, faster than anybody) lose the fewest: the longest sequence that can be run.
///
/// Shape:   `km` as from `kilometres`, one a point of the runner's course; bit i of `skip` leaves
///          out point i, whose mat is not believed.
/// Errors:  nothing where no point up to `at` has a usable time.
/// Cost:    under a microsecond; no allocation.
[[nodiscard]] std::optional<Trace> trace_of(const Grid& grid, std::span<const double> km,
                                            const Runner& runner, std::size_t at,
                                            std::uint64_t skip = 0);

}  // namespace hs::projection
