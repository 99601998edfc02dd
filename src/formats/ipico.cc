#include "formats/ipico.h"

// Implementation notes: IPICO's and Trident's lines have date and time in the same columns, so one
// reader serves both; what stands behind the time tells them apart. Where a line of 38 characters
// could be either (Trident writes "00" where IPICO has its checksum), a fitting checksum decides.

namespace hs::formats {
namespace {

constexpr base::Duration kResolution = std::chrono::milliseconds(10);

// Columns, from 0, common to all tag lines.
constexpr std::size_t kReaderAt = 2;
constexpr std::size_t kTagAt = 4;
constexpr std::size_t kTagLength = 12;
constexpr std::size_t kCountersAt = 16;
constexpr std::size_t kDateAt = 20;
constexpr std::size_t kHundredthsAt = 32;
constexpr std::size_t kPlainEnd = 34;   ///< Where the checksum of a plain line stands.
constexpr std::size_t kTtoEnd = 40;     ///< Where it stands behind the three TTO bytes.
constexpr std::size_t kTypeLength = 2;  ///< "FS", "LS", "BS", "RR".

constexpr std::string_view kClockCommand = "02";
constexpr std::string_view kTriggerCommand = "2c";

/// What a tag line says; `reader` is a view into it.
struct TagLine {
  model::Read read;
  std::string_view reader;
};

bool is_hex(std::string_view text) {
  for (const char c : text) {
    const bool fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (!fits) return false;
  }
  return true;
}

/// The sum of the characters from the third to the one before the checksum, modulo 256.
unsigned checksum(std::string_view line, std::size_t checksum_at) {
  unsigned sum = 0;
  for (const char c : line.substr(kReaderAt, checksum_at - kReaderAt)) {
    sum += static_cast<unsigned char>(c);
  }
  return sum & 0xff;
}

std::string hex_byte(unsigned value) {
  constexpr std::string_view kHex = "0123456789abcdef";
  return {kHex[value >> 4], kHex[value & 0xf]};
}

bool checksum_fits(std::string_view line, std::size_t at) {
  unsigned written = 0;
  return read_number(line.substr(at, 2), written, 16) && written == checksum(line, at);
}

base::Result<void> check_checksum(std::string_view line, std::size_t at) {
  if (checksum_fits(line, at)) return {};
  const std::string_view written = line.substr(at, 2);
  return unfit(line, written, "the checksum " + hex_byte(checksum(line, at)));
}

bool is_read_type(std::string_view text) {
  return text == "FS" || text == "LS" || text == "BS" || text == "RR";
}

/// Checks what stands behind the time, and takes Trident's signal strength.
base::Result<void> read_tail(std::string_view line, model::Read& read) {
  const std::string_view type = line.substr(kPlainEnd + 2, kTypeLength);
  const bool is_trident = line.substr(kPlainEnd, 2) == "00" && is_read_type(type);
  switch (line.size()) {
    case 36:
      return check_checksum(line, kPlainEnd);
    case 38:
      if (!is_read_type(type)) return unfit(line, type, "FS, LS, BS or RR");
      return is_trident ? base::Result<void>{} : check_checksum(line, kPlainEnd);
    case 40: {
      if (!is_trident) return unfit(line, line.substr(kPlainEnd), "00 and FS, LS, BS or RR");
      const std::string_view strength = line.substr(kPlainEnd + 4);
      std::uint8_t byte = 0;
      if (!read_number(strength, byte, 16)) return unfit(line, strength, "a byte in hexadecimal");
      // Two's complement: strengths of passive tags are negative dBm.
      read.rssi_dbm = static_cast<std::int16_t>(byte < 128 ? byte : byte - 256);
      return {};
    }
    case 44: {
      const std::string_view suffix = line.substr(kTtoEnd + 2);
      if (!is_read_type(suffix)) return unfit(line, suffix, "FS, LS, BS or RR");
      return check_checksum(line, kTtoEnd);
    }
    default:  // 42; the caller has looked.
      return check_checksum(line, kTtoEnd);
  }
}

bool is_tag_line_length(std::size_t length) {
  return length == 36 || length == 38 || length == 40 || length == 42 || length == 44;
}

/// Reads a tag line of any of the lengths. The checksum comes last, so that a line whose fields
/// are already wrong says which of them, and one with a flipped digit says that the sum is off.
base::Result<TagLine> read_tag_line(std::string_view line) {
  if (!is_tag_line_length(line.size())) {
    return unfit_at(
        line, line.substr(line.size()),
        "found " + std::to_string(line.size()) + " characters, expected 36, 38, 40, 42 or 44");
  }
  TagLine out;
  out.reader = line.substr(kReaderAt, 2);
  if (!is_hex(out.reader)) return unfit(line, out.reader, "a reader id in hexadecimal");
  const std::string_view tag = line.substr(kTagAt, kTagLength);
  if (!is_hex(tag)) return unfit(line, tag, "a chip of 12 hexadecimal digits");
  auto code = model::TagCode::parse(tag);
  if (!code) return unfit(line, tag, "a chip of 12 hexadecimal digits");
  out.read.tag = *code;
  const std::string_view counters = line.substr(kCountersAt, kDateAt - kCountersAt);
  if (!is_hex(counters)) return unfit(line, counters, "four digits of counters");
  const std::string_view hundredths = line.substr(kHundredthsAt, 2);
  int value = 0;
  constexpr int kHundredthsMax = 0x63;
  if (!read_number(hundredths, value, 16) || value < 0 || value > kHundredthsMax) {
    return unfit(line, hundredths, "hundredths in hexadecimal, 00 to 63");
  }
  const std::string_view stamp = line.substr(kDateAt, kHundredthsAt - kDateAt);
  const auto time = read_compact_time(stamp, value);
  if (!time) return unfit(line, stamp, "a date and time as YYMMDDhhmmss");
  out.read.time = *time;
  HS_TRY_VOID(read_tail(line, out.read));
  return out;
}

struct ControlLine {
  std::string_view reader;
  std::string_view command;
  std::optional<base::ReaderTime> time;  ///< Of the trigger button, or of the clock as asked.
};

/// ab RR LL II data CC: LL bytes of data; of the trigger button and of the clock date, weekday,
/// time, hundredths.
base::Result<ControlLine> read_control_line(std::string_view line) {
  constexpr std::size_t kShortest = 10;
  constexpr std::size_t kCommandAt = 6;
  constexpr std::size_t kTimeLongEnough = 26;  // Up to the checksum behind the hundredths.
  if (line.size() < kShortest) {
    return unfit_at(line, line.substr(line.size()),
                    "found " + std::to_string(line.size()) + " characters, expected 10 or more");
  }
  if (!is_hex(line)) return unfit(line, line.substr(kReaderAt), "hexadecimal digits");
  ControlLine out{.reader = line.substr(kReaderAt, 2),
                  .command = line.substr(kCommandAt, 2),
                  .time = std::nullopt};
  HS_TRY_VOID(check_checksum(line, line.size() - 2));
  if (out.command != kTriggerCommand && out.command != kClockCommand) return out;
  // A question has the same command and no time.
  if (line.size() < kTimeLongEnough) return out;
  // yyMMdd, weekday, HHmmss: the weekday comes out.
  const std::string stamp = std::string(line.substr(8, 6)) + std::string(line.substr(16, 6));
  int hundredths = 0;
  const bool shaped = read_number(line.substr(22, 2), hundredths, 16);
  out.time = shaped ? read_compact_time(stamp, hundredths) : std::nullopt;
  if (!out.time) return unfit(line, line.substr(8, 16), "a date and time");
  return out;
}

/// Takes the lines of one file, one after the other.
class IpicoFile {
 public:
  explicit IpicoFile(ChipFileBuilder& out) : out_(out) {}

  void take(const Line& line, std::string_view text) {
    if (text.starts_with("ab") || text.starts_with("ac")) {
      take_control(line, text);
      return;
    }
    if (!text.starts_with("aa")) {
      auto wrong = unfit(text, text.substr(0, 2), "aa or ab at the front");
      out_.refuse(line, std::move(wrong).value(), text);
      return;
    }
    auto tag_line = read_tag_line(text);
    if (!tag_line) {
      out_.refuse(line, std::move(tag_line).error(), text);
      return;
    }
    tag_line->read.line = line.number;
    out_.add_read(stream_of(tag_line->reader), tag_line->read);
  }

  void finish() {
    if (controls_ == 0) return;
    out_.remark(out_.input().file + ": " + std::to_string(controls_) +
                " lines that are the reader's control, not reads");
  }

 private:
  void take_control(const Line& line, std::string_view text) {
    // "ac" is a control line whose checksum nobody checks; nothing of it is used.
    if (text.starts_with("ac")) {
      out_.understood();
      ++controls_;
      return;
    }
    auto control = read_control_line(text);
    if (!control) {
      out_.refuse(line, std::move(control).error(), text);
      return;
    }
    out_.understood();
    if (!control->time || control->command != kTriggerCommand) {
      ++controls_;
      return;
    }
    model::Marker marker;
    marker.kind = model::Marker::Kind::Gun;
    marker.before_seq = 0;  // Nothing is numbered here, and a gun has its time.
    marker.time = *control->time;
    marker.text = "trigger button";
    out_.streams()[stream_of(control->reader)].markers.push_back(std::move(marker));
  }

  /// The stream of a reader. A file has a few readers at most, mostly one.
  std::size_t stream_of(std::string_view reader) {
    if (reader != last_reader_) {
      last_stream_ = out_.stream_of({.device = std::string(reader),
                                     .epoch = "",
                                     .mat = out_.source().mat,
                                     .clock = std::nullopt},
                                    kResolution);
      last_reader_ = reader;
    }
    return last_stream_;
  }

  ChipFileBuilder& out_;
  std::string_view last_reader_;
  std::size_t last_stream_ = 0;
  std::size_t controls_ = 0;
};

}  // namespace

base::Result<void> parse_ipico(ChipFileBuilder& out) {
  IpicoFile file(out);
  LineSplitter lines(out.input().bytes);
  Line line;
  while (lines.next(line)) {
    const std::string_view text = without_padding(line.text);
    if (text.empty()) continue;
    out.count_line();
    file.take(line, text);
  }
  file.finish();
  return {};
}

std::optional<base::ReaderTime> read_ipico_clock(std::string_view line) {
  if (!line.starts_with("ab")) return std::nullopt;
  const auto control = read_control_line(line);
  if (!control || control->command != kClockCommand) return std::nullopt;
  return control->time;
}

}  // namespace hs::formats
