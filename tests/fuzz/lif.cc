#include <cstddef>
#include <cstdint>

#include "chip_fuzz.h"

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hs::fuzz::read_twice("lif", "arch", data, size);
  return 0;
}
