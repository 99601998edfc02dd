// Implementation notes
//
// Reads wait in the memory, not in the buffer of the wire: a device makes bytes only when it is
// asked for them, so a slow receiver grows nothing. What a lost connection swallows is known by
// each protocol's own position in the memory, never by the bytes.
#include "sim/emulators/emulator.h"

#include <algorithm>

#include "base/check.h"

namespace hs::sim {

namespace {

constexpr std::size_t kMostTag = 24;
constexpr std::size_t kMostDigits = 18;  // Fit 64 bits whatever they are.

bool divides(const std::optional<std::uint64_t>& divisor, std::uint64_t number) {
  return divisor && *divisor > 0 && number % *divisor == 0;
}

}  // namespace

void WireOut::frame(std::string_view text, std::string_view end) {
  if (drops_) return;
  ++frames_;
  if (troubles_.endless_from && !was_endless_ && frames_ >= *troubles_.endless_from) {
    endless_ = true;
    was_endless_ = true;
  }
  const std::string_view shown_end = endless_ ? std::string_view() : end;
  const bool cut = troubles_.cut_frame && frames_ == *troubles_.cut_frame;
  std::string& out = cuts_ ? held_ : ready_;
  if (cut && !cuts_) {
    ready_ += text.substr(0, text.size() / 2);
    held_ += text.substr(text.size() / 2);
    held_ += shown_end;
    cuts_ = true;
  } else {
    out += text;
    out += shown_end;
  }
  drops_ = divides(troubles_.drop_every, frames_);
}

std::string WireOut::take(base::Duration now) {
  if (cuts_ && !held_until_) held_until_ = now + troubles_.cut_for;
  if (held_until_ && now >= *held_until_) {
    ready_ += held_;
    held_.clear();
    cuts_ = false;
    held_until_.reset();
  }
  std::string taken;
  taken.swap(ready_);
  return taken;
}

void WireOut::reset() {
  ready_.clear();
  held_.clear();
  cuts_ = false;
  held_until_.reset();
  endless_ = false;
  drops_ = false;
}

std::vector<std::string> LinesIn::cut(std::string_view bytes) {
  std::vector<std::string> lines;
  for (const char c : bytes) {
    if (ends_.find(c) == std::string::npos) {
      // One character more than allowed stays as the mark of a line that is too long.
      if (waiting_.size() <= most_) waiting_ += c;
      continue;
    }
    if (!waiting_.empty() && waiting_.size() <= most_) lines.push_back(waiting_);
    waiting_.clear();
  }
  return lines;
}

void Emulator::hear(DeviceRead read) {
  HS_CHECK(!read.tag.empty() && read.tag.size() <= kMostTag, "a chip has 1 to 24 characters");
  ++tally_.heard;
  memory_.push_back({std::move(read), false, false});
}

void Emulator::connect(const EmulatorTime& now) {
  HS_CHECK(!connected_, "one connection at a time");
  connected_ = true;
  ++tally_.connections;
  out_.reset();
  on_connect(now);
}

void Emulator::disconnect() {
  if (!connected_) return;
  connected_ = false;
  on_disconnect();
  out_.reset();
}

void Emulator::receive(std::string_view bytes, const EmulatorTime& now) {
  HS_CHECK(connected_, "bytes come over a connection");
  on_bytes(bytes, now);
}

std::string Emulator::due(const EmulatorTime& now) {
  if (!connected_) return {};
  if (!is_full()) on_due(now);
  return out_.take(now.net);
}

DeviceTally Emulator::tally() const { return tally_; }

bool Emulator::has_delivered_all() const {
  const std::uint64_t done = acknowledges() ? tally_.acknowledged : tally_.sent;
  return done == tally_.heard;
}

bool Emulator::all_delivered() const {
  return connected_ && has_delivered_all() && out_.size() == 0;
}

void Emulator::say_reads(std::string_view text, std::string_view end) {
  for (std::uint32_t copy = 0; copy < std::max(1U, troubles_.copies); ++copy) {
    out_.frame(text, end);
  }
}

void Emulator::mark_sent(std::size_t index) {
  HS_CHECK(index < memory_.size(), "a read of the memory");
  const std::uint32_t copies = std::max(1U, troubles_.copies);
  tally_.repeated += memory_[index].sent ? copies : copies - 1;
  if (!memory_[index].sent) ++tally_.sent;
  memory_[index].sent = true;
}

void Emulator::mark_acknowledged(std::size_t index) {
  HS_CHECK(index < memory_.size(), "a read of the memory");
  if (!memory_[index].acknowledged) ++tally_.acknowledged;
  memory_[index].acknowledged = true;
}

bool Emulator::hears_ack() { return !divides(troubles_.lose_ack_every, ++acks_); }

DialClock dial_clock(base::ReaderTime at) {
  constexpr std::int64_t kDay = 86400000000;
  const std::int64_t us = at.time_since_epoch().count();
  std::int64_t days = us / kDay;
  if (us % kDay < 0) --days;
  const std::int64_t in_day = us - days * kDay;
  return {base::date_from_days(days), in_day / 3600000000, in_day / 60000000 % 60,
          in_day / 1000000 % 60,      in_day % 1000000,    in_day};
}

std::vector<std::string_view> split_fields(std::string_view text, char separator) {
  std::vector<std::string_view> fields;
  while (true) {
    const std::size_t at = text.find(separator);
    fields.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return fields;
    text.remove_prefix(at + 1);
  }
}

std::optional<std::uint64_t> parse_digits(std::string_view text) {
  if (text.empty() || text.size() > kMostDigits) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

}  // namespace hs::sim
