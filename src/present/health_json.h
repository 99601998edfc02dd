#pragma once

#include <string>

#include "model/result.h"

namespace hs::present {

/// The officials' `health.json`: mats minute by minute, streams, and clocks against each other.
/// Units as in `results_json.h`.
[[nodiscard]] std::string health_json(const model::EventResults& results);

}  // namespace hs::present
