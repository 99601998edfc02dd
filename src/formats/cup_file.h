#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/cup.h"

namespace hs::formats {

/// Reads cup.toml: a competition over several races (docs/cup.md has the keys).
///
/// Errors: InvalidInput with file, line, column, found and expected for anything that is not
///         understood; of several mistakes the first in the file. Not checked: that the events
///         exist.
[[nodiscard]] base::Result<model::Cup> read_cup(std::string_view bytes, const std::string& file);

}  // namespace hs::formats
