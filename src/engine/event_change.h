#pragma once

#include "base/result.h"
#include "engine/event_folder.h"
#include "model/event.h"

namespace hs::engine {

/// True where the two event files say the same.
[[nodiscard]] bool is_same_event(const model::Event& a, const model::Event& b);

/// Checks that a changed event file can be taken while the race runs.
///
/// Sockets, the clocks of devices and the numbers of races are made once, when the program starts:
/// so the day, the time zone, the live devices and the list of races have to stay. All else may be
/// another: points, waves and guns, divisions, awards, ranking, closings, names, read files.
///
/// Errors: Unsupported, naming the first key of the file that has to stay, and its line.
[[nodiscard]] base::Result<void> check_live_change(const model::Event& before,
                                                   const EventFolder& after);

}  // namespace hs::engine
