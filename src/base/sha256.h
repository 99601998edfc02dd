#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace hs::base {

/// A SHA-256 digest, byte by byte.
using Digest = std::array<std::uint8_t, 32>;

/// Takes bytes in any number of pieces and gives their SHA-256 (FIPS 180-4).
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);
  /// The digest of all added so far; starts afresh.
  [[nodiscard]] Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] Digest sha256(std::string_view bytes);

/// Lower-case hexadecimal.
[[nodiscard]] std::string to_hex(const Digest& digest);

}  // namespace hs::base
