#pragma once

#include <cstddef>
#include <vector>

#include "model/result.h"
#include "moments/field_view.h"

namespace hs::evaluate {

/// The finishers of one race as a table that may be changed and put back: for what-ifs.
///
/// Units: seconds; NaN where nothing was measured.
struct MomentTimes {
  moments::FieldView view;    ///< Change `view.net` only; row-major, column 0 stays 0.
  std::vector<double> start;  ///< By row: since the event begins; NaN where no mat heard it.

  [[nodiscard]] double& net(std::size_t row, std::size_t column) {
    return view.net[row * view.columns() + column];
  }
};

[[nodiscard]] MomentTimes times_of(const model::EventResults& results, model::RaceId race);

/// The results with these times in the place of theirs: clock times move with start and net time,
/// a point without a time is missed, and who had a place gets the one the new times give (equal
/// times share it). Everything else stays.
///
/// Cost: a copy of the results and O(rows x (columns + log rows)).
[[nodiscard]] model::EventResults with_times(const model::EventResults& results,
                                             const MomentTimes& times);

}  // namespace hs::evaluate
