#pragma once

#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "formats/chip_file.h"
#include "model/event.h"

/// What the fuzz targets of the read formats share: how an input is read, and what must hold of
/// anything that comes out, whatever went in.
namespace hs::fuzz {

inline model::Event small_event() {
  model::Event event;
  event.date = {.year = 2021, .month = 5, .day = 8};
  event.begins = base::RaceTime(std::chrono::seconds(1'620'424'800));
  event.offsets.push_back({.from = event.begins, .utc_offset = std::chrono::hours(2)});
  model::Race race;
  race.waves.push_back({.id = "A", .gun = event.begins + std::chrono::hours(8)});
  event.races.push_back(race);
  return event;
}

inline void must(bool holds) {
  if (!holds) std::abort();
}

inline bool is_printable(std::string_view text) {
  for (const char c : text) {
    // Names may hold UTF-8; control bytes may not reach a terminal.
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') return false;
  }
  return true;
}

inline void check(const formats::ChipFile& file) {
  std::set<std::string> keys;
  for (const formats::ParsedStream& parsed : file.streams) {
    must(is_printable(parsed.stream.device) && is_printable(parsed.stream.epoch));
    must(is_printable(parsed.stream.mat));
    must(parsed.stream.resolution > base::Duration(0));
    std::uint32_t line = 0;
    for (const model::Read& read : parsed.reads) {
      must(!read.tag.empty() && read.line >= line);
      line = read.line;
    }
    for (const model::Marker& marker : parsed.markers) must(is_printable(marker.text));
  }
  for (const formats::BadLine& bad : file.bad) {
    must(bad.line >= 1 && bad.column >= 1 && is_printable(bad.message) && !bad.file.empty());
  }
  for (const std::string& remark : file.remarks) must(is_printable(remark));
}

/// Reads `data` as a file of `format`; a byte 0x1e (record separator) parts the read file from
/// its marker file. Reading the same twice must give the same.
inline void read_twice(const char* format, const char* mat, const std::uint8_t* data,
                       std::size_t size) {
  static const model::Event kEvent = small_event();
  model::SourceConfig source;
  source.format = format;
  source.mat = mat;
  const std::string bytes(data, data + size);
  formats::ChipFileInput input{
      .file = "fuzz.txt", .bytes = bytes, .markers = std::nullopt, .marker_file = "fuzz.mrk"};
  const std::size_t parting = bytes.find('\x1e');
  if (parting != std::string::npos) {
    input.bytes = std::string_view(bytes).substr(0, parting);
    input.markers = std::string_view(bytes).substr(parting + 1);
  }
  const auto first = formats::parse_chip_file(source, kEvent, input);
  const auto second = formats::parse_chip_file(source, kEvent, input);
  must(first.has_value() == second.has_value());
  if (!first) {
    must(is_printable(first.error().message));
    return;
  }
  check(*first);
  must(first->lines == second->lines && first->bad.size() == second->bad.size());
  must(first->streams.size() == second->streams.size());
}

}  // namespace hs::fuzz
