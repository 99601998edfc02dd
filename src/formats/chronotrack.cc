#include "formats/chronotrack.h"

#include <array>
#include <map>
#include <span>

#include "formats/ctp01.h"

// Implementation notes: the two readers of a controller share one numbering but not one clock
// reading order, so times go up and down within a file (in the 2021 event in 4,880 of 13,716
// lines), and some firmware writes numbers slightly out of order. Nothing is sorted here: order
// and numbers are the device's own words, and scoring goes by time.

namespace hs::formats {
namespace {

constexpr base::Duration kResolution = std::chrono::milliseconds(10);
constexpr std::size_t kFieldsLeast = 11;
constexpr std::size_t kFieldsMost = 12;  ///< Older firmware leaves the hits out.
constexpr std::uint64_t kFirstNumber = 1;
constexpr std::size_t kBytesPerLine = 56;  ///< A guess to reserve by.

/// What a `TO~` line says; `reader` is a view into it.
struct TagLine {
  model::Read read;
  std::uint64_t number = 0;
  std::string_view reader;
};

using Fields = std::array<std::string_view, kFieldsMost>;

/// Cuts `line` at "~" and gives the number of fields, `kFieldsMost` + 1 where there are more.
std::size_t split(std::string_view line, Fields& fields) {
  std::size_t count = 0;
  for (;;) {
    const std::size_t end = line.find('~');
    if (count == fields.size()) return count + 1;
    fields[count++] = line.substr(0, end);
    if (end == std::string_view::npos) return count;
    line.remove_prefix(end + 1);
  }
}

bool is_address(std::string_view field) {
  constexpr std::size_t kLengthMax = 32;
  if (field.empty() || field.size() > kLengthMax) return false;
  for (const char c : field) {
    const bool fits = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      c == ':' || c == '-';
    if (!fits) return false;
  }
  return true;
}

/// The fields behind the time: reader, antenna, strength, and hits where they are given.
base::Result<void> read_tail(std::string_view line, const Fields& fields, std::size_t count,
                             TagLine& out) {
  out.reader = fields[6];
  if (!is_address(out.reader)) return unfit(line, out.reader, "the address of a reader");
  if (!read_number(fields[7], out.read.antenna)) {
    return unfit(line, fields[7], "an antenna from 0 to 255");
  }
  if (!read_number(fields[8], out.read.rssi_dbm)) {
    return unfit(line, fields[8], "a signal strength in dBm");
  }
  std::uint64_t reader_number = 0;
  if (!read_number(fields[9], reader_number)) return unfit(line, fields[9], "a reader's number");
  if (count < kFieldsMost || fields[11].empty()) return {};
  if (!read_number(fields[11], out.read.hits)) {
    return unfit(line, fields[11], "a count of hits from 0 to 65535");
  }
  return {};
}

/// Reads one line without padding. Success costs no allocation; the parts of a failure do.
base::Result<TagLine> read_tag_line(std::string_view line) {
  Fields fields;
  const std::size_t count = split(line, fields);
  if (fields[0] != "TO") return unfit(line, fields[0], "TO~ at the front");
  if (count < kFieldsLeast || count > kFieldsMost) {
    return unfit_at(line, line.substr(line.size()),
                    "found " + std::to_string(count) + " fields" +
                        (count > kFieldsMost ? " or more" : "") + ", expected 11 or 12");
  }
  TagLine out;
  if (!read_number(fields[1], out.number)) return unfit(line, fields[1], "a sequence number");
  out.read.device_seq = out.number;
  auto tag = model::TagCode::parse(fields[2]);
  if (!tag) return unfit(line, fields[2], "a chip code");
  out.read.tag = *tag;
  int ignored = 0;  // Message and tag type: no reader of these files has a use for them.
  if (!read_digits(fields[3], ignored)) return unfit(line, fields[3], "a number such as 160");
  if (!read_digits(fields[4], ignored)) return unfit(line, fields[4], "a tag type");
  const auto time = read_hundredths(fields[5]);
  if (!time) return unfit(line, fields[5], "seconds since 1970 with hundredths");
  out.read.time = base::ReaderTime(*time);
  HS_TRY_VOID(read_tail(line, fields, count, out));
  return out;
}

/// "number/seconds/chip" of a log's first line.
std::string epoch_of(const TagLine& first) {
  constexpr std::int64_t kMicrosPerHundredth = 10'000;
  const std::int64_t hundredths = first.read.time.time_since_epoch().count() / kMicrosPerHundredth;
  const std::int64_t fraction = hundredths % 100;
  return std::to_string(first.number) + "/" + std::to_string(hundredths / 100) +
         (fraction < 10 ? ".0" : ".") + std::to_string(fraction) + "/" + first.read.tag.str();
}

/// Takes a line of the socket protocol; false for any other.
bool take_socket_line(const Line& line, std::string_view text, ChipFileBuilder& out,
                      ctp01::Memory& memory) {
  if (text.starts_with("TO~")) return false;
  if (ctp01::is_tag_event(text)) {
    (void)ctp01::take_tag_event(line, text, out, memory);
    return true;
  }
  if (!ctp01::is_talk(text)) return false;
  out.understood();
  if (auto id = ctp01::connection_id_of(text)) memory.connection_id = std::move(*id);
  return true;
}

/// Reads the read file. A number 1 begins a log: the same one again (the stream is found) or
/// another (a stream is made); every other line belongs to the log begun last.
/// Lines of a recorded connection may stand instead of them.
void read_tags(ChipFileBuilder& out) {
  std::optional<std::size_t> stream;
  ctp01::Memory memory(out.event().date);
  LineSplitter lines(out.input().bytes);
  Line line;
  while (lines.next(line)) {
    const std::string_view text = without_padding(line.text);
    if (text.empty()) continue;
    out.count_line();
    if (take_socket_line(line, text, out, memory)) continue;
    auto tag_line = read_tag_line(text);
    if (!tag_line) {
      out.refuse(line, std::move(tag_line).error(), text);
      continue;
    }
    if (!stream || tag_line->number == kFirstNumber) {
      const bool is_first = !stream;
      stream = out.stream_of({.device = std::string(tag_line->reader),
                              .epoch = epoch_of(*tag_line),
                              .mat = out.source().mat,
                              .clock = std::nullopt},
                             kResolution);
      if (is_first) {
        out.streams()[*stream].reads.reserve(out.input().bytes.size() / kBytesPerLine + 1);
      }
    }
    tag_line->read.line = line.number;
    out.add_read(*stream, tag_line->read);
  }
  if (memory.day.placed() > 0) {
    out.remark(out.input().file + ": " + std::to_string(memory.day.placed()) +
               " times have no date; the first is taken as of " +
               base::format_date(out.event().date));
  }
}

// The marker file: controller,n,type,next_seq,YYMMDDhhmmsscc,value

/// What a line of the marker file says; all but the marker are views into it.
struct MarkerLine {
  model::Marker marker;
  std::string_view controller;
  std::string_view type;
  std::string_view value;
};

/// "YYMMDDhhmmsscc" on the dial.
std::optional<base::ReaderTime> read_stamp(std::string_view field) {
  constexpr std::size_t kLength = 14;
  int hundredths = 0;
  if (field.size() != kLength || !read_digits(field.substr(12), hundredths)) return std::nullopt;
  return read_compact_time(field.substr(0, 12), hundredths);
}

bool is_power_loss(std::string_view value) {
  return value.ends_with("Pwr Lost") || value.ends_with("Power Lost");
}

/// What a marker means. A controller that starts anew behind its first read had lost its power.
model::Marker::Kind kind_of(const MarkerLine& line) {
  using Kind = model::Marker::Kind;
  if (line.type == "Gun" || line.type == "Manual") return Kind::Gun;
  if (line.type == "TimeChange" || line.type == "TimeSet") return Kind::TimeChange;
  if (line.type == "Point") return Kind::Point;
  if (line.type == "Power") return Kind::Power;
  if (line.type == "GeneralAlert" && is_power_loss(line.value)) return Kind::Power;
  if (line.type == "Powerup" && line.marker.before_seq > kFirstNumber) return Kind::Power;
  return Kind::Other;
}

/// A point's marker says its name and no more; the others say their type too, so that a gun input
/// and a press of the manual button can be told apart.
std::string text_of(const MarkerLine& line) {
  if (line.type == "Point") return clean_name(line.value);
  return clean_name(line.type) + ": " + clean_name(line.value);
}

/// Reads one marker. The number of the marker itself has no use: the order of the file counts.
base::Result<MarkerLine> read_marker_line(std::string_view text) {
  MarkerLine out;
  std::string_view rest = text;
  out.controller = take_until(rest, ',');
  if (!is_address(out.controller)) return unfit(text, out.controller, "a controller");
  const std::string_view number = take_until(rest, ',');
  int ignored = 0;
  if (!read_digits(number, ignored)) return unfit(text, number, "a marker number");
  out.type = take_until(rest, ',');
  if (out.type.empty()) return unfit(text, out.type, "a type of marker");
  const std::string_view next = take_until(rest, ',');
  if (!read_number(next, out.marker.before_seq)) {
    return unfit(text, next, "the number of the next read");
  }
  const std::string_view stamp = take_until(rest, ',');
  const auto time = read_stamp(stamp);
  if (!time) return unfit(text, stamp, "a time as YYMMDDhhmmsscc");
  out.marker.time = *time;
  out.value = rest;
  out.marker.kind = kind_of(out);
  if (out.marker.kind == model::Marker::Kind::TimeChange) {
    out.marker.old_time = read_stamp(out.value);
    if (!out.marker.old_time) return unfit(text, out.value, "the old time as YYMMDDhhmmsscc");
  }
  out.marker.text = text_of(out);
  return out;
}

/// Who the box is, in its operator's words. The same thing said again is said once.
struct BoxNames {
  std::string controller;
  std::string event;
  std::string point;

  void note(const MarkerLine& line) {
    add(controller, line.controller);
    if (line.type == "Event") add(event, line.value);
    if (line.type == "Point") add(point, line.value);
  }
  static void add(std::string& list, std::string_view word) {
    // A box has one name or two; a damaged file of thousands is not worth telling.
    constexpr std::size_t kLengthMax = 200;
    const std::string name = "'" + clean_name(word) + "'";
    if (list.size() > kLengthMax || list.find(name) != std::string::npos) return;
    list += (list.empty() ? "" : ", ") + name;
  }
  [[nodiscard]] std::string words() const {
    return "controller " + controller + (event.empty() ? "" : ", event " + event) +
           (point.empty() ? "" : ", point " + point);
  }
};

/// Reads the marker file and gives its markers to the log they belong to.
void read_markers(ChipFileBuilder& out, std::string_view bytes) {
  std::vector<model::Marker> markers;
  BoxNames names;
  LineSplitter lines(bytes);
  Line line;
  while (lines.next(line)) {
    const std::string_view text = without_padding(line.text);
    if (text.empty()) continue;
    auto marker_line = read_marker_line(text);
    if (!marker_line) {
      out.refuse_marker(line, std::move(marker_line).error(), text);
      continue;
    }
    names.note(*marker_line);
    markers.push_back(std::move(marker_line->marker));
  }
  const std::string& file = out.input().marker_file;
  if (!names.controller.empty()) out.remark(file + ": " + names.words());
  if (markers.empty()) return;
  if (out.streams().empty()) {
    // Which log they belong to shows with its first read.
    out.remark(file + ": " + std::to_string(markers.size()) + " markers wait for the first read");
    return;
  }
  if (out.streams().size() > 1) {
    out.remark(file + ": several logs in one read file; the markers go to the first");
  }
  out.streams().front().markers = std::move(markers);
}

}  // namespace

base::Result<void> parse_chronotrack(ChipFileBuilder& out) {
  read_tags(out);
  if (out.input().markers) read_markers(out, *out.input().markers);
  return {};
}

}  // namespace hs::formats
