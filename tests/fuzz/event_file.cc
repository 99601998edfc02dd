#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "formats/event_file.h"

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::vector<hs::model::Attention> notes;
  const auto event = hs::formats::read_event(bytes, "event.toml", &notes);
  if (!event) {
    HS_CHECK(!event.error().message.empty(), "a refusal says why");
    HS_CHECK(event.error().place.file == "event.toml", "a refusal says where");
    HS_CHECK(notes.empty(), "a refused event leaves no notes");
    return 0;
  }
  HS_CHECK(!event->races.empty() && !event->offsets.empty(), "an event has a race and an offset");
  for (const hs::model::Race& race : event->races) {
    HS_CHECK(race.points.size() >= 2 && race.points.size() <= 64, "2 to 64 points");
    HS_CHECK(!race.waves.empty(), "a race has a wave");
    for (std::size_t i = 1; i < race.points.size(); ++i) {
      HS_CHECK(race.points[i - 1].distance < race.points[i].distance, "distances rise");
    }
  }
  return 0;
}
