#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/chip_file.h"
#include "readers/device_session.h"

/// What the tests of sessions share. Only tests include this.
namespace hs::readers::test {

/// 2021-05-08T00:00:00+02:00.
inline constexpr std::int64_t kMidnight = 1'620'424'800;

/// What a session of `device` knows: an event on 2021-05-08 at UTC+2 that starts at 08:00, a source
/// without a mat, and what `stored` says is in the log by device and epoch.
struct World {
  model::SourceConfig source;
  model::Event event;
  std::map<std::pair<std::string, std::string>, std::uint64_t> stored;

  explicit World(const std::string& device) {
    source.device = device;
    source.format = device;
    event.date = {.year = 2021, .month = 5, .day = 8};
    event.begins = base::RaceTime(std::chrono::seconds(kMidnight));
    event.offsets.push_back({.from = event.begins, .utc_offset = std::chrono::hours(2)});
    model::Race race;
    race.waves.push_back({.id = "A", .gun = event.begins + std::chrono::hours(8)});
    event.races.push_back(race);
  }

  [[nodiscard]] SessionContext context() const {
    return {source, event, "wire", [this](std::string_view device, std::string_view epoch) {
              const auto found = stored.find({std::string(device), std::string(epoch)});
              return found == stored.end() ? std::nullopt : std::optional(found->second);
            }};
  }
};

/// This machine's clock on race day, `after` behind local midnight.
inline base::RaceTime at(base::Duration after) {
  return base::RaceTime(std::chrono::seconds(kMidnight)) + after;
}

/// "device/epoch/mat number tag dial" of a read and "... gun dial" of a marker, in order.
inline void tell(const formats::ParsedStream& parsed, std::vector<std::string>& out) {
  const model::Stream& stream = parsed.stream;
  const std::string where = stream.device + "/" + stream.epoch + "/" + stream.mat + " ";
  const auto dial = [](base::ReaderTime time) {
    return base::format_rfc3339(base::RaceTime(time.time_since_epoch()), {}, 0);
  };
  for (const model::Read& read : parsed.reads) {
    out.push_back(where + (read.device_seq ? std::to_string(*read.device_seq) : "-") + " " +
                  read.tag.str() + " " + dial(read.time));
  }
  for (const model::Marker& marker : parsed.markers) {
    out.push_back(where + "gun " + std::to_string(marker.before_seq) + " " + dial(marker.time));
  }
}

/// All that was delivered, and how many lines could not be read.
struct Told {
  std::vector<std::string> reads;
  std::size_t bad = 0;
};

inline Told told(const Heard& heard) {
  Told out;
  for (const Delivery& delivery : heard.deliveries) {
    for (const auto& parsed : delivery.streams) tell(parsed, out.reads);
    out.bad += delivery.bad.size();
  }
  return out;
}

/// Everything a session made of a text that came in pieces of `piece` bytes, all at one instant.
struct Whole {
  std::string replies;
  std::vector<std::string> reads;
  std::size_t bad = 0;
  std::uint64_t through = 0;  ///< Of the last delivery.
  std::string give_up;

  friend bool operator==(const Whole&, const Whole&) = default;
};

inline Whole take_in_pieces(DeviceSession& session, std::string_view text, std::size_t piece,
                            base::RaceTime received) {
  Whole out;
  for (std::size_t begin = 0; begin < text.size(); begin += piece) {
    const Heard heard = session.take(text.substr(begin, piece), received);
    out.replies += heard.reply;
    Told part = told(heard);
    out.reads.insert(out.reads.end(), part.reads.begin(), part.reads.end());
    out.bad += part.bad;
    if (!heard.deliveries.empty()) out.through = heard.deliveries.back().through;
    if (!heard.give_up.empty()) out.give_up = heard.give_up;
  }
  return out;
}

/// What the parser of files makes of a text, as `told` has it.
inline std::vector<std::string> reads_of_file(const World& world, std::string_view text) {
  formats::ChipFileInput input;
  input.file = "file";
  input.bytes = text;
  std::vector<std::string> out;
  const auto file = formats::parse_chip_file(world.source, world.event, input);
  if (!file) return {file.error().text()};
  for (const auto& parsed : file->streams) tell(parsed, out);
  return out;
}

}  // namespace hs::readers::test
