// Implementation notes
//
// Commands have no end, so each is known by its first character; what is not whole waits. Blanks
// and line ends between commands mean nothing: some programs send them.
#include "sim/emulators/ultra_box.h"

#include <fmt/format.h>

#include <algorithm>

namespace hs::sim {

namespace {

constexpr std::size_t kMostWaiting = 64;   // No command is longer.
constexpr std::size_t kClockCommand = 21;  // "t HH:MM:SS DD-MM-YYYY"
constexpr char kSettingEnd = '\xFF';
constexpr char kSettingTaken = '\x02';

std::int64_t epoch_1980() { return base::days_from_epoch({1980, 1, 1}) * 86400; }

}  // namespace

UltraBox::UltraBox(UltraSetup setup, const WireTroubles& troubles)
    : Emulator(troubles), setup_(std::move(setup)) {}

void UltraBox::on_connect(const EmulatorTime& now) {
  say(fmt::format("Connected,{}", last_sent_.value_or(0)), setup_.line_end);
  live_ = memory().size();
  sending_ = setup_.sends == UltraSetup::Sends::AtOnce;
  beat_ = now.net;
}

void UltraBox::on_disconnect() {
  waiting_.clear();
  sending_ = false;
  rewind_ = rewind_end_ = 0;
}

void UltraBox::on_bytes(std::string_view bytes, const EmulatorTime& now) {
  for (const char c : bytes) {
    waiting_ += c;
    // At most one command can be whole now: each is taken as soon as it is.
    const std::size_t taken = take_command(waiting_, now);
    if (taken == 0 && waiting_.size() >= kMostWaiting) {
      not_understood();
      waiting_.clear();
    }
    waiting_.erase(0, taken);
  }
}

/// How much of `text` was a command; 0: it is not whole.
std::size_t UltraBox::take_command(std::string_view text, const EmulatorTime& now) {
  switch (text.front()) {
    case '6':
    case '8':
      return take_rewind(text);
    case '7':
      if (text.size() < 3) return 0;
      if (text != "700") not_understood();
      sending_ = sending_ || text == "700";
      return text.size();
    case 't':
      return take_clock(text, now);
    case 'u':
      return take_setting(text);
    case 'U':
      if (text.size() < 2) return 0;
      say(fmt::format("U\x25{}", setup_.ultra_id), setup_.line_end);
      return text.size();
    default:
      on_letter(text.front(), now);
      return 1;
  }
}

void UltraBox::on_letter(char letter, const EmulatorTime& now) {
  const DialClock at = dial_clock(shown(now.dial));
  switch (letter) {
    case 'R':
      reading_ = true;
      break;
    case 'S':
      break;  // Stops once it is confirmed.
    case 'N':
      reading_ = false;
      break;
    case '?':
      say(reading_ ? "S=10" : "S=00", setup_.line_end);
      break;
    case 'r':
      say(fmt::format("{:02}:{:02}:{:02} {:02}-{:02}-{:04} ({})", at.hour, at.minute, at.second,
                      at.date.day, at.date.month, at.date.year, setup_.ultra_id),
          setup_.line_end);
      break;
    case 's':
      sending_ = false;
      break;
    case '9':
      rewind_ = rewind_end_ = 0;
      break;
    case '\r':
    case '\n':
    case ' ':
    case '\0':
      break;
    default:
      not_understood();
  }
}

/// "6", two NUL bytes or zeros, "FROM", CR, "TO", CR.
std::size_t UltraBox::take_rewind(std::string_view text) {
  constexpr std::size_t kHead = 3;
  const std::size_t first = text.find('\r', kHead);
  const std::size_t second = first == std::string_view::npos ? first : text.find('\r', first + 1);
  if (text.size() < kHead || second == std::string_view::npos) return 0;
  const std::string_view pad = text.substr(1, 2);
  const auto from = parse_digits(text.substr(kHead, first - kHead));
  const auto to = parse_digits(text.substr(first + 1, second - first - 1));
  const bool padded = pad == "00" || pad == std::string_view("\0\0", 2);
  if (padded && from && to) {
    rewind(text.front(), *from, *to);
  } else {
    not_understood();
  }
  return second + 1;
}

void UltraBox::rewind(char how, std::uint64_t from, std::uint64_t to) {
  rewind_ = 0;
  rewind_end_ = memory().size();
  rewind_times_.reset();
  if (from == 0 && to == 0) return;
  if (how == '8') {
    rewind_times_ = {static_cast<std::int64_t>(from), static_cast<std::int64_t>(to)};
    return;
  }
  const auto index = [this](std::uint64_t log) {
    const std::uint64_t at = log < setup_.first_log ? 0 : log - setup_.first_log;
    return static_cast<std::size_t>(std::min<std::uint64_t>(at, memory().size()));
  };
  rewind_ = index(from);
  rewind_end_ = std::max(rewind_, index(to + 1));
}

std::size_t UltraBox::take_clock(std::string_view text, const EmulatorTime& now) {
  if (text.size() < kClockCommand) return 0;
  // "t HH:MM:SS DD-MM-YYYY" has its date the other way round.
  const auto asked =
      base::parse_iso(fmt::format("{}-{}-{}T{}", text.substr(17, 4), text.substr(14, 2),
                                  text.substr(11, 2), text.substr(2, 8)));
  if (asked) {
    set_by_ = base::ReaderTime(base::Duration(asked->civil.micros)) - dial(now.dial);
  } else {
    not_understood();
  }
  return kClockCommand;
}

/// "u", the setting, its value, 0xFF. Taken and said so; nothing here depends on one.
std::size_t UltraBox::take_setting(std::string_view text) {
  const std::size_t end = text.find(kSettingEnd, 2);
  if (end == std::string_view::npos) return 0;
  say(fmt::format("u{}{}", text[1], kSettingTaken), setup_.line_end);
  return end + 1;
}

void UltraBox::on_due(const EmulatorTime& now) {
  if (now.net - beat_ >= setup_.heartbeat) {
    beat_ = now.net;
    say(fmt::format("V={}.{:04}", setup_.volts_e4 / 10000, setup_.volts_e4 % 10000),
        setup_.line_end);
  }
  for (; !is_full() && rewind_ < rewind_end_; ++rewind_) {
    const std::int64_t at = seconds_1980(rewind_);
    const bool asked =
        !rewind_times_ || (at >= rewind_times_->first && at <= rewind_times_->second);
    if (asked) send_read(rewind_, Mark::Rewind);
  }
  // What is heard while it does not send is only in the log.
  if (!sending_) live_ = memory().size();
  for (; !is_full() && live_ < memory().size(); ++live_) send_read(live_, Mark::Live);
}

void UltraBox::send_read(std::size_t index, Mark mark) {
  const DeviceRead& read = memory()[index].read;
  const std::int64_t us = shown(read.at).time_since_epoch().count();
  const bool gun = read.kind == HeardKind::Gun;
  int antenna = 1;
  while (antenna < 4 && (read.antennas >> (antenna - 1) & 1) == 0) ++antenna;
  say_reads(fmt::format("0,{},{},{},{},{},{},{},{},{},{},{}", gun ? "0" : read.tag,
                        seconds_1980(index), us / 1000 % 1000, gun ? 0 : antenna, read.rssi_dbm,
                        mark == Mark::Rewind ? 1 : 0, setup_.reader, setup_.ultra_id,
                        setup_.reader_time, setup_.start_time, setup_.first_log + index),
            setup_.line_end);
  mark_sent(index);
  last_sent_ = seconds_1980(index);
}

base::ReaderTime UltraBox::shown(base::ReaderTime right) const { return dial(right) + set_by_; }

std::int64_t UltraBox::seconds_1980(std::size_t index) const {
  return shown(memory()[index].read.at).time_since_epoch().count() / 1000000 - epoch_1980();
}

}  // namespace hs::sim
