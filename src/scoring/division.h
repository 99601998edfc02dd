#pragma once

#include <string_view>

#include "model/entrant.h"
#include "model/event.h"

namespace hs::scoring {

/// True when the entry belongs to the division: sex, mode and age on race day all fit. A runner
/// whose age or sex is not known belongs to no division that asks for it.
[[nodiscard]] bool belongs(const model::Division& division, const model::Entrant& entrant);

/// The same of the race's division of that id; false where it has none.
[[nodiscard]] bool belongs(const model::Race& race, std::string_view division,
                           const model::Entrant& entrant);

}  // namespace hs::scoring
