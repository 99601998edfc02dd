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
/// Net times are met within `ExpectedResult::within`, since a scene knows when somebody was on the
/// line, not which read stands for it.
[[nodiscard]] std::vector<std::string> unmet_results(const Scene& scene,
                                                     const model::EventResults& results);

/// True where a moment of that kind has all these people.
[[nodiscard]] bool is_told(const ExpectedMoment& expected, const model::EventResults& results,
                           std::span<const model::Moment> moments);

/// What a scene says of moments and is not so, a sentence each: one that must be told and is not,
/// one that waits for `later` and is told already, somebody of whom nothing may be told and is.
[[nodiscard]] std::vector<std::string> unmet_moments(const Scene& scene,
                                                     const model::EventResults& results,
                                                     std::span<const model::Moment> moments);

}  // namespace hs::sim
