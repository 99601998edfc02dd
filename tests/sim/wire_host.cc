#include "sim/wire_host.h"

#include <algorithm>

namespace hs::sim_test {

using sim::DeviceKind;

void WireHost::on_connect(const sim::EmulatorTime& /*now*/) {
  if (kind_ == DeviceKind::Chronotrack) {
    say("Host~1~3\r\nstream-mode=push\r\ntime-format=iso\r\nguntimes=true", "\r\n");
  }
  if (kind_ == DeviceKind::Raceresult) say("SETPUSHPASSINGS;1;0", "\r\n");
  ask_again();
}

/// Asks for what is behind the last that came without a gap.
void WireHost::ask_again() {
  const std::string next = std::to_string(last_log_ + 1);
  switch (kind_) {
    case DeviceKind::Mylaps:
      break;  // Comes again by itself.
    case DeviceKind::Chronotrack:
      say("start", "\r\n");
      for (const auto& [location, last] : last_) {
        say("start~" + location + "~" + std::to_string(last + 1), "\r\n");
      }
      break;
    case DeviceKind::Raceresult:
      say(next + ":1000000", "\r\n");
      break;
    case DeviceKind::Ultra:
      say("600" + next + "\r999999", "\r");
      break;
    case DeviceKind::Ipico:
      say("ab00024b01011a", "\r\n");
      break;
  }
}

void WireHost::on_bytes(std::string_view bytes, const sim::EmulatorTime& /*now*/) {
  const char end = kind_ == DeviceKind::Mylaps ? '$' : '\n';
  for (const char c : bytes) {
    if (c == end) {
      on_line(waiting_);
      waiting_.clear();
    } else if (c != '\r' && c != '\n') {
      waiting_ += c;
    }
  }
}

void WireHost::on_line(const std::string& line) {
  if (kind_ == DeviceKind::Mylaps) return on_mylaps(line);
  const char separator = kind_ == DeviceKind::Chronotrack ? '~'
                         : kind_ == DeviceKind::Ultra     ? ','
                                                          : ';';
  std::vector<std::string_view> fields = sim::split_fields(line, separator);
  if (kind_ == DeviceKind::Chronotrack && fields.size() == 8) {
    std::uint64_t& last = last_[std::string(fields[2])];
    last = std::max(last, sim::parse_digits(fields[1]).value_or(0));
    reads_.insert(std::string(fields[2]) + '~' + std::string(fields[1]));
  } else if (kind_ == DeviceKind::Raceresult && fields.size() >= 20) {
    const std::uint64_t number = sim::parse_digits(fields[fields.front() == "#P"]).value_or(0);
    if (number == last_log_ + 1) last_log_ = number;
    reads_.insert(std::to_string(number));
  } else if (kind_ == DeviceKind::Ultra && fields.size() == 12) {
    const std::uint64_t number = sim::parse_digits(fields.back()).value_or(0);
    if (number == last_log_ + 1) last_log_ = number;
    reads_.insert(std::string(fields.back()));
  } else if (kind_ == DeviceKind::Ipico && line.size() == 36) {
    reads_.insert(line.substr(4, 12) + line.substr(20, 14));
  }
}

void WireHost::on_mylaps(const std::string& frame) {
  const std::vector<std::string_view> fields = sim::split_fields(frame, '@');
  if (fields.size() < 2) return;
  if (fields[1] == "Pong") return say("Host@AckPong@Version2.1@", "$");
  const bool gun = fields[1] == "Marker";
  if (!gun && fields[1] != "Passing") return;
  for (std::size_t i = 2; i + 2 < fields.size(); ++i) {
    reads_.insert(std::string(fields[0]) + std::string(fields[i]));
  }
  const std::string number(fields[fields.size() - 2]);
  say(std::string("Host@Ack") + (gun ? "Marker@" : "Passing@") + number + "@", "$");
}

}  // namespace hs::sim_test
