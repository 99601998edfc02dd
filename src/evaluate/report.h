#pragma once

#include <span>
#include <string>

#include "evaluate/held_out.h"
#include "evaluate/protocol_b.h"

namespace hs::evaluate {

/// Tables to read: a line a point and method, each figure with its bootstrap interval.
[[nodiscard]] std::string text_of(std::span<const HeldOut> races);
[[nodiscard]] std::string text_of(const ProtocolB& result);

/// The same for programs: one JSON object. Times in minutes, shares from 0 to 1, each figure as
/// `{"value","low","high"}`; what a method does not have is absent.
[[nodiscard]] std::string json_of(std::span<const HeldOut> races);
[[nodiscard]] std::string json_of(const ProtocolB& result);

}  // namespace hs::evaluate
