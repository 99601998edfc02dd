#include "readers/llrp_message.h"

#include <cstddef>

#include "formats/llrp_message.h"

namespace hs::readers::llrp {
namespace {

constexpr unsigned kVersion = 1;  ///< 1.0.1

enum class Command : std::uint16_t {
  GetReaderConfig = 2,
  SetReaderConfig = 3,
  AddRoSpec = 20,
  DeleteRoSpec = 21,
  StartRoSpec = 22,
  EnableRoSpec = 24,
  GetRoSpecs = 26,
  EnableEventsAndReports = 64,
  KeepaliveAck = 72,
};

// Parameters of what is sent.
constexpr std::uint16_t kRoSpec = 177;
constexpr std::uint16_t kRoBoundarySpec = 178;
constexpr std::uint16_t kRoSpecStartTrigger = 179;
constexpr std::uint16_t kRoSpecStopTrigger = 182;
constexpr std::uint16_t kAiSpec = 183;
constexpr std::uint16_t kAiSpecStopTrigger = 184;
constexpr std::uint16_t kInventoryParameterSpec = 186;
constexpr std::uint16_t kKeepaliveSpec = 220;
constexpr std::uint16_t kEventsAndReports = 226;
constexpr std::uint16_t kRoReportSpec = 237;
constexpr std::uint16_t kTagReportContentSelector = 238;
constexpr std::uint16_t kReaderEventNotificationSpec = 244;
constexpr std::uint16_t kEventNotificationState = 245;

/// A number, big-endian.
template <typename Number>
std::string number(Number value) {
  std::string out;
  for (std::size_t left = sizeof(Number); left > 0; --left) {
    out += static_cast<char>((value >> (8 * (left - 1))) & 0xff);
  }
  return out;
}

std::string u8(unsigned value) { return number(static_cast<std::uint8_t>(value)); }
std::string u16(unsigned value) { return number(static_cast<std::uint16_t>(value)); }
std::string u32(std::uint32_t value) { return number(value); }

std::string tlv(std::uint16_t type, const std::string& body) {
  constexpr std::size_t kHeadBytes = 4;
  return u16(type) + u16(static_cast<unsigned>(body.size() + kHeadBytes)) + body;
}

std::string message(Command command, std::uint32_t id, const std::string& body = {}) {
  const std::size_t length = formats::llrp::kHeadBytes + body.size();
  return u16((kVersion << 10) | static_cast<unsigned>(command)) +
         u32(static_cast<std::uint32_t>(length)) + u32(id) + body;
}

std::string notify_of(unsigned event) {
  constexpr unsigned kOn = 0x80;
  return tlv(kEventNotificationState, u16(event) + u8(kOn));
}

}  // namespace

std::string get_identification(std::uint32_t id) {
  constexpr unsigned kIdentification = 1;
  const std::string no_antenna = u16(0), no_gpi = u16(0), no_gpo = u16(0);
  return message(Command::GetReaderConfig, id, no_antenna + u8(kIdentification) + no_gpi + no_gpo);
}

std::string get_rospecs(std::uint32_t id) { return message(Command::GetRoSpecs, id); }

std::string set_reader_config(std::uint32_t id, std::uint32_t keepalive_ms) {
  constexpr unsigned kKeepAllElse = 0;  // No reset: what its owner has set stays.
  constexpr unsigned kReportBuffer = 3, kReaderException = 4, kAntenna = 8;
  constexpr unsigned kPeriodic = 1;
  constexpr unsigned kHold = 0x80;
  return message(
      Command::SetReaderConfig, id,
      u8(kKeepAllElse) +
          tlv(kReaderEventNotificationSpec,
              notify_of(kReportBuffer) + notify_of(kReaderException) + notify_of(kAntenna)) +
          tlv(kKeepaliveSpec, u8(kPeriodic) + u32(keepalive_ms)) +
          tlv(kEventsAndReports, u8(kHold)));
}

std::string delete_rospec(std::uint32_t id, std::uint32_t rospec) {
  return message(Command::DeleteRoSpec, id, u32(rospec));
}

std::string add_rospec(std::uint32_t id, std::uint32_t rospec) {
  constexpr unsigned kPriority = 0, kDisabled = 0;
  constexpr unsigned kByCommand = 0, kNever = 0;
  constexpr unsigned kOneEntry = 1, kAllAntennas = 0;
  constexpr unsigned kInventory = 1, kC1G2 = 1;
  constexpr unsigned kEachNTags = 1, kN = 1;
  // ROSpec, antenna, strength, first and last time, count: bits from the left.
  constexpr unsigned kContent = 0x8000 | 0x1000 | 0x0400 | 0x0200 | 0x0100 | 0x0080;
  const std::string boundary =
      tlv(kRoBoundarySpec,
          tlv(kRoSpecStartTrigger, u8(kByCommand)) + tlv(kRoSpecStopTrigger, u8(kNever) + u32(0)));
  const std::string antennas = tlv(
      kAiSpec, u16(kOneEntry) + u16(kAllAntennas) + tlv(kAiSpecStopTrigger, u8(kNever) + u32(0)) +
                   tlv(kInventoryParameterSpec, u16(kInventory) + u8(kC1G2)));
  const std::string report =
      tlv(kRoReportSpec, u8(kEachNTags) + u16(kN) + tlv(kTagReportContentSelector, u16(kContent)));
  return message(
      Command::AddRoSpec, id,
      tlv(kRoSpec, u32(rospec) + u8(kPriority) + u8(kDisabled) + boundary + antennas + report));
}

std::string enable_rospec(std::uint32_t id, std::uint32_t rospec) {
  return message(Command::EnableRoSpec, id, u32(rospec));
}

std::string start_rospec(std::uint32_t id, std::uint32_t rospec) {
  return message(Command::StartRoSpec, id, u32(rospec));
}

std::string enable_events_and_reports(std::uint32_t id) {
  return message(Command::EnableEventsAndReports, id);
}

std::string keepalive_ack(std::uint32_t id) { return message(Command::KeepaliveAck, id); }

}  // namespace hs::readers::llrp
