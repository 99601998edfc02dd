#pragma once

#include <string>

#include "base/result.h"

namespace hs::app {

/// Makes room for a simulated event. What an earlier run made is taken away whole, its race file
/// too, which belongs to other facts; anything else may be somebody's event and is left alone.
///
/// Errors: InvalidInput for a folder with files in it that has no truth beside it.
[[nodiscard]] base::Result<void> make_room(std::string folder);

}  // namespace hs::app
