#include "readers/ultra_session.h"

#include <algorithm>
#include <utility>

#include "formats/chip_lines.h"
#include "formats/ultra.h"
#include "readers/device_dial.h"
#include "readers/file_piece.h"

// Implementation notes: commands have no end, so each is sent alone, when the one before it was
// answered or a heartbeat shows that it will not be. `S`, `R` and `t` are not written anywhere in
// this file: they stop, start and set a box.

namespace hs::readers {
namespace {

constexpr std::string_view kAskState = "?";
constexpr std::string_view kAskTime = "r";
constexpr std::string_view kSend = "700";
constexpr char kByNumber = '6';
constexpr char kByTime = '8';
constexpr int kBeatsToWait = 2;

/// Volts with up to four decimals, as millivolts; nothing for anything else.
std::optional<int> read_millivolts(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  int volts = 0;
  constexpr int kMostVolts = 1'000;
  if (!formats::read_digits(text.substr(0, point), volts) || volts > kMostVolts) {
    return std::nullopt;
  }
  std::string decimals(text.substr(std::min(point + 1, text.size())));
  decimals.resize(3, '0');
  int millis = 0;
  if (!formats::read_digits(decimals, millis)) return std::nullopt;
  return volts * 1000 + millis;
}

}  // namespace

DeviceState UltraSession::state() const {
  DeviceState out = state_;
  if (!is_reading_) {
    out.trouble = "the box does not read: start it on the box";
  } else if (out.battery_millivolts && *out.battery_millivolts < kLowMillivolts) {
    out.trouble = "the battery of the box is low";
  }
  return out;
}

Heard UltraSession::quiet() {
  Heard heard;
  heard.reply = kAskState;
  return heard;
}

Heard UltraSession::take(std::string_view bytes, base::RaceTime received) {
  Heard heard;
  Delivery delivery;
  for (LineCutter::Whole line; lines_.next(bytes, line);) {
    line.text = formats::without_padding(line.text);
    if (!line.text.empty()) take_line(line, received, heard, delivery);
  }
  heard.give_up = lines_.give_up();
  if (!delivery.streams.empty() || !delivery.bad.empty()) {
    note_locations(state_, delivery);
    heard.deliveries.push_back(std::move(delivery));
  }
  return heard;
}

void UltraSession::take_line(const LineCutter::Whole& line, base::RaceTime received, Heard& heard,
                             Delivery& delivery) {
  if (take_talk(line.text, received, heard)) return;
  const int before = static_cast<int>(line.number) - 1;
  if (read_into(delivery, context_, "ultra", line.text + "\n", before)) {
    delivery.through = line.through;
  }
  follow(line.text, heard);
}

void UltraSession::follow(std::string_view line, Heard& heard) {
  const auto place = formats::ultra_place_of(line);
  if (!place) return;
  state_.is_ready = true;
  if (state_.name.empty()) state_.name = place->device;
  if (place->is_rewind) {
    spelling_known_ = true;
    asked_.clear();
    return;
  }
  const bool asks_for_all = is_greeted_ && step_ != Step::Done;
  // The box sends, so "send" was understood.
  if (asks_for_all && step_ == Step::All) ask_next(heard);
  const std::uint64_t number = place->log_number;
  const auto known = last_.find(place->box);
  if (known == last_.end() && last_.size() >= kMostBoxes) return;
  std::uint64_t before = number == 0 ? 0 : number - 1;
  if (known != last_.end()) {
    before = known->second;
  } else if (!is_greeted_) {
    before = context_.last_stored ? context_.last_stored(place->device, "").value_or(0) : 0;
  }
  last_[place->box] = number;
  if (asks_for_all || number == before || number == 0) return;
  // A lower number: the log was cleared and begins anew.
  const std::uint64_t from = number > before ? before + 1 : 1;
  if (from < number) ask_again(kByNumber, from, number - 1, heard);
}

bool UltraSession::take_talk(std::string_view line, base::RaceTime received, Heard& heard) {
  if (line.starts_with("Connected,") || line.starts_with("1,Connected,")) {
    state_.is_ready = true;
    if (!std::exchange(is_greeted_, true)) ask_next(heard);
    return true;
  }
  if (line.starts_with("V=")) {
    take_heartbeat(line.substr(2), heard);
    return true;
  }
  if (line.starts_with("S=")) {
    is_reading_ = line.size() < 3 || line[2] != '0';
    if (is_greeted_) ask_next(heard);
    return true;
  }
  if (const auto said = formats::read_ultra_clock(line)) {
    if (const auto ahead = clock_ahead(context_.source, context_.event, *said, received))
      state_.clock_ahead = *ahead;
    if (is_greeted_) ask_next(heard);
    return true;
  }
  return false;
}

void UltraSession::take_heartbeat(std::string_view volts, Heard& heard) {
  state_.is_ready = true;
  if (const auto millivolts = read_millivolts(volts)) state_.battery_millivolts = millivolts;
  if (is_greeted_ && step_ != Step::Done) {
    ask_next(heard);
    return;
  }
  if (asked_.empty() || spelling_known_ || ++beats_since_asked_ < kBeatsToWait) return;
  // Nothing came again: perhaps there was nothing, perhaps the box spells it the other way.
  const std::string again = std::exchange(asked_, std::string());
  with_zeros_ = !with_zeros_;
  heard.reply += again.front();
  heard.reply += with_zeros_ ? "00" : std::string_view("\0\0", 2);
  heard.reply += again.substr(1);
}

void UltraSession::ask_next(Heard& heard) {
  switch (step_) {
    case Step::State:
      heard.reply += kAskState;
      step_ = Step::Time;
      return;
    case Step::Time:
      heard.reply += kAskTime;
      step_ = Step::Send;
      return;
    case Step::Send:
      heard.reply += kSend;
      step_ = Step::All;
      return;
    case Step::All:
      ask_again(kByTime, 0, 0, heard);
      step_ = Step::Done;
      return;
    case Step::Done:
      return;
  }
}

void UltraSession::ask_again(char command, std::uint64_t from, std::uint64_t to, Heard& heard) {
  const std::string range = std::to_string(from) + "\r" + std::to_string(to) + "\r";
  asked_ = command + range;
  beats_since_asked_ = 0;
  heard.reply += command;
  heard.reply += with_zeros_ ? "00" : std::string_view("\0\0", 2);
  heard.reply += range;
}

}  // namespace hs::readers
