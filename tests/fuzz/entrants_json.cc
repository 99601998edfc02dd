#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "formats/entrants_json.h"

namespace {

hs::model::Event two_races() {
  hs::model::Event event;
  event.date = hs::base::Date{2026, 5, 8};
  for (const char* id : {"half", "1"}) {
    hs::model::Race race;
    race.id = id;
    race.name = id;
    race.waves.push_back(hs::model::Wave{"A", {}});
    event.races.push_back(race);
  }
  return event;
}

}  // namespace

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const hs::model::Event kEvent = two_races();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = hs::formats::read_entrants_json(bytes, "entrants.json", kEvent);
  if (!read) {
    HS_CHECK(!read.error().message.empty(), "a refusal says why");
    HS_CHECK(read.error().place.file == "entrants.json", "and of which file");
    return 0;
  }
  HS_CHECK(read->entries.size() == read->lines.size(), "a line for every entry");
  for (const hs::model::EntrantFact& entry : read->entries) {
    HS_CHECK(!entry.entrant.bib.empty() && !entry.entrant.race.empty(), "a bib and a race");
    for (const char c : entry.person.name) {
      HS_CHECK(static_cast<unsigned char>(c) >= ' ' && c != '\x7f', "no control characters");
    }
  }
  return 0;
}
