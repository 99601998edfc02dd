#include "formats/llrp.h"

#include <algorithm>
#include <limits>

#include "formats/llrp_message.h"

namespace hs::formats {
namespace {

namespace message_type = llrp::message_type;
namespace parameter_type = llrp::parameter_type;

constexpr base::Duration kResolution(1);
constexpr const char* kReader = "reader";
constexpr const char* kUptimeEpoch = "uptime";

/// The head of a whole message that `bytes` begin with.
std::optional<llrp::Head> whole_message(std::string_view bytes) {
  const auto head = llrp::read_head(bytes);
  const bool is_whole = head && llrp::is_known_message(head->type) &&
                        head->length <= llrp::kMostMessageBytes && head->length <= bytes.size();
  return is_whole ? head : std::nullopt;
}

/// Where the next whole message begins behind the first byte; nothing where there is none.
std::optional<std::size_t> next_message(std::string_view bytes) {
  for (std::size_t at = 1; at + llrp::kHeadBytes <= bytes.size(); ++at) {
    const auto head = whole_message(bytes.substr(at));
    // Two in a row, or one at the end: ten bytes alone are found in anything.
    if (head && !llrp::is_no_head(bytes.substr(at + head->length))) return at;
  }
  return std::nullopt;
}

/// When a tag was seen, and by which clock.
struct Seen {
  std::uint64_t micros = 0;
  bool is_utc = true;
};

std::optional<Seen> seen_of(const llrp::TagReport& tag) {
  if (tag.first_utc_micros) return Seen{*tag.first_utc_micros, true};
  if (tag.last_utc_micros) return Seen{*tag.last_utc_micros, true};
  if (tag.first_uptime_micros) return Seen{*tag.first_uptime_micros, false};
  if (tag.last_uptime_micros) return Seen{*tag.last_uptime_micros, false};
  return std::nullopt;
}

std::string device_of(const llrp::TagReport& tag) {
  if (!tag.rospec_id) return kReader;
  std::string id;
  for (int shift = 24; shift >= 0; shift -= 8) id += static_cast<char>(*tag.rospec_id >> shift);
  return kReader + (" " + llrp::hex_of(id));
}

template <typename Number>
Number at_most(std::uint64_t value) {
  return static_cast<Number>(std::min<std::uint64_t>(value, std::numeric_limits<Number>::max()));
}

/// Takes the messages of one file, one after the other.
class LlrpFile {
 public:
  explicit LlrpFile(ChipFileBuilder& out) : out_(out) {}

  void take(const Line& line, const llrp::Head& head) {
    if (llrp::is_known_message(head.type)) out_.understood();
    const std::string_view body = line.text.substr(llrp::kHeadBytes);
    if (head.type == message_type::kReaderEventNotification) {
      const auto event = llrp::read_event(body);
      if (event && event->uptime_micros && event->attempt) {
        uptime_epoch_ = kUptimeEpoch + (" " + std::to_string(*event->uptime_micros));
      }
    }
    if (head.type == message_type::kRoAccessReport) take_reports(line, body);
  }

 private:
  void take_reports(const Line& line, std::string_view body) {
    llrp::ParameterWalk walk(body);
    llrp::Parameter parameter;
    auto more = walk.next(parameter);
    for (; more && *more; more = walk.next(parameter)) {
      if (parameter.type == parameter_type::kTagReportData) take_tag(line, parameter.body);
    }
    if (!more) out_.refuse(line, std::move(more).error(), body);
  }

  void take_tag(const Line& line, std::string_view body) {
    llrp::TagReport tag = llrp::read_tag_report(body);
    if (tag.fault) out_.refuse(line, std::move(*tag.fault), body);
    const auto seen = seen_of(tag);
    const auto code = model::TagCode::parse(tag.epc);
    if (!code || !seen || seen->micros > llrp::kMostMicros) {
      if (!tag.fault) refuse_tag(line, body, code ? "a time" : "a code of 1 to 23 bytes");
      return;
    }
    model::Read read;
    read.tag = *code;
    read.time = base::ReaderTime(base::Duration(static_cast<std::int64_t>(seen->micros)));
    read.antenna = at_most<std::uint8_t>(tag.antenna.value_or(0));
    read.rssi_dbm = tag.peak_rssi_dbm.value_or(0);
    read.hits = tag.seen_count.value_or(0);
    read.line = line.number;
    const auto clock = seen->is_utc ? model::DeviceClock::Utc : model::DeviceClock::Free;
    out_.add_read(out_.stream_of({.device = device_of(tag),
                                  .epoch = seen->is_utc ? "" : uptime_epoch_,
                                  .mat = out_.source().mat,
                                  .clock = clock},
                                 kResolution),
                  read);
  }

  void refuse_tag(const Line& line, std::string_view body, const char* expected) {
    base::Error error;
    error.code = base::ErrorCode::InvalidInput;
    error.message = "found a tag without it, expected " + std::string(expected);
    error.place.column = 1;
    out_.refuse(line, std::move(error), body);
  }

  ChipFileBuilder& out_;
  std::string uptime_epoch_ = kUptimeEpoch;
};

base::Error no_message(std::string_view bytes) {
  base::Error error;
  error.code = base::ErrorCode::InvalidInput;
  error.message = "found " + std::to_string(bytes.size()) +
                  " bytes that are no message, the first " + shown(bytes.substr(0, 16)) +
                  ", expected an LLRP message";
  error.place.column = 1;
  return error;
}

}  // namespace

base::Result<void> parse_llrp(ChipFileBuilder& out) {
  LlrpFile file(out);
  std::string_view rest = out.input().bytes;
  Line line;
  while (!rest.empty()) {
    ++line.number;
    out.count_line();
    const auto head = llrp::read_head(rest);
    if (head && head->length <= llrp::kMostMessageBytes && head->length <= rest.size()) {
      line.text = rest.substr(0, head->length);
      file.take(line, *head);
      rest.remove_prefix(head->length);
      continue;
    }
    const bool may_be_cut = head ? head->length <= llrp::kMostMessageBytes
                                 : !llrp::is_no_head(rest) && rest.size() < llrp::kHeadBytes;
    const auto next = next_message(rest);
    line.text = rest.substr(0, next.value_or(rest.size()));
    line.ended = next.has_value() || !may_be_cut;
    out.refuse(line, no_message(line.text));
    rest.remove_prefix(line.text.size());
  }
  return {};
}

}  // namespace hs::formats
