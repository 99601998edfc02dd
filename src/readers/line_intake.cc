#include "readers/line_intake.h"

#include <algorithm>

#include "formats/chip_lines.h"
#include "formats/time_zone.h"

namespace hs::readers {
namespace {

bool is_one_stream(const model::Stream& a, const model::Stream& b) {
  return a.device == b.device && a.epoch == b.epoch && a.mat == b.mat && a.clock == b.clock;
}

/// The stream of that identity in `delivery`, made where it is new.
formats::ParsedStream& stream_like(Delivery& delivery, const model::Stream& stream) {
  // From the end: what comes next is mostly of the stream that came last, and there are few.
  const auto place = std::find_if(
      delivery.streams.rbegin(), delivery.streams.rend(),
      [&](const formats::ParsedStream& have) { return is_one_stream(have.stream, stream); });
  if (place != delivery.streams.rend()) return *place;
  delivery.streams.push_back({.stream = stream, .reads = {}, .markers = {}, .hand_lines = {}});
  return delivery.streams.back();
}

}  // namespace

void LineIntake::add(std::string_view bytes) {
  if (is_endless_) return;
  // What was given out goes now, once a piece, so that a line costs no copy of all behind it.
  bytes_.erase(0, begin_);
  searched_ -= begin_;
  begin_ = 0;
  bytes_ += bytes;
}

bool LineIntake::next(WireLine& line) {
  if (after_cr_ && begin_ < bytes_.size()) {
    if (bytes_[begin_] == '\n') {
      ++begin_;
      ++through_;
    }
    after_cr_ = false;
  }
  searched_ = std::max(searched_, begin_);
  const std::size_t end = bytes_.find_first_of("\r\n", searched_);
  const std::size_t length = std::min(end, bytes_.size()) - begin_;
  if (length > most_bytes_) {
    is_endless_ = true;
    bytes_.clear();
    begin_ = searched_ = 0;
    return false;
  }
  if (end == std::string::npos) {
    searched_ = bytes_.size();
    return false;
  }
  line.text = formats::without_padding(std::string_view(bytes_).substr(begin_, length));
  line.number = ++number_;
  after_cr_ = bytes_[end] == '\r';
  through_ += length + 1;
  line.through = through_;
  begin_ = end + 1;
  return true;
}

std::string LineIntake::endless_words() const {
  return "found a line without an end, expected at most " + std::to_string(most_bytes_) + " bytes";
}

bool read_into(Delivery& delivery, const SessionContext& context, std::string_view format,
               std::string_view bytes, int lines_before) {
  model::SourceConfig source = context.source;
  source.format = format;
  formats::ChipFileInput input;
  input.file = context.connection;
  input.bytes = bytes;
  input.extent = formats::InputExtent::Piece;
  auto parsed = formats::parse_chip_file(source, context.event, input);
  if (!parsed) {
    const base::Error& error = parsed.error();
    delivery.bad.push_back({std::max(std::max(error.place.line, 1) + lines_before, 1),
                            std::max(error.place.column, 1), error.message, context.connection});
    return true;
  }
  bool has_something = !parsed->bad.empty();
  for (formats::BadLine& bad : parsed->bad) {
    bad.line += lines_before;
    delivery.bad.push_back(std::move(bad));
  }
  for (formats::ParsedStream& stream : parsed->streams) {
    has_something = has_something || !stream.reads.empty() || !stream.markers.empty();
    formats::ParsedStream& into = stream_like(delivery, stream.stream);
    into.stream.resolution = std::min(into.stream.resolution, stream.stream.resolution);
    for (model::Read& read : stream.reads) {
      read.line = static_cast<std::uint32_t>(static_cast<int>(read.line) + lines_before);
      into.reads.push_back(read);
    }
    into.markers.insert(into.markers.end(), stream.markers.begin(), stream.markers.end());
  }
  return has_something;
}

std::optional<base::Duration> clock_ahead(const SessionContext& context, base::ReaderTime said,
                                          base::RaceTime received) {
  std::chrono::seconds offset{0};
  switch (context.source.clock) {
    case model::DeviceClock::Local: {
      const auto local = received + model::utc_offset_at(context.event, received);
      offset =
          formats::frozen_local_offset(context.event, base::ReaderTime(local.time_since_epoch()));
      break;
    }
    case model::DeviceClock::Fixed:
      offset = context.source.fixed_offset;
      break;
    case model::DeviceClock::Utc:
      break;
    case model::DeviceClock::Free:
      return std::nullopt;
  }
  return said.time_since_epoch() - (received + offset).time_since_epoch();
}

void note_locations(DeviceState& state, const Delivery& delivery) {
  for (const formats::ParsedStream& stream : delivery.streams) {
    if (state.locations.size() >= kMostLocations) return;
    if (!stream.stream.mat.empty()) state.locations.insert(stream.stream.mat);
  }
}

}  // namespace hs::readers
