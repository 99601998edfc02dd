#include "sim/emulators/chronotrack_source.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace hs::sim {

namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::uint64_t kMostInitLines = 64;

}  // namespace

ChronotrackSource::ChronotrackSource(ChronotrackSetup setup, const WireTroubles& troubles)
    : Emulator(troubles), setup_(std::move(setup)), locations_(setup_.locations.size()) {
  HS_CHECK(!locations_.empty(), "a location");
  HS_CHECK(setup_.readers.size() == locations_.size(), "a reader at each location");
}

void ChronotrackSource::on_connect(const EmulatorTime& /*now*/) {
  say(fmt::format("{}~{}~CTP01", setup_.name, setup_.version), kEnd);
}

void ChronotrackSource::on_disconnect() {
  in_.reset();
  greeted_ = false;
  init_lines_left_ = 0;
  time_format_ = TimeFormat::Normal;
  format_id_ = "CT01_13";
  guns_ = false;
  for (Location& location : locations_) location.started = false;
}

void ChronotrackSource::on_bytes(std::string_view bytes, const EmulatorTime& /*now*/) {
  for (const std::string& line : in_.cut(bytes)) on_line(line);
}

void ChronotrackSource::on_line(const std::string& line) {
  const std::vector<std::string_view> fields = split_fields(line, '~');
  if (!greeted_) {
    // "Name~Version~N", N init lines follow.
    const auto lines = fields.size() == 3 ? parse_digits(fields[2]) : std::nullopt;
    if (!lines || *lines > kMostInitLines) return not_understood();
    greeted_ = true;
    init_lines_left_ = *lines;
  } else if (init_lines_left_ > 0) {
    --init_lines_left_;
    on_init(line);
  } else {
    on_command(fields);
  }
}

void ChronotrackSource::on_init(std::string_view line) {
  const std::size_t equals = line.find('=');
  const std::string_view key = line.substr(0, equals);
  const std::string_view value =
      equals == std::string_view::npos ? std::string_view() : line.substr(equals + 1);
  if (key == "time-format") {
    if (value == "normal") {
      time_format_ = TimeFormat::Normal;
    } else if (value == "iso") {
      time_format_ = TimeFormat::Iso;
    } else if (value == "unix") {
      time_format_ = TimeFormat::Unix;
    } else if (value == "msecs") {
      time_format_ = TimeFormat::Msecs;
    } else {
      not_understood();
    }
  } else if (key == "tagevent-format") {
    format_id_ = value;
  } else if (key == "guntimes") {
    guns_ = value == "true";
  } else if (key == "stream-mode" || key == "pushmode-ack") {
    const std::string_view played = key == "stream-mode" ? "push" : "false";
    if (value != played) not_understood();
  } else if (key != "location" && key != "newlocations" && key != "connection-id") {
    not_understood();
  }
}

void ChronotrackSource::on_command(const std::vector<std::string_view>& fields) {
  const std::string_view command = fields.front();
  if (command == "ping" || command == "authorize") {
    say(fmt::format("ack~{}", command), kEnd);
  } else if (command == "getconnectionid") {
    say("ack~getconnectionid~" + setup_.connection_id, kEnd);
  } else if (command == "geteventinfo") {
    say(fmt::format("ack~geteventinfo~{}~{}~{}", setup_.event_name, setup_.event_id,
                    setup_.event_description),
        kEnd);
  } else if (command == "getlocations") {
    std::string answer = "ack~getlocations";
    for (const std::string& location : setup_.locations) answer += '~' + location;
    say(answer, kEnd);
  } else if (command == "start") {
    on_start(fields);
  } else if (command == "stop") {
    on_stop(fields);
  } else if (command != "ack" && command != "err") {
    refuse(command, "unknown command");
  }
}

void ChronotrackSource::on_start(const std::vector<std::string_view>& fields) {
  std::uint64_t from = 1;
  if (fields.size() > 2) {
    const auto number = parse_digits(fields[2]);
    if (!number || *number == 0) return refuse("start", "not a number to start from");
    from = *number;
  }
  const auto start = [from](Location& location) {
    location.started = true;
    location.next = static_cast<std::size_t>(from - 1);
  };
  if (fields.size() < 2 || fields[1].empty()) {
    std::for_each(locations_.begin(), locations_.end(), start);
  } else {
    Location* location = location_named(fields[1]);
    if (location == nullptr) return refuse("start", "unknown location");
    start(*location);
  }
  say("ack~start", kEnd);
}

void ChronotrackSource::on_stop(const std::vector<std::string_view>& fields) {
  if (fields.size() < 2 || fields[1].empty()) {
    for (Location& location : locations_) location.started = false;
  } else {
    Location* location = location_named(fields[1]);
    if (location == nullptr) return refuse("stop", "unknown location");
    location->started = false;
  }
  say("ack~stop", kEnd);
}

void ChronotrackSource::refuse(std::string_view command, std::string_view why) {
  not_understood();
  say(fmt::format("err~{}~{}", command, why), kEnd);
}

ChronotrackSource::Location* ChronotrackSource::location_named(std::string_view name) {
  const auto found = std::find(setup_.locations.begin(), setup_.locations.end(), name);
  if (found == setup_.locations.end()) return nullptr;
  return &locations_[static_cast<std::size_t>(found - setup_.locations.begin())];
}

/// Gives what was heard its number at its location.
void ChronotrackSource::number_new() {
  for (; numbered_ < memory().size(); ++numbered_) {
    const std::size_t location = memory()[numbered_].read.location;
    HS_CHECK(location < locations_.size(), "a location of the device");
    locations_[location].reads.push_back(numbered_);
  }
}

void ChronotrackSource::on_due(const EmulatorTime& /*now*/) {
  number_new();
  for (Location& location : locations_) {
    if (!location.started) continue;
    for (; !is_full() && location.next < location.reads.size(); ++location.next) {
      const std::size_t read = location.reads[location.next];
      const bool gun = memory()[read].read.kind == HeardKind::Gun;
      // A gun that nobody wants uses its number up.
      if (!gun || guns_) say_reads(line_of(location, location.next), kEnd);
      mark_sent(read);
    }
  }
}

std::string ChronotrackSource::line_of(const Location& location, std::size_t index) const {
  const DeviceRead& read = memory()[location.reads[index]].read;
  const bool gun = read.kind == HeardKind::Gun;
  return fmt::format("{}~{}~{}~{}~{}~{}~{}~{}", format_id_, index + 1,
                     setup_.locations[read.location], gun ? "guntime" : read.tag, time_of(read),
                     gun ? 0 : read.occurrence, setup_.readers[read.location],
                     gun ? 0 : read.antennas);
}

std::string ChronotrackSource::time_of(const DeviceRead& read) const {
  const base::ReaderTime shown = dial(read.at);
  const DialClock at = dial_clock(shown);
  const std::int64_t hundredths = at.micros / 10000;
  const std::string clock =
      fmt::format("{:02}:{:02}:{:02}.{:02}", at.hour, at.minute, at.second, hundredths);
  switch (time_format_) {
    case TimeFormat::Normal:
      return clock;
    case TimeFormat::Iso:
      return base::format_date(at.date) + 'T' + clock;
    case TimeFormat::Unix:
      return fmt::format("{}.{:02}", (shown.time_since_epoch().count() - at.micros) / 1000000,
                         hundredths);
    case TimeFormat::Msecs:
      return std::to_string(at.in_day_us / 10000 * 10);
  }
  return clock;
}

}  // namespace hs::sim
