#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

/// LLRP 1.0.1 and 1.1, as bytes: messages, and the parameters in them. All numbers big-endian.
///
///     message     3 bits 0 | 3 bits version | 10 bits type | u32 length | u32 id | body
///     TLV         6 bits 0 | 10 bits type, 128 and more    | u16 length | body
///     TV          1 bit 1  |  7 bits type, 1 to 127        | body of a fixed length
///
/// Lengths count the head. Nothing here reads past the bytes it was given.
namespace hs::formats::llrp {

inline constexpr std::size_t kHeadBytes = 10;

/// Types of messages. Numbers, since anything may come.
namespace message_type {
inline constexpr std::uint16_t kCloseConnectionResponse = 4;
inline constexpr std::uint16_t kGetReaderCapabilitiesResponse = 11;
inline constexpr std::uint16_t kGetReaderConfigResponse = 12;
inline constexpr std::uint16_t kSetReaderConfigResponse = 13;
inline constexpr std::uint16_t kAddRoSpecResponse = 30;
inline constexpr std::uint16_t kDeleteRoSpecResponse = 31;
inline constexpr std::uint16_t kStartRoSpecResponse = 32;
inline constexpr std::uint16_t kEnableRoSpecResponse = 34;
inline constexpr std::uint16_t kGetRoSpecsResponse = 36;
inline constexpr std::uint16_t kRoAccessReport = 61;
inline constexpr std::uint16_t kKeepalive = 62;
inline constexpr std::uint16_t kReaderEventNotification = 63;
inline constexpr std::uint16_t kErrorMessage = 100;
}  // namespace message_type

/// Types of parameters.
namespace parameter_type {
inline constexpr std::uint16_t kAntennaId = 1;
inline constexpr std::uint16_t kFirstSeenUtc = 2;
inline constexpr std::uint16_t kFirstSeenUptime = 3;
inline constexpr std::uint16_t kLastSeenUtc = 4;
inline constexpr std::uint16_t kLastSeenUptime = 5;
inline constexpr std::uint16_t kPeakRssi = 6;
inline constexpr std::uint16_t kTagSeenCount = 8;
inline constexpr std::uint16_t kRoSpecId = 9;
inline constexpr std::uint16_t kEpc96 = 13;
inline constexpr std::uint16_t kUtcTimestamp = 128;
inline constexpr std::uint16_t kUptime = 129;
inline constexpr std::uint16_t kRoSpec = 177;
inline constexpr std::uint16_t kIdentification = 218;
inline constexpr std::uint16_t kTagReportData = 240;
inline constexpr std::uint16_t kEpcData = 241;
inline constexpr std::uint16_t kReaderEventNotificationData = 246;
inline constexpr std::uint16_t kReportBufferOverflow = 251;
inline constexpr std::uint16_t kReaderException = 252;
inline constexpr std::uint16_t kAntennaEvent = 255;
inline constexpr std::uint16_t kConnectionAttempt = 256;
inline constexpr std::uint16_t kConnectionClose = 257;
inline constexpr std::uint16_t kLlrpStatus = 287;
}  // namespace parameter_type

/// What stands at the front of a message.
struct Head {
  std::uint8_t version = 1;
  std::uint16_t type = 0;
  std::uint32_t length = kHeadBytes;
  std::uint32_t id = 0;
};

/// The head of the message that `bytes` begin with; nothing where they are too few, or where no
/// message of version 1 or 2 begins so (reserved bits set, a length below the head's own).
[[nodiscard]] std::optional<Head> read_head(std::string_view bytes);

/// The year 10000. Microseconds beyond it are no time; what is below stays in 64 bits when reckoned
/// with.
inline constexpr std::uint64_t kMostMicros = 253'402'300'800'000'000;

/// Longer than this no message is taken to be: thousands of tags are a tenth of it.
inline constexpr std::uint32_t kMostMessageBytes = 1U << 20U;

/// True where no head can begin with `bytes`, of which there may be as few as one.
[[nodiscard]] bool is_no_head(std::string_view bytes);

/// A number of the first `size` bytes of `bytes`, at most eight; nothing where they are fewer.
[[nodiscard]] std::optional<std::uint64_t> number_of(std::string_view bytes, std::size_t size);

/// One parameter. `body` is a view into what is walked.
struct Parameter {
  std::uint16_t type = 0;
  std::string_view body;
};

/// Goes over the parameters that stand side by side in `bytes`, known or not.
///
/// Errors: InvalidInput, with the byte (from 1) of `bytes` in `column`, where a length does not fit
/// or a TV type has no known length: nothing behind it can be read.
class ParameterWalk {
 public:
  explicit ParameterWalk(std::string_view bytes) : bytes_(bytes) {}
  /// Puts the next parameter into `parameter`; false at the end.
  [[nodiscard]] base::Result<bool> next(Parameter& parameter);

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

/// The first parameter of a type among those side by side in `bytes`; nothing where there is none
/// before a fault.
[[nodiscard]] std::optional<std::string_view> find_parameter(std::string_view bytes,
                                                             std::uint16_t type);

/// What a reader answered to a command.
struct Status {
  std::uint16_t code = 0;   ///< 0: done.
  std::string description;  ///< Of the reader, printable, at most 80 bytes.
};

/// The status in the body of a response or of an error message; nothing where it has none.
[[nodiscard]] std::optional<Status> read_status(std::string_view body);

/// What a reader says about itself, unasked.
struct ReaderEvent {
  std::optional<std::uint64_t> utc_micros;     ///< Of the reader's clock.
  std::optional<std::uint64_t> uptime_micros;  ///< Since it was switched on, where it has no clock.
  /// Of a connection: 0 it stands, 1 and 2 another client has the reader, 3 another failure, 4
  /// somebody else has tried.
  std::optional<std::uint16_t> attempt;
  bool closes = false;                   ///< The reader ends the connection.
  bool overflowed = false;               ///< Its memory was full, and reports are lost.
  std::string exception;                 ///< Something went wrong, in its words.
  std::optional<std::uint16_t> antenna;  ///< That came or went.
  bool antenna_connected = false;
};

/// Errors: InvalidInput for a body without a notification in it.
[[nodiscard]] base::Result<ReaderEvent> read_event(std::string_view body);

/// One tag, as a report has it.
struct TagReport {
  std::string epc;  ///< Upper-case hexadecimal digits; empty where it says none.
  std::optional<std::uint16_t> antenna;
  std::optional<std::int8_t> peak_rssi_dbm;
  std::optional<std::uint16_t> seen_count;
  std::optional<std::uint32_t> rospec_id;
  std::optional<std::uint64_t> first_utc_micros;
  std::optional<std::uint64_t> last_utc_micros;
  std::optional<std::uint64_t> first_uptime_micros;
  std::optional<std::uint64_t> last_uptime_micros;
  /// InvalidInput, with the byte of the body (from 1) in `column`: as `ParameterWalk`, or a tag
  /// code whose length does not fit. What stood before it was read.
  std::optional<base::Error> fault;
};

/// Reads the body of a TagReportData. Parameters nobody knows are passed over.
[[nodiscard]] TagReport read_tag_report(std::string_view body);

/// True for the types of messages that LLRP 1.1 defines.
[[nodiscard]] bool is_known_message(std::uint16_t type);

/// `bytes` as upper-case hexadecimal digits.
[[nodiscard]] std::string hex_of(std::string_view bytes);

}  // namespace hs::formats::llrp
