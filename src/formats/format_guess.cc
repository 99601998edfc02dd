#include "formats/format_guess.h"

#include <algorithm>
#include <array>

#include "formats/chip_lines.h"
#include "formats/llrp_message.h"

namespace hs::formats {
namespace {

constexpr std::size_t kLookedAt = 4096;

struct Opening {
  std::string_view bytes;
  const char* words;
};

using namespace std::string_view_literals;

constexpr std::array kOpenings = {
    Opening{"PK\x03\x04"sv, "a zip archive or spreadsheet"},
    Opening{"\xd0\xcf\x11\xe0"sv, "an old spreadsheet or document"},
    Opening{"%PDF"sv, "a PDF"},
    Opening{"SQLite format 3\0"sv, "a race file or another SQLite database"},
    Opening{"\x1f\x8b"sv, "a gzip archive"},
    Opening{"\xff\xfe"sv, "UTF-16 text"},
    Opening{"\xfe\xff"sv, "UTF-16 text"},
    Opening{"<"sv, "XML or HTML"},
    Opening{"{"sv, "JSON"},
    Opening{"["sv, "JSON"},
};

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool looks_like_marker_line(std::string_view line) {
  // controller,number,type,next sequence,14 digits,value
  for (int i = 0; i < 4; ++i) {
    if (!has(line, ",")) return false;
    (void)take_until(line, ',');
  }
  constexpr std::size_t kStampDigits = 14;
  const std::string_view stamp = take_until(line, ',');
  return stamp.size() == kStampDigits && is_digits(stamp);
}

bool looks_like_mylaps(std::string_view line) {
  constexpr std::size_t kRecordLength = 39;
  if (line.size() == kRecordLength && line[9] == ':' && line[12] == ':') return true;
  for (const std::string_view function :
       {"@Store@"sv, "@Passing@"sv, "@Marker@"sv, "@Pong@"sv, "@AckPing@"sv, "@Ping@"sv,
        "@GetLocations@"sv, "@AckGetInfo@"sv}) {
    if (has(line, function)) return true;
  }
  return false;
}

bool looks_like_ultra(std::string_view line) {
  const auto commas = std::count(line.begin(), line.end(), ',');
  const bool numbered = line.starts_with("0,") || line.starts_with("1,");
  if (numbered && (commas == 11 || commas == 5)) return true;
  return line.starts_with("Connected,") || line.starts_with("V=") ||
         std::count(line.begin(), line.end(), '\t') == 3;
}

bool looks_like_raceresult(std::string_view line) {
  if (line.starts_with("#P;")) return true;
  // number;transponder;date;time;...
  const std::string_view number = take_until(line, ';');
  if (number.empty() || !is_digits(number)) return false;
  (void)take_until(line, ';');
  const std::string_view date = take_until(line, ';');
  const std::string_view time = take_until(line, ';');
  const bool dated = date.empty() || (date.size() == 10 && date[4] == '-' && date[7] == '-');
  return dated && time.size() >= 8 && time[2] == ':' && time[5] == ':';
}

/// The read format whose lines look like `line`, or nothing.
std::string_view format_of_line(std::string_view line) {
  constexpr std::size_t kIpicoShortest = 12;
  if (line.starts_with("TO~") || std::string_view("TO~").starts_with(line)) return "chronotrack";
  if (line.starts_with("CT01_")) return "chronotrack";
  if (looks_like_raceresult(line)) return "raceresult";
  const std::string_view front = line.substr(0, kIpicoShortest);
  if ((line.starts_with("aa") || line.starts_with("ab")) && front.size() == kIpicoShortest &&
      is_hex(front)) {
    return "ipico";
  }
  if (looks_like_mylaps(line)) return "mylaps";
  const std::string header = lower(line);
  if (has(header, "tag") && has(header, "time")) return "csv";
  if (looks_like_ultra(line)) return "ultra";
  return {};
}

bool looks_like_llrp(std::string_view bytes) {
  const auto head = llrp::read_head(bytes);
  return head && llrp::is_known_message(head->type) && head->length <= llrp::kMostMessageBytes;
}

}  // namespace

FormatGuess guess_format(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kLookedAt);
  for (const Opening& opening : kOpenings) {
    if (head.starts_with(opening.bytes)) return {{}, opening.words};
  }
  if (looks_like_llrp(head)) return {"llrp", "messages of the format 'llrp'"};
  LineSplitter lines(head);
  Line line;
  std::string_view first;
  while (lines.next(line)) {
    const std::string_view text = without_padding(line.text);
    if (text.empty()) continue;
    if (first.empty()) first = text;
    const std::string_view format = format_of_line(text);
    if (!format.empty()) return {format, "lines of the format '" + std::string(format) + "'"};
    if (looks_like_marker_line(text)) return {{}, "a ChronoTrack marker file"};
  }
  if (first.empty()) return {{}, "nothing but blanks"};
  return {{}, "a file that begins with " + shown(first)};
}

}  // namespace hs::formats
