#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "formats/entrants_json.h"
#include "fuzz/entries.h"

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const hs::model::Event kEvent = hs::fuzz::two_races("1");
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = hs::formats::read_entrants_json(bytes, "entrants.json", kEvent);
  if (!read) {
    HS_CHECK(!read.error().message.empty(), "a refusal says why");
    HS_CHECK(read.error().place.file == "entrants.json", "and of which file");
    return 0;
  }
  hs::fuzz::check_entries(*read);
  return 0;
}
