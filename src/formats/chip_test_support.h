#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "formats/chip_file.h"
#include "model/event.h"

/// What the tests of read files share. Only tests include this.
namespace hs::formats::test {

/// 2021-05-08T00:00:00+02:00, the event of `spring_event`.
inline constexpr std::int64_t kSpringMidnight = 1'620'424'800;

/// An event on 2021-05-08 at UTC+2 with one race; its gun at 08:00:55.160 unless `with_gun` says.
enum class Gun { Fired, Waiting };
inline model::Event spring_event(Gun gun = Gun::Fired) {
  model::Event event;
  event.name = "Spring";
  event.date = {.year = 2021, .month = 5, .day = 8};
  event.begins = base::RaceTime(std::chrono::seconds(kSpringMidnight));
  event.offsets.push_back({.from = event.begins, .utc_offset = std::chrono::hours(2)});
  model::Wave wave{.id = "A", .gun = std::nullopt};
  if (gun == Gun::Fired) {
    wave.gun = event.begins + std::chrono::hours(8) + std::chrono::milliseconds(55'160);
  }
  model::Race race;
  race.id = "half";
  race.waves.push_back(wave);
  event.races.push_back(race);
  return event;
}

inline model::SourceConfig source_of(std::string format, std::string mat = "arch") {
  model::SourceConfig source;
  source.format = std::move(format);
  source.mat = std::move(mat);
  return source;
}

/// Reads `bytes` as a file "reads.txt" of the spring event.
inline base::Result<ChipFile> parse(const model::SourceConfig& source, std::string_view bytes,
                                    std::optional<std::string_view> markers = std::nullopt) {
  ChipFileInput input{
      .file = "reads.txt", .bytes = bytes, .markers = markers, .marker_file = "reads.mrk"};
  return parse_chip_file(source, spring_event(), input);
}

inline base::Result<ChipFile> parse(std::string format, std::string_view bytes) {
  return parse(source_of(std::move(format)), bytes);
}

/// A device time as its dial shows it, "2021-05-08T08:00:55.81".
inline std::string dial(base::ReaderTime time) {
  std::string out = base::format_rfc3339(base::RaceTime(time.time_since_epoch()), {}, 0);
  out.pop_back();  // The Z says UTC, which a dial does not.
  return out;
}

/// A file of the shared real data, or nothing where this checkout does not have it.
inline std::optional<std::string> shared_file(const std::string& path) {
  const char* folder = std::getenv("HS_SHARED");
  const char* root = std::getenv("HS_SOURCE_DIR");
  const std::string base =
      folder ? std::string(folder) : std::string(root ? root : ".") + "/../shared";
  auto bytes = base::read_file(base + "/data/" + path);
  if (!bytes) return std::nullopt;
  return std::move(*bytes);
}

}  // namespace hs::formats::test
