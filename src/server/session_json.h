#pragma once

#include <string>

#include "server/access.h"

namespace hs::server {

/// What whoever has signed in is told of themselves.
[[nodiscard]] std::string session_json(const Identity& who);

}  // namespace hs::server
