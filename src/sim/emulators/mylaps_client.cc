// Implementation notes
//
// Messages are numbered through all locations, since an acknowledgement names only the number. A
// message keeps its number and its reads for ever: what comes again is the same bytes. The program
// lives on while the connection is away, so numbers go on and whatever was not acknowledged is sent
// again at once behind the next handshake.
#include "sim/emulators/mylaps_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/check.h"

namespace hs::sim {

namespace {

constexpr std::size_t kMostReadsAMessage = 50;
constexpr std::size_t kMostAcks = 100000;
constexpr std::size_t kChipWidth = 7;
constexpr int kDevice = 4, kReader = 0;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank("\r\n\t \0", 5);
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string time_of_day(const DialClock& at) {
  return fmt::format("{:02}:{:02}:{:02}.{:03}", at.hour, at.minute, at.second, at.micros / 1000);
}

std::string short_date(const DialClock& at) {
  return fmt::format("{:02}{:02}{:02}", at.date.year % 100, at.date.month, at.date.day);
}

int first_antenna(std::uint8_t antennas) {
  for (int i = 0; i < 8; ++i) {
    if ((antennas >> i & 1) != 0) return i + 1;
  }
  return 0;
}

}  // namespace

MylapsClient::MylapsClient(MylapsSetup setup, const WireTroubles& troubles)
    : Emulator(troubles),
      setup_(std::move(setup)),
      end_("$" + setup_.after_frame),
      next_number_(setup_.first_message) {
  HS_CHECK(setup_.reads_a_message >= 1 && setup_.reads_a_message <= kMostReadsAMessage,
           "1 to 50 reads a message");
  HS_CHECK(!setup_.locations.empty(), "a location");
}

std::vector<MylapsAck> MylapsClient::take_acks() {
  std::vector<MylapsAck> taken;
  taken.swap(acks_);
  return taken;
}

void MylapsClient::on_connect(const EmulatorTime& /*now*/) {
  for (const std::string& location : setup_.locations) {
    say(location + "@Pong@", end_);
  }
}

void MylapsClient::on_disconnect() {
  version_ = Version::NotSaid;
  in_.reset();
  for (Message& message : flying_) message.sent.reset();
}

void MylapsClient::on_bytes(std::string_view bytes, const EmulatorTime& now) {
  for (const std::string& frame : in_.cut(bytes)) on_frame(trimmed(frame), now);
}

void MylapsClient::on_frame(std::string_view frame, const EmulatorTime& now) {
  const std::vector<std::string_view> fields = split_fields(frame, '@');
  if (fields.size() < 2) {
    if (!frame.empty()) not_understood();
    return;
  }
  const std::string_view function = fields[1];
  if (function == "AckPong") {
    choose_version(fields);
  } else if (function == "Ping") {
    for (const std::string& location : setup_.locations) {
      say(location + "@AckPing@", end_);
    }
  } else if (function == "AckStore" || function == "AckPassing" || function == "AckMarker") {
    on_ack(fields.size() > 2 ? trimmed(fields[2]) : std::string_view(), now);
  } else if (function == "GetInfo" || function == "GetLocations") {
    answer_info(fields, now);
  } else if (function != "AckPing") {
    not_understood();
  }
}

void MylapsClient::choose_version(const std::vector<std::string_view>& fields) {
  version_ = Version::V1;
  keys_.clear();
  device_.clear();
  if (fields.size() < 3 || fields[2] != "Version2.1") return;
  version_ = Version::V2;
  const auto list = [&fields](std::size_t at, std::vector<std::string>& into) {
    if (fields.size() <= at || fields[at].empty()) return;
    for (const std::string_view key : split_fields(fields[at], '|')) into.emplace_back(key);
  };
  list(3, keys_);
  list(4, device_);
}

void MylapsClient::answer_info(const std::vector<std::string_view>& fields,
                               const EmulatorTime& now) {
  const DialClock at = dial_clock(dial(now.dial));
  if (fields[1] == "GetLocations") {
    std::string answer = setup_.name + "@GetLocations";
    for (const std::string& location : setup_.locations) answer += "@ln=" + location;
    say(answer + "@", end_);
    return;
  }
  const std::string_view asked = fields.size() > 2 ? fields[2] : std::string_view();
  if (asked.empty()) {
    say(fmt::format("{}@AckGetInfo@sd={}|rn={}@", setup_.name, base::format_date(at.date),
                    setup_.name),
        end_);
    return;
  }
  const auto known = std::find(setup_.locations.begin(), setup_.locations.end(), asked);
  if (known == setup_.locations.end()) return not_understood();
  const auto index = known - setup_.locations.begin();
  const std::int64_t ms = dial(now.dial).time_since_epoch().count() / 1000;
  say(fmt::format("{0}@AckGetInfo@id={1}|n={0}|mac=00D0694{1:05X}|ant=2|time={2}@", asked,
                  index + 1, ms),
      end_);
}

void MylapsClient::on_ack(std::string_view number, const EmulatorTime& now) {
  const std::optional<std::uint64_t> value = parse_digits(number);
  if (!value) return not_understood();
  if (!hears_ack()) return;
  const auto message =
      std::lower_bound(flying_.begin(), flying_.end(), *value,
                       [](const Message& m, std::uint64_t n) { return m.number < n; });
  // A number that nobody waits for belongs to a repeat that crossed its acknowledgement.
  if (message == flying_.end() || message->number != *value) return;
  for (const std::size_t read : message->reads) mark_acknowledged(read);
  if (acks_.size() < kMostAcks) {
    acks_.push_back({message->reads.front(), message->reads.size(), message->first_sent, now.net});
  }
  flying_.erase(message);
}

void MylapsClient::on_due(const EmulatorTime& now) {
  if (version_ == Version::NotSaid) return;
  for (Message& message : flying_) {
    if (is_full()) return;
    if (!message.sent || now.net - *message.sent >= setup_.repeat_after) send(message, now.net);
  }
  while (!is_full() && flying_.size() < setup_.messages_in_flight && next_ < memory().size()) {
    gather();
    flying_.back().first_sent = now.net;
    send(flying_.back(), now.net);
  }
}

/// Makes the next message: reads of one location, a gun alone.
void MylapsClient::gather() {
  Message message;
  message.number = next_number_++;
  const DeviceRead& first = memory()[next_].read;
  do {
    message.reads.push_back(next_++);
  } while (first.kind == HeardKind::Chip && next_ < memory().size() &&
           memory()[next_].read.kind == HeardKind::Chip &&
           memory()[next_].read.location == first.location &&
           message.reads.size() < setup_.reads_a_message);
  flying_.push_back(std::move(message));
}

void MylapsClient::send(Message& message, base::Duration now) {
  const DeviceRead& first = memory()[message.reads.front()].read;
  HS_CHECK(first.location < setup_.locations.size(), "a location of the device");
  std::string text = setup_.locations[first.location];
  if (first.kind == HeardKind::Gun) {
    text += "@Marker@" + marker(first) + '@';
  } else {
    text += version_ == Version::V2 ? "@Passing@" : "@Store@";
    for (const std::size_t read : message.reads) {
      text += version_ == Version::V2 ? v2_record(memory()[read].read) : v1_record(read);
      text += '@';
    }
  }
  text += std::to_string(message.number) + '@';
  say_reads(text, end_);
  for (const std::size_t read : message.reads) mark_sent(read);
  message.sent = now;
}

std::string MylapsClient::v1_record(std::size_t index) const {
  const DeviceRead& read = memory()[index].read;
  HS_CHECK(read.tag.size() <= kChipWidth, "V1 has room for seven characters of a chip");
  const DialClock at = dial_clock(dial(read.at));
  constexpr int kV1Device = 5;
  std::string record = fmt::format(
      "{:0>7}{}{:>2}{:>2}{:X}{:>3}{:04X}{}", read.tag, time_of_day(at), kV1Device, kReader,
      read.antennas & 0xF, std::min(read.occurrence, 999U), (index + 1) & 0xFFFF, short_date(at));
  std::uint32_t sum = 0;
  for (const char c : record) sum += static_cast<unsigned char>(c);
  return record + fmt::format("{:02X}", sum % 256);
}

std::string MylapsClient::v2_record(const DeviceRead& read) const {
  const DialClock at = dial_clock(dial(read.at));
  const std::int64_t local_ms = dial(read.at).time_since_epoch().count() / 1000;
  const std::int64_t offset_ms = setup_.utc_offset.count() * 1000;
  const auto value = [&](std::string_view key) -> std::string {
    if (key == "t") return time_of_day(at);
    if (key == "c") return fmt::format("{:0>7}", read.tag);
    if (key == "ct") return "UH";
    if (key == "d") return short_date(at);
    if (key == "l") return std::to_string(read.occurrence);
    if (key == "dv") return std::to_string(kDevice);
    if (key == "re") return std::to_string(kReader);
    if (key == "an") return fmt::format("{:08b}", read.antennas);
    if (key == "g") return "0";
    if (key == "b" || key == "n") return read.bib;
    if (key == "ut") return std::to_string(local_ms);
    if (key == "utc") return std::to_string(local_ms - offset_ms);
    if (key == "h") return std::to_string(read.hits);
    if (key == "ts") return "NTP";
    if (key == "am") return std::to_string(read.rssi_dbm);
    if (key == "ans") return std::to_string(first_antenna(read.antennas));
    return {};
  };
  static const std::vector<std::string> kByDefault = {"t",  "c",  "ct", "d", "l", "dv",
                                                      "re", "an", "g",  "b", "n"};
  std::string record;
  for (const std::string& key : keys_.empty() ? kByDefault : keys_) {
    const std::string text = value(key);
    if (text.empty()) continue;  // Not known to this device.
    if (!record.empty()) record += '|';
    record += key + "=" + text;
  }
  return record;
}

std::string MylapsClient::marker(const DeviceRead& read) const {
  const DialClock at = dial_clock(dial(read.at));
  if (version_ == Version::V2)
    return fmt::format("t={}|mt=Gunshot|n={}", time_of_day(at), read.tag);
  return fmt::format("{} {}|ext-gun|{}", base::format_date(at.date), time_of_day(at), read.tag);
}

}  // namespace hs::sim
