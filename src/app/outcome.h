#pragma once

#include "base/result.h"

namespace hs::app {

/// What the program tells its caller. A contract: scripts rely on it.
enum class Exit : int {
  Done = 0,         ///< Things for a person are in attention.csv.
  Unresolved = 1,   ///< A finisher's result hangs on an open question.
  Refused = 2,      ///< The input, or what was asked for, cannot be taken.
  WorldFailed = 3,  ///< Disk, port, network, another writer.
};

/// The exit that goes with an error.
[[nodiscard]] Exit exit_of(const base::Error& error);

/// Prints the error to stderr, in one line, and gives its exit.
[[nodiscard]] Exit report(const base::Error& error);

}  // namespace hs::app
