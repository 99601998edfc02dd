#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sim/plan.h"
#include "sim/runner.h"
#include "sim/scene.h"
#include "sim/truth.h"

namespace hs::sim {

/// Puts the people of a scene into a field, with their ways, marked `Trouble::Scene` so that no
/// other trouble is planted on them. Divisions and a stop of the race go into the plan.
///
/// Call it before troubles are planted; `seed` makes the small things (where they stand in the
/// pen). Errors: InvalidInput for a wave, point or bib that the plan does not have or has already.
[[nodiscard]] base::Result<void> stage_scene(const Scene& scene, Plan& plan,
                                             std::vector<Runner>& field, std::uint64_t seed);

/// What the rulings of a scene make of the truth: a status, or a finish that a person timed.
void rule_truth(const Scene& scene, const Plan& plan, std::vector<TrueRun>& runs);

/// The rulings and notes of a scene as lines of rulings.jsonl, for the race of the plan.
[[nodiscard]] std::string ruling_lines(const Scene& scene, const Plan& plan);

}  // namespace hs::sim
