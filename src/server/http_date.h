#pragma once

#include <string>

#include "base/time.h"

namespace hs::server {

/// "Fri, 08 May 2026 11:42:07 GMT", as HTTP wants it (RFC 9110 5.6.7). Parts of a second are cut.
[[nodiscard]] std::string http_date(base::RaceTime at);

}  // namespace hs::server
