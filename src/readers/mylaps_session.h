#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "readers/device_session.h"

namespace hs::readers {

/// One connection of MYLAPS Timing & Scoring, which calls us: the "Exporter" protocol, V1 and V2.1,
/// from bytes to reads and answers. No socket and no clock are in here.
///
///     Start@Pong@$                        it is there         ->
///     Homestretch@AckPong@Version2.1@... Start@Ping@$                        is it there? ->
///     Homestretch@AckPing@$ Start@Store@REC@REC@17@$            reads (V1)          ->
///     Homestretch@AckStore@17@$ Start@Passing@c=..|t=..@18@$        reads (V2)          ->
///     Homestretch@AckPassing@18@$ Start@Marker@t=..|mt=Gunshot@19@$   a gun or a button   ->
///     Homestretch@AckMarker@19@$
///
/// It sends a message again every 20 s until it is answered, and is answered when the reads are
/// stored. One connection has several locations; each is a mat of its own, unless the source of the
/// event file names one mat for all. We ask for UTC, so that no zone has to be guessed; who does
/// not know the word sends the decoder's own time.
///
/// Shape:  bytes in pieces of any length, as a socket gives them.
/// Errors: none; a message that cannot be read costs itself, one without an end ends the
/// connection. Threads: one at a time. Cost: O(bytes). Source: docs/read-formats.md, "mylaps".
class MylapsSession final : public DeviceSession {
 public:
  /// Longer than this no message is: fifty records are a tenth of it.
  static constexpr std::size_t kMostMessageBytes = 256U << 10U;

  explicit MylapsSession(SessionContext context) : context_(std::move(context)) {}

  /// Nothing: the client speaks first.
  [[nodiscard]] std::string opened() override { return {}; }
  [[nodiscard]] Heard take(std::string_view bytes, base::RaceTime received) override;
  [[nodiscard]] Heard quiet() override;
  [[nodiscard]] bool needs_beginning() const override { return false; }
  [[nodiscard]] bool acknowledges() const override { return true; }
  [[nodiscard]] DeviceState state() const override { return state_; }

 private:
  void take_message(std::string_view message, Heard& heard);
  void note_location(std::string_view location);
  void deliver(std::string_view message, std::string_view function, Heard& heard);

  SessionContext context_;
  std::string rest_;           ///< Of a message that has not ended.
  std::uint64_t through_ = 0;  ///< Bytes of whole messages.
  DeviceState state_;
};

}  // namespace hs::readers
