#pragma once

#include <cstdint>
#include <string>

#include "app/outcome.h"
#include "sim/simulate.h"

namespace hs::app {

/// `simulate --live SPEED`: writes the event folder with live sources, waits until `homestretch
/// serve` stands behind every device's address, plays the race, and says what became of it.
///
/// Exit: 0 everything was delivered; 1 not everything; 2 bad arguments; 3 nobody served, no port.
[[nodiscard]] Exit simulate_live(const sim::SimulationRequest& request, std::uint32_t speed,
                                 const std::string& folder);

}  // namespace hs::app
