#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"

namespace hs::evaluate {

/// The numbers of evidence, each worked out again from the results.
struct Recomputed {
  std::size_t numbers = 0;       ///< Measured ones that were worked out again.
  std::size_t wrong = 0;         ///< Of these, different.
  std::size_t expectations = 0;  ///< Of a fit, not of the results: only their order is looked at.
  std::size_t unknown = 0;       ///< Of a kind of evidence that nothing here can work out.
  std::vector<std::string> complaints;  ///< The first ten wrong ones, for whoever mends them.
};

/// Works out every number of the evidence of these moments from the results of their races, in
/// whole microseconds and with no code of the detectors, and compares to the second.
///
/// Cost: O(moments x runners).
[[nodiscard]] Recomputed recompute(std::span<const model::Moment> moments,
                                   const model::EventResults& results);

}  // namespace hs::evaluate
