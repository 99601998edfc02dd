#pragma once

#include <optional>

#include "base/time.h"
#include "model/event.h"

namespace hs::readers {

/// What a device's dial shows at `at` if its clock is right; nothing where the source's clock is
/// free. `received` as a session gets it makes this the dial's now.
[[nodiscard]] std::optional<base::ReaderTime> dial_at(const model::SourceConfig& source,
                                                      const model::Event& event, base::RaceTime at);

/// True from a day before the event to a day behind it: a time of ours outside of it says nothing
/// about the day of a read, as when a recorded race is played again.
[[nodiscard]] bool is_of_event(const model::Event& event, base::RaceTime at);

}  // namespace hs::readers
