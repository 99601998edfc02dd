#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/detect.h"
#include "sim/plan.h"
#include "sim/runner.h"
#include "sim/scene.h"
#include "sim/simulate.h"
#include "sim/truth.h"

namespace hs::sim {

/// A race that was run and heard; its reads are not yet in files, nor on a wire.
struct HeardRace {
  Plan plan;
  std::vector<Runner> field;
  std::vector<Scene> scenes;
  std::vector<std::vector<Detection>> by_box;  ///< By box of the plan, in order of `written`.
  std::vector<TrueRun> runs;                   ///< By index of the field, before rulings.
};

/// Changes what the boxes are, before they listen. May be empty.
using SetUp = std::function<void(Plan&)>;

/// Plays a race up to what its boxes heard.
/// Errors, cost: as `simulate`.
[[nodiscard]] base::Result<HeardRace> hear_race(const SimulationRequest& request,
                                                const SetUp& set_up = {});

/// What officials had written down, as lines of rulings.jsonl; empty: nothing.
[[nodiscard]] std::string rulings_of(const HeardRace& race);

/// The truth with the rulings applied. `in_files`: what was planted in files, for the count.
[[nodiscard]] Truth truth_of(const HeardRace& race, const std::vector<Trouble>& in_files);

}  // namespace hs::sim
