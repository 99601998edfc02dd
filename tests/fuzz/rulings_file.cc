#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "formats/rulings_file.h"
#include "model/fact_codec.h"

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = hs::formats::read_rulings(text, "rulings.jsonl");
  if (!read) {
    HS_CHECK(!read.error().message.empty(), "a refusal says why");
    HS_CHECK(read.error().place.line > 0 && read.error().place.column > 0, "and where");
    return 0;
  }
  for (const hs::formats::RulingLine& ruling : *read) {
    const std::string line = hs::model::to_json_line(ruling.body);
    const auto again = hs::model::from_json_line(line);
    HS_CHECK(again.has_value(), "what was read can be written and read again");
    HS_CHECK(hs::model::to_json_line(*again) == line, "and says the same");
  }
  return 0;
}
