#pragma once

#include <string>

#include "base/result.h"
#include "model/result.h"

namespace hs::app {

/// What a measure of a race is made on: an event folder, a .race file, or else published results
/// of any layout that `import` reads.
[[nodiscard]] base::Result<model::EventResults> results_to_evaluate(const std::string& subject);

/// The named race; with an empty name the one with the most finishers.
/// Errors: NotFound, naming those there are.
[[nodiscard]] base::Result<model::RaceId> race_to_evaluate(const std::string& name,
                                                           const model::EventResults& results);

}  // namespace hs::app
