#include "sim/emulators/ipico_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace hs::sim {

namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::size_t kChipDigits = 12;
constexpr std::size_t kHead = 8;  // "ab", reader, length, command: two characters each.
constexpr std::size_t kChecksum = 2;
constexpr std::string_view kTimeTail = "27";  // Ends every time of the control channel.

/// Sum of the characters behind the first two, in hexadecimal.
std::string checksum(std::string_view line) {
  std::uint32_t sum = 0;
  for (const char c : line.substr(2)) sum += static_cast<unsigned char>(c);
  return fmt::format("{:02x}", sum % 256);
}

/// Monday is 1.
std::int64_t weekday(const base::Date& date) {
  const std::int64_t since_monday = base::days_from_epoch(date) + 3;  // 1970-01-01 was a Thursday.
  return (since_monday % 7 + 7) % 7 + 1;
}

}  // namespace

IpicoReader::IpicoReader(IpicoSetup setup, const WireTroubles& troubles)
    : Emulator(troubles), setup_(setup) {}

void IpicoReader::on_connect(const EmulatorTime& /*now*/) { live_ = memory().size(); }

void IpicoReader::on_disconnect() {
  in_.reset();
  download_ = download_end_ = 0;
  late_.clear();
  late_sent_ = 0;
}

void IpicoReader::on_bytes(std::string_view bytes, const EmulatorTime& now) {
  for (const std::string& line : in_.cut(bytes)) on_command(line, now);
}

void IpicoReader::on_command(std::string_view line, const EmulatorTime& now) {
  const bool checked = line.substr(0, 2) == "ab";
  if (line.size() < kHead + kChecksum || (!checked && line.substr(0, 2) != "ac")) {
    return not_understood();
  }
  const std::string_view body = line.substr(0, line.size() - kChecksum);
  if (checked && checksum(body) != line.substr(body.size())) return not_understood();
  const std::string_view command = line.substr(6, 2);
  const std::string_view data = body.substr(kHead);
  if (command == "02") {
    const DialClock at = dial_clock(shown(now.dial));
    control("02", fmt::format("{:02}{:02}{:02}{:02}{:02}{:02}{:02}{:02x}{}", at.date.year % 100,
                              at.date.month, at.date.day, weekday(at.date), at.hour, at.minute,
                              at.second, at.micros / 10000, kTimeTail));
  } else if (command == "01") {
    set_time(data, now);
  } else if (command == "4b" && data == "0101") {
    download_ = 0;
    download_end_ = memory().size();
    control("4b", "");
  } else {
    not_understood();
  }
}

/// "yyMMddwwHHmmss..."; takes hold when the old second ends.
void IpicoReader::set_time(std::string_view data, const EmulatorTime& now) {
  if (data.size() < 14) return not_understood();
  const auto asked = base::parse_iso(
      fmt::format("20{}-{}-{}T{}:{}:{}", data.substr(0, 2), data.substr(2, 2), data.substr(4, 2),
                  data.substr(8, 2), data.substr(10, 2), data.substr(12, 2)));
  if (!asked) return not_understood();
  const base::ReaderTime old = shown(now.dial);
  const base::Duration to_rollover =
      std::chrono::seconds(1) - base::Duration(old.time_since_epoch().count() % 1000000);
  const base::ReaderTime wanted{base::Duration(asked->civil.micros)};
  set_by_ += wanted - (old + to_rollover);
  control("01", "");
}

void IpicoReader::control(std::string_view command, const std::string& data) {
  const std::string line =
      fmt::format("ab{:02x}{:02x}{}{}", setup_.reader, data.size() / 2, command, data);
  say(line + checksum(line), kEnd);
}

void IpicoReader::on_due(const EmulatorTime& now) {
  for (; !is_full() && download_ < download_end_; ++download_) send(download_, Copy::First);
  for (; !is_full() && live_ < memory().size(); ++live_) {
    send(live_, Copy::First);
    if (setup_.late_copy_after) late_.push_back({live_, now.net + *setup_.late_copy_after});
  }
  for (; !is_full() && late_sent_ < late_.size() && late_[late_sent_].at <= now.net; ++late_sent_) {
    send(late_[late_sent_].index, Copy::Late);
  }
  if (late_sent_ == late_.size()) {
    late_.clear();
    late_sent_ = 0;
  }
}

void IpicoReader::send(std::size_t index, Copy copy) {
  if (memory()[index].read.kind == HeardKind::Gun) {
    const DialClock at = dial_clock(shown(memory()[index].read.at));
    const std::string line =
        fmt::format("ab{:02x}0a2c{:02}{:02}{:02}{:02}{:02}{:02}{:02}{:02x}{}82", setup_.reader,
                    at.date.year % 100, at.date.month, at.date.day, weekday(at.date), at.hour,
                    at.minute, at.second, at.micros / 10000, kTimeTail);
    say_reads(line + checksum(line), kEnd);
    mark_sent(index);
    return;
  }
  const std::string line = line_of(index, copy);
  const std::uint32_t copies = copy == Copy::Late ? 1 : std::max(1U, setup_.copies_on_wire);
  for (std::uint32_t i = 0; i < copies; ++i) {
    say_reads(line, kEnd);
    mark_sent(index);
  }
}

std::string IpicoReader::line_of(std::size_t index, Copy copy) const {
  const DeviceRead& read = memory()[index].read;
  HS_CHECK(read.tag.size() <= kChipDigits, "a chip has at most twelve digits");
  const std::uint32_t i_count = copy == Copy::Late ? read.hits / 2U : 0;
  const std::uint32_t q_count = copy == Copy::Late ? read.hits : 1;
  const std::string line = fmt::format("aa{:02x}{:0>12}{:02x}{:02x}{}", setup_.reader, read.tag,
                                       i_count % 256, q_count % 256, stamp(read.at));
  return line + checksum(line);
}

std::string IpicoReader::stamp(base::ReaderTime right) const {
  const DialClock at = dial_clock(shown(right));
  return fmt::format("{:02}{:02}{:02}{:02}{:02}{:02}{:02x}", at.date.year % 100, at.date.month,
                     at.date.day, at.hour, at.minute, at.second, at.micros / 10000);
}

base::ReaderTime IpicoReader::shown(base::ReaderTime right) const { return dial(right) + set_by_; }

}  // namespace hs::sim
