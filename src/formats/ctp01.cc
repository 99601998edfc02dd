#include "formats/ctp01.h"

#include <array>

// Implementation notes: which of the four forms a time has is seen from the time itself. A source
// is asked for `iso`, but the asking may be refused, and a recorded file was asked by somebody
// else. Milliseconds since midnight have no point, seconds since 1970 have one.

namespace hs::formats::ctp01 {
namespace {

constexpr base::Duration kResolution = std::chrono::milliseconds(10);
constexpr std::size_t kFields = 8;
constexpr std::int64_t kMillisPerDay = 86'400'000;

/// The parts of `CT01_33~number~location~tag~time~occurrence~reader~antenna`; views into the line.
struct TagEvent {
  model::Read read;
  std::uint64_t number = 0;
  std::string_view location;
  std::string_view tag;
};

using Fields = std::array<std::string_view, kFields>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool split(std::string_view line, Fields& fields) {
  for (std::size_t i = 0; i < kFields; ++i) {
    const bool is_last = i + 1 == kFields;
    const std::size_t end = line.find('~');
    // An eighth field may be followed by others: what a later revision adds is not ours to refuse.
    if (!is_last && end == std::string_view::npos) return false;
    fields[i] = without_padding(line.substr(0, end));
    if (!is_last) line.remove_prefix(end + 1);
  }
  return true;
}

std::optional<base::ReaderTime> read_time(std::string_view field, DayGiver& day) {
  constexpr int kDecimals = 6;
  if (const auto of_day = read_time_of_day(field, kDecimals)) return day.place(*of_day);
  if (const auto seconds = read_hundredths(field)) return base::ReaderTime(*seconds);
  std::int64_t millis = 0;
  if (read_number(field, millis)) {
    if (millis < 0 || millis >= kMillisPerDay) return std::nullopt;
    return day.place(std::chrono::milliseconds(millis));
  }
  const auto dated = base::parse_iso(field);
  // An offset would be another clock's than the one that the source declares.
  if (!dated || dated->utc_offset) return std::nullopt;
  return base::ReaderTime(base::Duration(dated->civil.micros));
}

bool is_gun(const TagEvent& event) { return event.tag == "guntime"; }
bool is_new_location(const TagEvent& event) { return event.tag == "newlocation"; }

base::Result<TagEvent> read_tag_event(std::string_view line, DayGiver& day) {
  Fields fields;
  if (!split(line, fields)) {
    return unfit_at(line, line.substr(line.size()), "found fewer fields, expected 8");
  }
  TagEvent out;
  const bool is_known = fields[0].size() == 7 && is_tag_event(fields[0]) &&
                        is_digit(fields[0][5]) && is_digit(fields[0][6]);
  if (!is_known) return unfit(line, fields[0], "CT01_ and two digits");
  if (!read_number(fields[1], out.number)) return unfit(line, fields[1], "a sequence number");
  out.location = fields[2];
  if (out.location.empty()) return unfit(line, fields[2], "a location");
  out.tag = fields[3];
  if (!is_gun(out) && !is_new_location(out)) {
    auto tag = model::TagCode::parse(out.tag);
    if (!tag) return unfit(line, out.tag, "a chip code");
    out.read.tag = *tag;
  }
  if (!read_number(fields[7], out.read.antenna)) {
    return unfit(line, fields[7], "an antenna from 0 to 255");
  }
  // Last, since a time that is placed moves the day of those behind it.
  const auto time = read_time(fields[4], day);
  if (!time) {
    return unfit(line, fields[4],
                 "a time as YYYY-MM-DDThh:mm:ss.cc, hh:mm:ss.cc, seconds or milliseconds");
  }
  out.read.time = *time;
  return out;
}

std::size_t stream_of(const TagEvent& event, ChipFileBuilder& out, const Memory& memory) {
  std::string device = stream_device(event.location);
  const std::string& mat = out.source().mat;
  const std::string of_mat = mat.empty() ? device : mat;
  return out.stream_of({.device = std::move(device),
                        .epoch = clean_name(memory.connection_id),
                        .mat = of_mat,
                        .clock = std::nullopt},
                       kResolution);
}

}  // namespace

std::string stream_device(std::string_view location) { return clean_name(location); }

bool is_tag_event(std::string_view line) { return line.starts_with("CT01_"); }

bool is_talk(std::string_view line) {
  if (line.starts_with("ack~") || line.starts_with("err~")) return true;
  std::string_view rest = line;
  (void)take_until(rest, '~');
  (void)take_until(rest, '~');
  return rest.starts_with("CTP");
}

std::optional<std::string> connection_id_of(std::string_view line) {
  constexpr std::string_view kAnswer = "ack~getconnectionid~";
  if (!line.starts_with(kAnswer)) return std::nullopt;
  const std::string_view id = without_padding(line.substr(kAnswer.size()));
  if (id.empty()) return std::nullopt;
  return std::string(id);
}

Taken take_tag_event(const Line& line, std::string_view text, ChipFileBuilder& out,
                     Memory& memory) {
  auto event = read_tag_event(text, memory.day);
  if (!event || !line.ended) {
    // Without its end the antenna may be half of itself.
    out.refuse(line, event ? base::Error{} : std::move(event).error(), text);
    return {};
  }
  Taken taken{.kind = Taken::Kind::Read, .location = stream_device(event->location)};
  out.understood();
  if (is_new_location(*event)) {
    taken.kind = Taken::Kind::NewLocation;
    return taken;
  }
  const std::size_t stream = stream_of(*event, out, memory);
  if (is_gun(*event)) {
    taken.kind = Taken::Kind::Gun;
    out.streams()[stream].markers.push_back({.kind = model::Marker::Kind::Gun,
                                             .before_seq = event->number + 1,
                                             .time = event->read.time,
                                             .old_time = std::nullopt,
                                             .text = "guntime"});
    return taken;
  }
  if (!memory.connection_id.empty()) event->read.device_seq = event->number;
  event->read.line = line.number;
  out.add_read(stream, event->read);
  return taken;
}

}  // namespace hs::formats::ctp01
