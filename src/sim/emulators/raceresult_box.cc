// Implementation notes
//
// Commands wait in a queue and are taken one at a time as there is room on the wire, so that the
// answers keep their order and a host that asks for whole files without reading them grows nothing.
#include "sim/emulators/raceresult_box.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace hs::sim {

namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::string_view kMarkerChip = "99999";
constexpr std::size_t kMostWaiting = 1000;
constexpr std::size_t kStatusAntennas = 8;

}  // namespace

RaceresultBox::RaceresultBox(RaceresultSetup setup, const WireTroubles& troubles)
    : Emulator(troubles),
      setup_(std::move(setup)),
      operating_(setup_.mode == RaceresultSetup::Mode::Operation) {
  if (operating_) files_.push_back({setup_.first_file, {}});
}

void RaceresultBox::on_connect(const EmulatorTime& /*now*/) {}

void RaceresultBox::on_disconnect() {
  in_.reset();
  asked_.clear();
  version_ = {2, 0};
  pushes_ = false;
}

void RaceresultBox::on_bytes(std::string_view bytes, const EmulatorTime& /*now*/) {
  for (std::string& line : in_.cut(bytes)) {
    if (asked_.size() < kMostWaiting) {
      asked_.push_back(std::move(line));
    } else {
      not_understood();
    }
  }
}

void RaceresultBox::on_due(const EmulatorTime& now) {
  store_new();
  while (!asked_.empty() && !is_full()) {
    on_line(asked_.front(), now);
    asked_.pop_front();
  }
  if (!pushes_ || files_.empty()) return;
  const File& file = files_.back();
  for (; !is_full() && pushed_ < file.reads.size(); ++pushed_) {
    say_reads("#P;" + passing(file, pushed_), kEnd);
    mark_sent(file.reads[pushed_]);
  }
}

/// What was heard since goes into the open file, or nowhere.
void RaceresultBox::store_new() {
  for (; looked_at_ < memory().size(); ++looked_at_) {
    if (operating_) files_.back().reads.push_back(looked_at_);
  }
}

void RaceresultBox::on_line(const std::string& line, const EmulatorTime& now) {
  const std::vector<std::string_view> fields = split_fields(line, ';');
  const std::string_view command = fields.front();
  if (command == "GETPROTOCOL") {
    say(fmt::format("GETPROTOCOL;{}.{};1.0;2.6", version_.major, version_.minor), kEnd);
  } else if (command == "SETPROTOCOL") {
    set_protocol(fields);
  } else if (command == "GETSTATUS") {
    send_status(now);
  } else if (command == "STARTOPERATION") {
    start_operation(now);
  } else if (command == "STOPOPERATION") {
    operating_ = false;
    say("STOPOPERATION;OK", kEnd);
  } else if (command == "GETTIME") {
    say("GETTIME;" + date_and_time(now.dial), kEnd);
  } else if (command == "SETTIME") {
    set_time(fields, now);
  } else if (command == "GETCONFIG" && fields.size() > 2 && fields[2] == "BOXNAME") {
    say(fmt::format("GETCONFIG;GENERAL;BOXNAME;{};{}", setup_.name, setup_.device_id), kEnd);
  } else if (command == "PING" || command == "SETPUSHPREWARNS") {
    say(line, kEnd);
  } else if (command == "PASSINGS") {
    say(files_.empty()
            ? "PASSINGS;0;0"
            : fmt::format("PASSINGS;{};{}", files_.back().reads.size(), files_.back().number),
        kEnd);
  } else if (command == "SETPUSHPASSINGS") {
    set_push(fields);
  } else if (command == "GETFILE") {
    get_file(fields);
  } else {
    get_passings(line);
  }
}

/// "SETPROTOCOL;2.0", or "SETPROTOCOL;<=2.6": at most.
void RaceresultBox::set_protocol(const std::vector<std::string_view>& fields) {
  constexpr Version kLeast{1, 0}, kMost{2, 6};
  std::string_view asked = fields.size() > 1 ? fields[1] : std::string_view();
  const bool at_most = asked.substr(0, 2) == "<=";
  if (at_most) asked.remove_prefix(2);
  const std::vector<std::string_view> parts = split_fields(asked, '.');
  const auto major = parse_digits(parts[0]);
  const auto minor = parts.size() == 2 ? parse_digits(parts[1]) : std::nullopt;
  if (!major || !minor) return not_understood();
  Version version{*major, *minor};
  if (at_most) version = std::min(version, kMost);
  if (version < kLeast || version > kMost) {
    not_understood();
  } else {
    version_ = version;
  }
  // What was not taken is seen from the answer.
  say(fmt::format("SETPROTOCOL;{}.{}", version_.major, version_.minor), kEnd);
}

void RaceresultBox::start_operation(const EmulatorTime& now) {
  if (!operating_) {
    operating_ = true;
    const std::uint32_t number = files_.empty() ? setup_.first_file : files_.back().number + 1;
    files_.push_back({number, {}});
    pushed_ = 0;
  }
  say("STARTOPERATION;OK;" + date_and_time(now.dial), kEnd);
}

void RaceresultBox::set_time(const std::vector<std::string_view>& fields, const EmulatorTime& now) {
  if (operating_ || fields.size() < 3) return not_understood();
  const auto asked = base::parse_iso(fmt::format("{}T{}", fields[1], fields[2]));
  if (!asked) return not_understood();
  const base::ReaderTime wanted{base::Duration(asked->civil.micros)};
  set_by_ = wanted - dial(now.dial);
  say(fmt::format("SETTIME;{}", date_and_time(now.dial)), kEnd);
}

void RaceresultBox::set_push(const std::vector<std::string_view>& fields) {
  if (fields.size() < 2 || (fields[1] != "0" && fields[1] != "1")) return not_understood();
  pushes_ = fields[1] == "1";
  pushed_ = files_.empty() ? 0 : files_.back().reads.size();
  say(fmt::format("SETPUSHPASSINGS;{};{}", fields[1], fields.size() > 2 ? fields[2] : "0"), kEnd);
}

void RaceresultBox::get_file(const std::vector<std::string_view>& fields) {
  const auto number = fields.size() > 1 ? parse_digits(fields[1]) : std::nullopt;
  if (!number) return not_understood();
  const auto file = std::find_if(files_.begin(), files_.end(),
                                 [&](const File& f) { return f.number == *number; });
  if (file == files_.end()) return not_understood();
  send_passings(*file, 1, file->reads.size());
  say("", kEnd);
}

/// "5": that passing; "1:32": at most 32 from the first on, and an empty line.
void RaceresultBox::get_passings(std::string_view asked) {
  const std::vector<std::string_view> parts = split_fields(asked, ':');
  const auto from = parse_digits(parts[0]);
  const auto count = parts.size() == 2 ? parse_digits(parts[1]) : std::optional<std::uint64_t>(1);
  if (!from || !count || *from == 0 || parts.size() > 2) return not_understood();
  const std::size_t there = files_.empty() ? 0 : files_.back().reads.size();
  if (*from > there) {
    say(fmt::format("ONLY {} PASSINGS", there), kEnd);
    return;
  }
  send_passings(files_.back(), *from, *count);
  if (parts.size() == 2) say("", kEnd);
}

void RaceresultBox::send_passings(const File& file, std::uint64_t from, std::uint64_t count) {
  const std::uint64_t end = std::min<std::uint64_t>(file.reads.size(), from - 1 + count);
  for (std::uint64_t i = from - 1; i < end && !hangs_up(); ++i) {
    say_reads(passing(file, i), kEnd);
    mark_sent(file.reads[i]);
  }
}

void RaceresultBox::send_status(const EmulatorTime& now) {
  const bool gps = setup_.gps == RaceresultSetup::Gps::Fix;
  const std::uint32_t file = files_.empty() ? 0 : files_.back().number;
  say(fmt::format("GETSTATUS;{};1;{};{};{};{};{};1;85;24.5;31.0;A;0;;;;;;1;{};0;0;0;",
                  date_and_time(now.dial), std::string(kStatusAntennas, '1'), operating_ ? 1 : 0,
                  file, gps ? 1 : 0, gps ? "49.0102,8.4303" : "", gps ? 1 : 0),
      kEnd);
}

std::string RaceresultBox::passing(const File& file, std::size_t index) const {
  const DeviceRead& read = memory()[file.reads[index]].read;
  const bool gun = read.kind == HeardKind::Gun;
  std::string text = fmt::format("{};{};{};{};{};{};{}", index + 1, gun ? kMarkerChip : read.tag,
                                 date_and_time(read.at), setup_.event_id, read.hits, read.rssi_dbm,
                                 setup_.internal_data);
  constexpr Version kTwentyFields{1, 6};
  if (version_ < kTwentyFields) return text;
  // Passive chips leave what active ones have empty.
  return text + fmt::format(";0;;;;;;;;{};{};;{}", setup_.name, file.number, setup_.device_id);
}

std::string RaceresultBox::date_and_time(base::ReaderTime right) const {
  const base::ReaderTime shown = dial(right) + set_by_;
  const DialClock at = dial_clock(shown);
  std::string date = base::format_date(at.date);
  if (setup_.gps == RaceresultSetup::Gps::No) {
    const std::int64_t days =
        base::days_from_epoch(at.date) - base::days_from_epoch(setup_.power_up);
    date = fmt::format("0000-00-{:02}", std::max<std::int64_t>(0, days));
  }
  return fmt::format("{};{:02}:{:02}:{:02}.{:03}", date, at.hour, at.minute, at.second,
                     at.micros / 1000);
}

}  // namespace hs::sim
