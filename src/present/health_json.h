#pragma once

#include <string>

#include "model/result.h"

namespace hs::present {

/// The officials' `health.json`: mats minute by minute, streams, clocks against each other, and
/// the notes that are held back (`moments/held_notes.h`): `held` names why.
/// Units as in `results_json.h`.
[[nodiscard]] std::string health_json(const model::EventResults& results);

}  // namespace hs::present
