#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "model/event.h"

namespace hs::app {

/// An instant as a person types it: "10:32:05.1" on the event's date, a date and time in the
/// event's zone, or one with an offset.
/// Errors: InvalidInput for anything else, and for local times that a summer-time switch makes
///         ambiguous or skips: give an offset.
[[nodiscard]] base::Result<base::RaceTime> parse_event_time(std::string_view text,
                                                            const model::Event& event);

}  // namespace hs::app
