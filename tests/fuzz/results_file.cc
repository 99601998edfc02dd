#include "formats/results_file.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  hs::formats::ResultsOptions options;
  options.race_id = "race";
  options.date = hs::base::Date{2026, 5, 8};
  const auto read = hs::formats::read_results(bytes, "results.csv", options);
  if (!read) {
    HS_CHECK(!read.error().message.empty(), "a refusal says why");
    HS_CHECK(read.error().place.line > 0 && read.error().place.column > 0, "and where");
    return 0;
  }
  const auto& race = read->race;
  HS_CHECK(!race.results.empty() && race.results.size() == read->keys.size(), "rows are results");
  std::size_t splits = 0;
  for (const auto& result : race.results) {
    HS_CHECK(result.first_split == splits, "splits of a result lie together");
    splits += result.split_count;
    std::size_t next = 0;
    for (const auto& split : race.splits_of(result)) {
      HS_CHECK(split.point() >= next && split.point() < race.points.size(), "by rising point");
      HS_CHECK(split.time() || split.time_of_day(), "a split says something");
      HS_CHECK(!split.time() || split.time()->count() > 0, "and nothing before the start");
      next = split.point() + std::size_t{1};
    }
  }
  HS_CHECK(splits == race.splits.size(), "every split is somebody's");
  return 0;
}
