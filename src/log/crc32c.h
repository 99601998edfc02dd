#pragma once

#include <cstdint>
#include <string_view>

namespace hs::log {

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of `bytes`. "123456789" gives 0xe3069283.
///
/// Cost: about 0.15 ns a byte with SSE 4.2, 1 ns without.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

/// The same by table, without the processor's instruction: for machines that lack it.
[[nodiscard]] std::uint32_t crc32c_by_table(std::string_view bytes);

}  // namespace hs::log
