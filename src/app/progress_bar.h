#pragma once

#include <functional>

namespace hs::app {

/// A line on stderr that says how far `doing` has come: on a terminal only, only behind the first
/// second, and gone when all is done (at 1). Elsewhere an empty function.
[[nodiscard]] std::function<void(double)> progress_bar(const char* doing);

}  // namespace hs::app
