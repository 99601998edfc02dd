#include "formats/chip_file_builder.h"

#include <algorithm>

#include "base/check.h"
#include "formats/format_guess.h"
#include "formats/text_encoding.h"
#include "formats/time_zone.h"

// Implementation notes: a parser may find that nothing fits only when the file is at its end, so
// bad lines are collected first and the refusal of a wrong file takes them along. What belongs to
// a whole stream (the zone's offset, which asks for its first read) is filled in at the end, too.

namespace hs::formats {
namespace {

/// How far `part` stands from the front of its line; 0 where there is no part.
int columns_before(const Line& line, std::string_view part) {
  if (part.data() == nullptr) return 0;
  HS_CHECK(part.data() >= line.text.data() && part.size() <= line.text.size(),
           "a part of a line must lie in the line");
  return static_cast<int>(part.data() - line.text.data());
}

}  // namespace

ChipFileBuilder::ChipFileBuilder(const model::SourceConfig& source, const model::Event& event,
                                 const ChipFileInput& input)
    : source_(source), event_(event), input_(input) {}

std::size_t ChipFileBuilder::stream_of(const StreamKey& key, base::Duration resolution) {
  const auto [place, is_new] = numbers_.try_emplace(key, file_.streams.size());
  if (!is_new) return place->second;
  model::Stream stream;
  stream.device = key.device;
  stream.epoch = key.epoch;
  stream.mat = key.mat;
  stream.file = input_.file;
  stream.format = source_.format;
  stream.role = source_.role;
  stream.clock = key.clock.value_or(source_.clock);
  stream.offset = source_.offset;
  stream.resolution = resolution;
  file_.streams.push_back(
      {.stream = std::move(stream), .reads = {}, .markers = {}, .hand_lines = {}});
  return place->second;
}

void ChipFileBuilder::add_read(std::size_t stream, const model::Read& read) {
  HS_CHECK(stream < file_.streams.size(), "a read goes to a stream that was made");
  understood_ = true;
  file_.streams[stream].reads.push_back(read);
}

void ChipFileBuilder::refuse(const Line& line, base::Error error, std::string_view part) {
  if (!line.ended) {
    file_.last_line_cut = true;
    return;
  }
  file_.bad.push_back({.line = static_cast<int>(line.number),
                       .column = std::max(error.place.column, 1) + columns_before(line, part),
                       .message = std::move(error.message),
                       .file = input_.file});
}

void ChipFileBuilder::refuse_marker(const Line& line, base::Error error, std::string_view part) {
  if (!line.ended) {
    remark(input_.marker_file + ": the last line is cut");
    return;
  }
  file_.bad.push_back({.line = static_cast<int>(line.number),
                       .column = std::max(error.place.column, 1) + columns_before(line, part),
                       .message = std::move(error.message),
                       .file = input_.marker_file});
}

void ChipFileBuilder::remark(std::string words) { file_.remarks.push_back(std::move(words)); }

base::Result<void> ChipFileBuilder::check_fits() const {
  if (understood_ || file_.lines == 0 || input_.extent == InputExtent::Piece) return {};
  const FormatGuess guess = guess_format(input_.bytes);
  // A single line that the box had only begun to write is no wrong file.
  const bool own_format = guess.format == source_.format;
  if (own_format && file_.last_line_cut && file_.bad.empty()) return {};
  base::Place place{.file = input_.file, .line = 1, .column = 1};
  std::string message = "found " + guess.words + ", expected the format '" + source_.format + "'";
  if (own_format && !file_.bad.empty()) {
    place.line = file_.bad.front().line;
    place.column = file_.bad.front().column;
    message = "not one line can be read; the first: " + file_.bad.front().message;
  }
  return base::fail(base::ErrorCode::InvalidInput, std::move(message), std::move(place));
}

base::Result<ChipFile> ChipFileBuilder::finish() {
  HS_TRY_VOID(check_fits());
  for (ParsedStream& parsed : file_.streams) {
    std::optional<base::ReaderTime> first;
    if (!parsed.reads.empty()) {
      first = parsed.reads.front().time;
    } else if (!parsed.markers.empty()) {
      first = parsed.markers.front().time;
    }
    switch (parsed.stream.clock) {
      case model::DeviceClock::Local:
        parsed.stream.utc_offset = frozen_local_offset(event_, first);
        break;
      case model::DeviceClock::Fixed:
        parsed.stream.utc_offset = source_.fixed_offset;
        break;
      case model::DeviceClock::Utc:
      case model::DeviceClock::Free:
        break;
    }
  }
  return std::move(file_);
}

void for_each_text_line(const ChipFileBuilder& out, const std::function<void(const Line&)>& take) {
  const auto decoded = decode_text(out.input().bytes, out.input().file);
  LineSplitter lines(decoded ? std::string_view(decoded->utf8) : out.input().bytes);
  Line line;
  while (lines.next(line)) take(line);
}

}  // namespace hs::formats
