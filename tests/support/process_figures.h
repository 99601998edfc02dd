#pragma once

#include <sys/types.h>

namespace hs::test_support {

/// What the system says of another process; 0 where it is not there.
[[nodiscard]] double processor_seconds(pid_t id);   ///< Of all its threads so far.
[[nodiscard]] double resident_megabytes(pid_t id);  ///< Now.
[[nodiscard]] double most_megabytes(pid_t id);      ///< That it ever held.

}  // namespace hs::test_support
