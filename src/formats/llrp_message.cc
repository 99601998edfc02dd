#include "formats/llrp_message.h"

#include <algorithm>
#include <array>

#include "formats/chip_lines.h"

namespace hs::formats::llrp {
namespace {

constexpr std::size_t kTlvHeadBytes = 4;
constexpr std::uint16_t kTypeBits = 0x3ff;
constexpr std::uint8_t kTvBit = 0x80;
constexpr std::uint16_t kFirstTlvType = 128;

/// Lengths of the bodies of TV parameters by type; 0: not known.
constexpr std::array<std::uint8_t, 21> kTvBodyBytes = {0, 2, 8,  8, 8, 8, 1, 2, 2, 4, 2,
                                                       2, 2, 12, 2, 2, 4, 2, 4, 2, 2};

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

tl::unexpected<base::Error> fault(std::size_t at, std::string message) {
  base::Place place;
  place.column = static_cast<int>(at) + 1;
  return base::fail(base::ErrorCode::InvalidInput, std::move(message), std::move(place));
}

template <typename Number>
void take_number(std::string_view body, std::optional<Number>& out) {
  if (const auto value = number_of(body, sizeof(Number))) out = static_cast<Number>(*value);
}

void take_micros(std::string_view body, std::optional<std::uint64_t>& out) {
  take_number(body, out);
  if (out && *out > kMostMicros) out.reset();
}

/// u16 number of bits, then the bits, padded to whole bytes.
base::Result<std::string> read_epc_data(std::string_view body) {
  const auto bits = number_of(body, 2);
  if (!bits) return fault(0, "found a tag code without a length");
  const std::size_t length = (static_cast<std::size_t>(*bits) + 7) / 8;
  if (length > body.size() - 2) {
    return fault(0, "found a tag code of " + std::to_string(*bits) + " bits in " +
                        std::to_string(body.size() - 2) + " bytes");
  }
  return hex_of(body.substr(2, length));
}

base::Result<void> take_tag_parameter(const Parameter& parameter, TagReport& out) {
  switch (parameter.type) {
    case parameter_type::kEpc96:
      out.epc = hex_of(parameter.body);
      return {};
    case parameter_type::kEpcData: {
      HS_TRY(out.epc, read_epc_data(parameter.body));
      return {};
    }
    case parameter_type::kAntennaId:
      take_number(parameter.body, out.antenna);
      return {};
    case parameter_type::kPeakRssi:
      take_number(parameter.body, out.peak_rssi_dbm);
      return {};
    case parameter_type::kTagSeenCount:
      take_number(parameter.body, out.seen_count);
      return {};
    case parameter_type::kRoSpecId:
      take_number(parameter.body, out.rospec_id);
      return {};
    case parameter_type::kFirstSeenUtc:
      take_number(parameter.body, out.first_utc_micros);
      return {};
    case parameter_type::kLastSeenUtc:
      take_number(parameter.body, out.last_utc_micros);
      return {};
    case parameter_type::kFirstSeenUptime:
      take_number(parameter.body, out.first_uptime_micros);
      return {};
    case parameter_type::kLastSeenUptime:
      take_number(parameter.body, out.last_uptime_micros);
      return {};
    default:
      return {};
  }
}

/// u16 length and that many bytes.
std::string text_in(std::string_view body) {
  const auto length = number_of(body, 2);
  if (!length) return {};
  return clean_name(body.substr(2, static_cast<std::size_t>(*length)));
}

}  // namespace

std::optional<std::uint64_t> number_of(std::string_view bytes, std::size_t size) {
  if (bytes.size() < size || size > sizeof(std::uint64_t)) return std::nullopt;
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < size; ++i) out = (out << 8) | byte_at(bytes, i);
  return out;
}

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    out += kHex[byte >> 4];
    out += kHex[byte & 0xf];
  }
  return out;
}

bool is_no_head(std::string_view bytes) {
  if (bytes.empty()) return false;
  const int reserved = byte_at(bytes, 0) >> 5;
  const int version = (byte_at(bytes, 0) >> 2) & 7;
  if (reserved != 0 || version < 1 || version > 2) return true;
  const auto length = number_of(bytes.substr(std::min<std::size_t>(2, bytes.size())), 4);
  return length && *length < kHeadBytes;
}

std::optional<Head> read_head(std::string_view bytes) {
  if (bytes.size() < kHeadBytes || is_no_head(bytes)) return std::nullopt;
  Head out;
  out.version = static_cast<std::uint8_t>((byte_at(bytes, 0) >> 2) & 7);
  out.type = static_cast<std::uint16_t>(number_of(bytes, 2).value_or(0) & kTypeBits);
  out.length = static_cast<std::uint32_t>(number_of(bytes.substr(2), 4).value_or(0));
  out.id = static_cast<std::uint32_t>(number_of(bytes.substr(6), 4).value_or(0));
  return out;
}

base::Result<bool> ParameterWalk::next(Parameter& parameter) {
  if (at_ == bytes_.size()) return false;
  const std::string_view rest = bytes_.substr(at_);
  const std::size_t begin = at_;
  at_ = bytes_.size();  // Behind a fault there is nothing more.
  std::size_t head = 1;
  std::size_t length = 0;
  if ((byte_at(rest, 0) & kTvBit) != 0) {
    parameter.type = byte_at(rest, 0) & 0x7f;
    const std::size_t body =
        parameter.type < kTvBodyBytes.size() ? kTvBodyBytes[parameter.type] : std::size_t{0};
    if (body == 0) {
      return fault(begin,
                   "found a parameter of the unknown short type " + std::to_string(parameter.type));
    }
    length = head + body;
  } else {
    head = kTlvHeadBytes;
    const auto written = number_of(rest.substr(std::min<std::size_t>(2, rest.size())), 2);
    if (!written) return fault(begin, "found half of a parameter");
    parameter.type = static_cast<std::uint16_t>(number_of(rest, 2).value_or(0) & kTypeBits);
    length = static_cast<std::size_t>(*written);
    if (parameter.type < kFirstTlvType || length < head) {
      return fault(begin, "found a parameter of type " + std::to_string(parameter.type) + " and " +
                              std::to_string(length) + " bytes");
    }
  }
  if (length > rest.size()) {
    return fault(begin, "found a parameter of " + std::to_string(length) + " bytes, of which " +
                            std::to_string(rest.size()) + " are there");
  }
  parameter.body = rest.substr(head, length - head);
  at_ = begin + length;
  return true;
}

std::optional<std::string_view> find_parameter(std::string_view bytes, std::uint16_t type) {
  ParameterWalk walk(bytes);
  Parameter parameter;
  for (auto more = walk.next(parameter); more && *more; more = walk.next(parameter)) {
    if (parameter.type == type) return parameter.body;
  }
  return std::nullopt;
}

std::optional<Status> read_status(std::string_view body) {
  const auto status = find_parameter(body, parameter_type::kLlrpStatus);
  if (!status) return std::nullopt;
  const auto code = number_of(*status, 2);
  if (!code) return std::nullopt;
  return Status{static_cast<std::uint16_t>(*code), text_in(status->substr(2))};
}

base::Result<ReaderEvent> read_event(std::string_view body) {
  const auto data = find_parameter(body, parameter_type::kReaderEventNotificationData);
  if (!data) return fault(0, "found an event without its data");
  ReaderEvent out;
  if (const auto utc = find_parameter(*data, parameter_type::kUtcTimestamp)) {
    take_micros(*utc, out.utc_micros);
  }
  if (const auto uptime = find_parameter(*data, parameter_type::kUptime)) {
    take_micros(*uptime, out.uptime_micros);
  }
  if (const auto attempt = find_parameter(*data, parameter_type::kConnectionAttempt)) {
    take_number(*attempt, out.attempt);
  }
  out.closes = find_parameter(*data, parameter_type::kConnectionClose).has_value();
  out.overflowed = find_parameter(*data, parameter_type::kReportBufferOverflow).has_value();
  if (const auto antenna = find_parameter(*data, parameter_type::kAntennaEvent)) {
    // u8 0 went, 1 came; u16 which.
    out.antenna_connected = number_of(*antenna, 1) == std::optional<std::uint64_t>(1);
    if (!antenna->empty()) take_number(antenna->substr(1), out.antenna);
  }
  if (const auto exception = find_parameter(*data, parameter_type::kReaderException)) {
    out.exception = text_in(*exception);
    if (out.exception.empty()) out.exception = "it does not say what";
  }
  return out;
}

TagReport read_tag_report(std::string_view body) {
  TagReport out;
  ParameterWalk walk(body);
  Parameter parameter;
  auto more = walk.next(parameter);
  for (; more && *more; more = walk.next(parameter)) {
    auto taken = take_tag_parameter(parameter, out);
    if (taken) continue;
    out.fault = std::move(taken).error();
    out.fault->place.column += static_cast<int>(parameter.body.data() - body.data());
    return out;
  }
  if (!more) out.fault = std::move(more).error();
  return out;
}

bool is_known_message(std::uint16_t type) {
  struct Range {
    std::uint16_t first, last;
  };
  constexpr std::array kRanges = {Range{1, 4},     Range{10, 14},    Range{20, 26}, Range{30, 36},
                                  Range{40, 47},   Range{50, 57},    Range{60, 64}, Range{72, 72},
                                  Range{100, 100}, Range{1023, 1023}};
  return std::any_of(kRanges.begin(), kRanges.end(),
                     [type](Range range) { return type >= range.first && type <= range.last; });
}

}  // namespace hs::formats::llrp
