#pragma once

#include <cstddef>
#include <vector>

#include "moments/field_view.h"
#include "moments/pairs.h"

namespace hs::moments {

/// A runner who was level with a slower one at mat after mat and lost time there as on no stretch
/// before. That is what clocks show; that one waited for or helped the other they do not.
struct Wait {
  std::size_t faster = 0;  ///< Rows.
  std::size_t slower = 0;
  std::size_t before = 0;  ///< Columns: the last mat at which the faster ran as ever,
  std::size_t first = 0;   ///< the first and
  std::size_t last = 0;    ///< the last at which the two were level.
  std::size_t points = 0;  ///< How many in a row.
  std::size_t common = 0;  ///< Mats on the way and at the finish that heard both.
  double cost = 0;         ///< Seconds the faster lost from `before` to `last`.
  bool returned = false;   ///< Ran on at about the pace of before; else they finished level.
  double net_bits = 0;
  double valid = 1;
};

/// Clocks this near at a mat are level, in seconds.
inline constexpr double kLevel = 2.0;

/// All of a race that are rare enough, each of both people at liberty to be told of.
///
/// How rare: of all meetings at a mat between somebody who has just slowed as never before and
/// somebody slower, how many stay level at the mats behind it by chance.
/// Cost: O(rows x columns x log rows), and the meetings.
[[nodiscard]] std::vector<Wait> find_waits(const FieldView& view);

/// Those that one runner is in, by the habits and the number of meetings of the whole day.
/// Cost: O(rows x columns).
[[nodiscard]] std::vector<Wait> waits_of(const FieldView& view, const Habits& habits,
                                         double meetings, std::size_t row);

}  // namespace hs::moments
