#pragma once

#include <string>
#include <string_view>

namespace hs::server {

/// The bytes as gzip (RFC 1952) has them. Cost: some 20 ms a megabyte.
[[nodiscard]] std::string gzip(std::string_view bytes);

/// True where an Accept-Encoding header takes gzip.
[[nodiscard]] bool accepts_gzip(std::string_view header);

}  // namespace hs::server
