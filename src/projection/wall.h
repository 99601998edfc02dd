#pragma once

#include <optional>
#include <span>
#include <vector>

#include "model/projection.h"
#include "projection/course.h"

namespace hs::projection {

/// How likely a runner hits the wall: slower than his base by a quarter or more for at least 5 km,
/// after 20 km. The base is the pace between 5 and 20 km, as far as it is known.
/// Source: Smyth 2021 (How recreational marathon runners hit the wall), its definition.
struct Wall {
  bool has_hit = false;    ///< It has happened already, before the last point seen.
  double probability = 0;  ///< That it will have happened before the last point of the course but
                           ///< the finish (40 km of a marathon); 1 where `has_hit`.
};

/// What leads from a projection to the wall at one point: a logistic line.
struct WallLine {
  double km = 0;
  double intercept = 0;
  double slowdown = 0;  ///< On the log of the rest's projected pace over the base.
  double spread = 0;    ///< On the log of the 80 % interval over the rest's projected time.
  friend bool operator==(const WallLine&, const WallLine&) = default;
};

/// What is known of a runner's wall at the point a projection was made at.
struct WallSigns {
  double slowdown = 0;
  double spread = 0;
  bool has_hit = false;
};

/// The signs; nothing on a course shorter than 30 km or behind 38 km, where there is no more room
/// for a wall, or where the base is not known yet. Only points up to `known.at` are looked at.
[[nodiscard]] std::optional<WallSigns> wall_signs(const Course& course, const Known& known,
                                                  const model::Projection& projection);

/// The chance by the lines of the points around, in between linear; `lines` by rising km. Nothing
/// where there are no lines or no signs.
[[nodiscard]] std::optional<Wall> wall_of(std::span<const WallLine> lines, const Course& course,
                                          const Known& known, const model::Projection& projection);

/// Whether somebody who was seen at 5 and 20 km and at three or more stretches behind did hit it;
/// nothing for all others.
[[nodiscard]] std::optional<bool> did_hit_wall(const Course& course, const Runner& runner);

/// A runner of the past at one point, and how it went.
struct WallSample {
  WallSigns signs;
  bool hit = false;
};

/// The line of one point from those who had not hit the wall there; nothing below 200 of them or
/// where all fared alike. Cost: some twenty passes.
[[nodiscard]] std::optional<WallLine> fit_wall(double km, std::span<const WallSample> samples);

}  // namespace hs::projection
