#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"
#include "sim/scene.h"

namespace hs::sim {

/// What a scene expects of official results and does not find, a sentence each; empty: all is well.
///
/// Times are met within `kExpectedWithin`, since a scene knows when somebody was on the line, not
/// which read stands for it.
[[nodiscard]] std::vector<std::string> unmet_results(const Scene& scene,
                                                     const model::EventResults& results);

/// The moments a scene expects and does not find: a moment is found when its kind fits and all
/// bibs are among its people.
[[nodiscard]] std::vector<std::string> unmet_moments(const Scene& scene,
                                                     const model::EventResults& results,
                                                     std::span<const model::Moment> moments);

}  // namespace hs::sim
