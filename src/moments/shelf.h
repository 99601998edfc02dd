#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "model/moment.h"
#include "moments/field_view.h"

namespace hs::moments {

/// What a detector weighed of one runner, whether it is rare enough to be told or not.
struct Candidate {
  std::size_t row = 0;
  std::size_t from = 0;  ///< Column where it begins.
  std::size_t to = 0;    ///< Column where it ends.
  double seconds = 0;    ///< Lost, or won: what orders a shelf.
  double net_bits = 0;   ///< Of surprise after all looks; told from three on.
  /// How far beyond what being told asks, in scales of the runner's own uncertainty; 0 or less
  /// where it falls short.
  double beyond = 0;
  double valid = 0;  ///< How likely it is real, 0 to 1; 0.5 or more.
};

// One a runner, by row, before anybody asks how rare it is: it has the least size its kind asks
// for, is likely real, and may be told. Fields of under 300 have none. Cost: as the detector's.

[[nodiscard]] std::vector<Candidate> collapse_candidates(const FieldView& view);
[[nodiscard]] std::vector<Candidate> stop_candidates(const FieldView& view);

// What a shelf of the kind holds: the largest by seconds, told or not. "Tenth of 24,000", never as
// rare. Order: most first, then by row.

/// One shelf for each of the points behind which a collapse is looked for, the last point first:
/// over the longest window the most is always lost.
[[nodiscard]] std::vector<std::vector<Candidate>> collapse_shelves(const FieldView& view);
[[nodiscard]] std::vector<Candidate> stop_shelf(const FieldView& view);

/// How many of a shelf the moments of a race take in, beside those that are rare: ten of 24,000 are
/// worth telling, ten of 700 are not.
[[nodiscard]] inline std::size_t shelf_size(const FieldView& view) {
  constexpr std::size_t kMost = 10;
  constexpr std::size_t kOneIn = 1000;
  return std::min(kMost, (view.rows() + kOneIn - 1) / kOneIn);
}

}  // namespace hs::moments
