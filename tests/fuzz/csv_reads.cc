#include <cstddef>
#include <cstdint>

#include "chip_fuzz.h"

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // With and without a mat of the source, since that decides which rows are taken.
  hs::fuzz::read_twice("csv", "", data, size);
  hs::fuzz::read_twice("csv", "arch", data, size);
  return 0;
}
