#pragma once

#include <cstdint>
#include <vector>

#include "sim/detect.h"
#include "sim/plan.h"
#include "sim/runner.h"
#include "sim/truth.h"

namespace hs::sim {

/// What all boxes heard of a field, and what of it was true.
struct Listened {
  std::vector<std::vector<Detection>> by_box;  ///< In order of `written`.
  std::vector<TrueRun> runs;                   ///< By index of the field.
};

/// Lets the whole field walk past all boxes. Notes on the runners which troubles met them (missed,
/// dead, overheard). Crew chips that nobody entered are heard too.
///
/// Cost: O(runners x boxes x knots), one pass.
[[nodiscard]] Listened listen(const Plan& plan, std::vector<Runner>& field, std::uint64_t seed);

}  // namespace hs::sim
