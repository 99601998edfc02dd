#include "readers/file_piece.h"

#include <algorithm>

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

void note_locations(DeviceState& state, const Delivery& delivery) {
  for (const formats::ParsedStream& stream : delivery.streams) {
    if (state.locations.size() >= kMostLocations) return;
    if (!stream.stream.mat.empty()) state.locations.insert(stream.stream.mat);
  }
}

}  // namespace hs::readers
