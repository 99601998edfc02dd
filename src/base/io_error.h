#pragma once

#include <string>

#include "base/result.h"

namespace hs::base {

/// What the operating system said of a file, as an error: DiskFull, NotFound or Io.
/// `number`: its `errno`. `doing`: "read", "write" ...
[[nodiscard]] tl::unexpected<Error> io_error(const std::string& path, int number,
                                             const char* doing);

}  // namespace hs::base
