#pragma once

#include <cstdint>
#include <string>

/// The messages of LLRP 1.0.1 that we send to a reader, as bytes. What comes back is read by
/// `formats/llrp_message.h`. `id`: of the message; the reader's answer repeats it.
///
/// Source: docs/read-formats.md, "llrp"; numbers and layouts are those of the EPCglobal standard.
namespace hs::readers::llrp {

/// "Who are you?": the reader's own id. Answered by GetReaderConfigResponse.
[[nodiscard]] std::string get_identification(std::uint32_t id);

/// "What were you told to read?" Answered by GetRoSpecsResponse.
[[nodiscard]] std::string get_rospecs(std::uint32_t id);

/// Sets what we need and nothing else: a sign of life every `keepalive_ms`, reports held while
/// nobody is connected, and news of antennas, of a full memory and of faults.
[[nodiscard]] std::string set_reader_config(std::uint32_t id, std::uint32_t keepalive_ms);

/// Forgets what it was told to read; `rospec` 0: all of it.
[[nodiscard]] std::string delete_rospec(std::uint32_t id, std::uint32_t rospec);

/// What to read: all antennas, for ever from its start on, and a report for each tag at once, with
/// the ROSpec, antenna, strength, first and last time and count.
[[nodiscard]] std::string add_rospec(std::uint32_t id, std::uint32_t rospec);

[[nodiscard]] std::string enable_rospec(std::uint32_t id, std::uint32_t rospec);
[[nodiscard]] std::string start_rospec(std::uint32_t id, std::uint32_t rospec);

/// Lets held reports and events go. Has no answer.
[[nodiscard]] std::string enable_events_and_reports(std::uint32_t id);

/// The answer to a sign of life; `id` is its own.
[[nodiscard]] std::string keepalive_ack(std::uint32_t id);

}  // namespace hs::readers::llrp
