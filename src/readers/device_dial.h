#pragma once

#include <optional>

#include "base/time.h"
#include "model/event.h"

namespace hs::readers {

/// What a device's dial shows at `at` if its clock is right; nothing where the source's clock is
/// free. `received` as a session gets it makes this the dial's now.
[[nodiscard]] std::optional<base::ReaderTime> dial_at(const model::SourceConfig& source,
                                                      const model::Event& event, base::RaceTime at);

/// The device's clock minus ours, both on the dial that the source declares; nothing for a free
/// one. `said`: what it showed when `received`.
[[nodiscard]] std::optional<base::Duration> clock_ahead(const model::SourceConfig& source,
                                                        const model::Event& event,
                                                        base::ReaderTime said,
                                                        base::RaceTime received);

/// True from a day before the event to a day behind it: a time of ours outside of it says nothing
/// about the day of a read, as when a recorded race is played again.
[[nodiscard]] bool is_of_event(const model::Event& event, base::RaceTime at);

}  // namespace hs::readers
