#include <cstddef>
#include <cstdint>

#include "chip_fuzz.h"

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const char* format : {"times", "bibs", "bibtimes"}) {
    hs::fuzz::read_twice(format, "arch", data, size);
  }
  return 0;
}
