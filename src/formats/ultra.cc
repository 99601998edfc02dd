#include "formats/ultra.h"

#include <array>
#include <string>

namespace hs::formats {
namespace {

constexpr base::Duration kResolution = std::chrono::milliseconds(1);
constexpr std::int64_t kSecondsTo1980 = 315'532'800;  ///< From 1970 on the same dial.
constexpr std::size_t kWireFields = 12;
constexpr std::size_t kServerFields = 6;
constexpr std::size_t kTabFields = 4;

/// What a line of any of the three kinds says; the names are views into it.
struct UltraLine {
  model::Read read;
  std::string_view box;  ///< Empty in the server's files.
  std::string_view reader;
  std::uint64_t log_number = 0;  ///< As the box sends it; 0 in the server's files.
  bool is_rewind = false;
  bool is_button = false;
};

/// Cuts `line` into fields; gives their number, one more than `fields` holds where there are more.
template <std::size_t N>
std::size_t split(std::string_view line, char separator, std::array<std::string_view, N>& fields) {
  std::size_t count = 0;
  for (;;) {
    const std::size_t end = line.find(separator);
    if (count == N) return N + 1;
    fields[count++] = without_padding(line.substr(0, end));
    if (end == std::string_view::npos) return count;
    line.remove_prefix(end + 1);
  }
}

/// Needs the antenna to be read already: with chip 0 it tells the start button from a chip.
base::Result<void> read_chip(std::string_view line, std::string_view chip, UltraLine& out) {
  auto tag = model::TagCode::parse(chip);
  if (!tag) return unfit(line, chip, "a chip code");
  out.read.tag = *tag;
  out.is_button = out.read.tag.view() == "0" && out.read.antenna == 0;
  return {};
}

/// A local date and time, in quotes or without. One with an offset would be another clock's.
base::Result<void> read_civil(std::string_view line, std::string_view field, UltraLine& out) {
  std::string_view text = field;
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  const auto time = base::parse_iso(text);
  if (!time || time->utc_offset) return unfit(line, field, "a time as YYYY-MM-DD hh:mm:ss.mmm");
  out.read.time = base::ReaderTime(base::Duration(time->civil.micros));
  return {};
}

/// 0,chip,seconds,milliseconds,antenna,strength,rewind,reader,box,readerTime,startTime,logNumber
base::Result<UltraLine> read_wire_line(std::string_view line) {
  std::array<std::string_view, kWireFields> fields;
  if (split(line, ',', fields) != kWireFields) {
    return unfit_at(line, line, "found another number of fields, expected 12");
  }
  UltraLine out;
  constexpr std::int64_t kSecondsMax = 100'000'000'000;  // Keeps microseconds in 64 bits.
  std::int64_t seconds = 0;
  if (!read_number(fields[2], seconds) || seconds < 0 || seconds > kSecondsMax) {
    return unfit(line, fields[2], "seconds since 1980");
  }
  int millis = 0;
  if (!read_digits(fields[3], millis) || millis > 999) {
    return unfit(line, fields[3], "milliseconds from 0 to 999");
  }
  out.read.time = base::ReaderTime(std::chrono::seconds(seconds + kSecondsTo1980) +
                                   std::chrono::milliseconds(millis));
  if (!read_number(fields[4], out.read.antenna)) return unfit(line, fields[4], "an antenna");
  if (!read_number(fields[5], out.read.rssi_dbm)) {
    return unfit(line, fields[5], "a signal strength in dBm");
  }
  if (fields[6] != "0" && fields[6] != "1") return unfit(line, fields[6], "0, or 1 for a rewind");
  out.is_rewind = fields[6] == "1";
  if (!read_number(fields[11], out.log_number)) return unfit(line, fields[11], "a log number");
  out.reader = fields[7];
  out.box = fields[8];
  HS_TRY_VOID(read_chip(line, fields[1], out));
  return out;
}

/// 1,chip,bib,"date time",reader,antenna
base::Result<UltraLine> read_server_line(std::string_view line) {
  std::array<std::string_view, kServerFields> fields;
  if (split(line, ',', fields) != kServerFields) {
    return unfit_at(line, line, "found another number of fields, expected 6 or 12");
  }
  UltraLine out;
  int ignored = 0;
  if (!read_digits(fields[0], ignored)) return unfit(line, fields[0], "a number at the front");
  HS_TRY_VOID(read_civil(line, fields[3], out));
  if (!read_number(fields[5], out.read.antenna)) return unfit(line, fields[5], "an antenna");
  out.reader = fields[4];
  HS_TRY_VOID(read_chip(line, fields[1], out));
  return out;
}

/// chip, date and time, reader, antenna, with tabs between
base::Result<UltraLine> read_tab_line(std::string_view line) {
  std::array<std::string_view, kTabFields> fields;
  if (split(line, '\t', fields) != kTabFields) {
    return unfit_at(line, line, "found another number of fields, expected 4");
  }
  UltraLine out;
  HS_TRY_VOID(read_civil(line, fields[1], out));
  if (!read_number(fields[3], out.read.antenna)) return unfit(line, fields[3], "an antenna");
  out.reader = fields[2];
  HS_TRY_VOID(read_chip(line, fields[0], out));
  return out;
}

/// What the box says that is no read: "Connected,...", "V=25.0000", "S=10...", the time.
bool is_talk(std::string_view line) {
  return line.starts_with("Connected,") || line.starts_with("1,Connected,") ||
         line.starts_with("V=") || line.starts_with("S=") || read_ultra_clock(line).has_value();
}

enum class LineKind : std::uint8_t { Wire, Server, Tabs };

/// The kinds are told apart by their separators: a log may hold them mixed, one after another.
LineKind kind_of(std::string_view line) {
  if (line.find('\t') != std::string_view::npos) return LineKind::Tabs;
  constexpr std::ptrdiff_t kServerCommas = kServerFields - 1;
  std::ptrdiff_t commas = 0;
  for (const char c : line) commas += c == ',' ? 1 : 0;
  return commas > kServerCommas ? LineKind::Wire : LineKind::Server;
}

base::Result<UltraLine> read_line(std::string_view line) {
  switch (kind_of(line)) {
    case LineKind::Wire:
      return read_wire_line(line);
    case LineKind::Server:
      return read_server_line(line);
    case LineKind::Tabs:
      break;
  }
  return read_tab_line(line);
}

/// "box 1/reader 2": what the data says, and no more.
std::string device_of(const UltraLine& line) {
  const std::string reader = "reader " + clean_name(line.reader);
  return line.box.empty() ? reader : "box " + clean_name(line.box) + "/" + reader;
}

}  // namespace

base::Result<void> parse_ultra(ChipFileBuilder& out) {
  LineSplitter lines(out.input().bytes);
  Line line;
  std::optional<std::size_t> stream;
  std::string_view last_box;
  std::string_view last_reader;
  while (lines.next(line)) {
    const std::string_view text = without_padding(line.text);
    if (text.empty()) continue;
    out.count_line();
    if (is_talk(text)) {
      out.understood();
      continue;
    }
    auto parsed = read_line(text);
    if (!parsed) {
      out.refuse(line, std::move(parsed).error(), text);
      continue;
    }
    if (!stream || parsed->box != last_box || parsed->reader != last_reader) {
      stream = out.stream_of({.device = device_of(*parsed),
                              .epoch = "",
                              .mat = out.source().mat,
                              .clock = std::nullopt},
                             kResolution);
      last_box = parsed->box;
      last_reader = parsed->reader;
    }
    if (parsed->is_button) {
      out.understood();
      out.streams()[*stream].markers.push_back({.kind = model::Marker::Kind::Gun,
                                                .before_seq = 0,  // Its time says it all.
                                                .time = parsed->read.time,
                                                .old_time = std::nullopt,
                                                .text = "start button"});
      continue;
    }
    parsed->read.line = line.number;
    out.add_read(*stream, parsed->read);
  }
  return {};
}

std::optional<UltraPlace> ultra_place_of(std::string_view line) {
  if (is_talk(line) || kind_of(line) != LineKind::Wire) return std::nullopt;
  const auto parsed = read_wire_line(line);
  if (!parsed) return std::nullopt;
  return UltraPlace{.box = clean_name(parsed->box),
                    .device = device_of(*parsed),
                    .log_number = parsed->log_number,
                    .is_rewind = parsed->is_rewind};
}

std::optional<base::ReaderTime> read_ultra_clock(std::string_view line) {
  // hh:mm:ss DD-MM-YYYY, and a number in brackets that nobody needs.
  constexpr std::size_t kLength = 19;
  if (line.size() < kLength || line[2] != ':' || line[5] != ':' || line[8] != ' ' ||
      line[11] != '-' || line[14] != '-' || (line.size() > kLength && line[kLength] != ' ')) {
    return std::nullopt;
  }
  DialParts parts;
  const bool shaped =
      read_digits(line.substr(0, 2), parts.hour) && read_digits(line.substr(3, 2), parts.minute) &&
      read_digits(line.substr(6, 2), parts.second) && read_digits(line.substr(9, 2), parts.day) &&
      read_digits(line.substr(12, 2), parts.month) && read_digits(line.substr(15, 4), parts.year);
  return shaped ? reader_time(parts) : std::nullopt;
}

}  // namespace hs::formats
