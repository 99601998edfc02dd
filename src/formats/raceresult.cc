#include "formats/raceresult.h"

#include <algorithm>

#include "formats/chip_lines.h"

namespace hs::formats {
namespace raceresult {
namespace {

constexpr base::Duration kResolution = std::chrono::milliseconds(1);
constexpr const char* kNameless = "raceresult";  ///< A box that does not say its name.

std::string device_of(const Passing& passing) {
  return passing.box.empty() ? kNameless : passing.box;
}

/// What the box calls the place: its own name, or that of a loop where the source knows it.
std::string location_of(const Passing& passing, const model::SourceConfig& source) {
  const std::string name = passing.box_name.empty() ? device_of(passing) : passing.box_name;
  if (passing.loop.empty()) return name;
  const std::string of_loop = name + "/" + passing.loop;
  const bool is_known =
      std::any_of(source.locations.begin(), source.locations.end(),
                  [&](const model::Location& location) { return location.name == of_loop; });
  return is_known ? of_loop : name;
}

}  // namespace

std::string epoch_of_file(std::string_view number) { return "file " + std::string(number); }

void add_passing(const Line& line, Passing passing, ChipFileBuilder& out, Numbers numbers) {
  out.understood();
  const bool is_named = numbers == Numbers::Name && !passing.box.empty() && !passing.file.empty();
  const std::string& mat = out.source().mat;
  const std::size_t stream =
      out.stream_of({.device = device_of(passing),
                     .epoch = is_named ? epoch_of_file(passing.file) : "",
                     .mat = mat.empty() ? location_of(passing, out.source()) : mat,
                     .clock = std::nullopt},
                    kResolution);
  if (passing.is_marker) {
    out.streams()[stream].markers.push_back({.kind = model::Marker::Kind::Gun,
                                             .before_seq = passing.number + 1,
                                             .time = passing.read.time,
                                             .old_time = std::nullopt,
                                             .text = "marker"});
    return;
  }
  if (is_named) passing.read.device_seq = passing.number;
  passing.read.line = line.number;
  out.add_read(stream, passing.read);
}

}  // namespace raceresult

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// Answers of the box and headers begin with a word and have no time where a passing has one.
bool is_talk(std::string_view line) {
  constexpr int kDecimals = 6;
  if (!is_letter(line.front())) return false;
  for (int i = 0; i < 3; ++i) (void)take_until(line, ';');
  return !read_time_of_day(take_until(line, ';'), kDecimals);
}

}  // namespace

base::Result<void> parse_raceresult(ChipFileBuilder& out) {
  raceresult::Days days(out.event().date);
  LineSplitter lines(out.input().bytes);
  Line line;
  std::size_t talk = 0;
  while (lines.next(line)) {
    const std::string_view text = without_padding(line.text);
    if (text.empty()) continue;
    out.count_line();
    if (is_talk(text)) {
      ++talk;
      continue;
    }
    auto passing = raceresult::read_passing(text, days);
    if (!passing || !line.ended) {
      // Without its end the last field may be half of itself, and with it the box's id.
      out.refuse(line, passing ? base::Error{} : std::move(passing).error(), text);
      continue;
    }
    raceresult::add_passing(line, std::move(*passing), out, raceresult::Numbers::Name);
  }
  const std::string& file = out.input().file;
  const std::string day = base::format_date(out.event().date);
  if (talk > 0) out.remark(file + ": " + std::to_string(talk) + " lines that are no passings");
  if (days.counted > 0) {
    out.remark(file + ": " + std::to_string(days.counted) +
               " times count days instead of a date; day 0 is taken as " + day);
  }
  if (days.undated.placed() > 0) {
    out.remark(file + ": " + std::to_string(days.undated.placed()) +
               " times have no date; the first is taken as of " + day);
  }
  return {};
}

}  // namespace hs::formats
