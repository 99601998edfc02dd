#include "readers/ipico_session.h"

#include <utility>

#include "formats/chip_lines.h"
#include "formats/ipico.h"
#include "readers/device_dial.h"
#include "readers/file_piece.h"

namespace hs::readers {
namespace {

/// "What time is it?", with its checksum. It changes nothing in the reader.
constexpr std::string_view kAskTime = "ab00000222\r\n";
/// Long enough for an empty road, four times over.
constexpr base::Duration kPatience = std::chrono::hours(2);

}  // namespace

std::string IpicoSession::opened() { return std::string(kAskTime); }

Heard IpicoSession::quiet() {
  Heard heard;
  heard.reply = kAskTime;
  return heard;
}

base::Duration IpicoSession::quiet_after() const {
  return answers_ ? DeviceSession::quiet_after() : kPatience;
}

Heard IpicoSession::take(std::string_view bytes, base::RaceTime received) {
  Heard heard;
  Delivery delivery;
  for (LineCutter::Whole line; lines_.next(bytes, line);) {
    line.text = formats::without_padding(line.text);
    if (!line.text.empty()) take_line(line, received, delivery);
  }
  heard.give_up = lines_.give_up();
  if (!delivery.streams.empty() || !delivery.bad.empty()) {
    note_locations(state_, delivery);
    heard.deliveries.push_back(std::move(delivery));
  }
  return heard;
}

void IpicoSession::take_line(const LineCutter::Whole& line, base::RaceTime received,
                             Delivery& delivery) {
  state_.is_ready = true;
  const int before = static_cast<int>(line.number) - 1;
  if (read_into(delivery, context_, "ipico", line.text + "\n", before)) {
    delivery.through = line.through;
  }
  if (state_.name.empty() && !delivery.streams.empty()) {
    state_.name = "reader " + delivery.streams.front().stream.device;
  }
  const auto said = formats::read_ipico_clock(line.text);
  if (!said) return;
  answers_ = true;
  if (const auto ahead = clock_ahead(context_.source, context_.event, *said, received))
    state_.clock_ahead = *ahead;
}

}  // namespace hs::readers
