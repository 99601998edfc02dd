#include "readers/mylaps_session.h"

#include <algorithm>
#include <utility>

#include "formats/chip_lines.h"
#include "readers/file_piece.h"

// Implementation notes: a message is one file of the format "mylaps" to the parser of files, so
// that a read has one identity whichever way it came. Bytes of nothing, blanks and line ends around
// a message are no part of it: real clients send them.

namespace hs::readers {
namespace {

constexpr std::string_view kUs = "Homestretch";
/// What we ask a V2 client for: chip, time of day, date, UTC, decoder, antenna, hits, kind of chip.
constexpr std::string_view kFields = "c|t|d|utc|dv|re|an|h|ct";

bool is_padding(char c) { return c == '\r' || c == '\n' || c == ' ' || c == '\t' || c == '\0'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_padding(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_padding(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view take_field(std::string_view& rest) {
  const std::size_t end = rest.find('@');
  const std::string_view field = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return field;
}

/// The number at the end of a message, as it was sent; empty where it has none.
std::string message_number(std::string_view message) {
  if (!message.empty() && message.back() == '@') message.remove_suffix(1);
  const std::size_t at = message.rfind('@');
  if (at == std::string_view::npos) return {};
  const std::string_view number = trimmed(message.substr(at + 1));
  const bool is_number =
      !number.empty() && number.size() <= 10 &&
      std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? std::string(number) : std::string();
}

std::string message(std::string_view function, std::string_view data = {}) {
  std::string out = std::string(kUs) + "@" + std::string(function) + "@";
  if (!data.empty()) out += std::string(data) + "@";
  return out + "$";
}

}  // namespace

Heard MylapsSession::quiet() {
  Heard heard;
  heard.reply = message("Ping");
  return heard;
}

Heard MylapsSession::take(std::string_view bytes, base::RaceTime /*received*/) {
  Heard heard;
  for (std::size_t end = bytes.find('$'); end != std::string_view::npos; end = bytes.find('$')) {
    rest_ += bytes.substr(0, end);
    bytes.remove_prefix(end + 1);
    through_ += rest_.size() + 1;
    const std::string whole = std::exchange(rest_, std::string());
    take_message(trimmed(whole), heard);
  }
  rest_ += bytes;
  if (rest_.size() > kMostMessageBytes) {
    heard.give_up = "found " + std::to_string(rest_.size()) + " bytes of a message without its '$'";
    rest_.clear();
  }
  return heard;
}

void MylapsSession::take_message(std::string_view text, Heard& heard) {
  std::string_view rest = text;
  const std::string_view location = take_field(rest);
  const std::string_view function = take_field(rest);
  if (function == "Pong") {
    note_location(location);
    heard.reply += message("AckPong", std::string("Version2.1@") + std::string(kFields));
  } else if (function == "Ping") {
    heard.reply += message("AckPing");
  } else if (function == "AckAuth") {
    heard.reply += message("AuthOk");
  } else if (function == "Store" || function == "Passing" || function == "Marker") {
    note_location(location);
    deliver(text, function, heard);
  }
}

void MylapsSession::note_location(std::string_view location) {
  state_.is_ready = true;
  if (state_.locations.size() >= kMostLocations) return;
  state_.locations.insert(formats::clean_name(location));
}

void MylapsSession::deliver(std::string_view text, std::string_view function, Heard& heard) {
  Delivery delivery;
  const std::string line = std::string(text) + "$";
  formats::ChipFileInput input;
  input.file = context_.connection;
  input.bytes = line;
  auto parsed = formats::parse_chip_file(context_.source, context_.event, input);
  if (parsed) {
    delivery.streams = std::move(parsed->streams);
    delivery.bad = std::move(parsed->bad);
  } else {
    delivery.bad.push_back({1, 1, parsed.error().message, context_.connection});
  }
  // Thanked for also where nothing could be read: it would come again for ever, and its bytes are
  // kept as they came.
  delivery.acknowledge = message("Ack" + std::string(function), message_number(text));
  delivery.through = through_;
  heard.deliveries.push_back(std::move(delivery));
}

}  // namespace hs::readers
