#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "formats/llrp_message.h"
#include "readers/device_session.h"

namespace hs::readers {

/// A connection with an RFID reader that speaks LLRP 1.0.1, whom we call; its reports are read as
/// the files of the format "llrp" are.
///
///     READER_EVENT_NOTIFICATION                       <- the connection stands
///     GET_READER_CONFIG, GET_ROSPECS,
///     SET_READER_CONFIG (keepalive, hold)             ->  one after the other, each answered
///     ENABLE_EVENTS_AND_REPORTS                       ->  what it held while nobody was there
///     DELETE, ADD, ENABLE, START_ROSPEC               ->  one after the other, each answered
///     ENABLE_EVENTS_AND_REPORTS                       ->
///     RO_ACCESS_REPORT ...                            <- tags
///     KEEPALIVE                                       <- every 10 s, answered
///
/// A reader that still does what we told it before (our ROSpec is active) goes on doing it: no tag
/// is missed for being connected anew. The ROSpec has the last four bytes of the reader's own id
/// for a number, so that each report says whose it is. A reader has one client; one that is taken
/// by another says so and the connection ends.
///
/// A command that is refused is in `trouble` with the reader's words, and the next one is tried.
/// LLRP knows no thanks for reports. A reader without a UTC clock tells the time since it was
/// switched on: the offset is found when the connection begins, and nothing of the connection
/// counts as drained before it ends, since all of it hangs on that beginning.
///
/// Errors: a tag that cannot be read costs itself; bytes that are no message, or one longer than
/// `formats::llrp::kMostMessageBytes`, end the connection. Threads: one at a time. Cost: O(bytes).
/// Source: docs/read-formats.md, "llrp".
class LlrpSession final : public DeviceSession {
 public:
  static constexpr std::uint32_t kKeepaliveMs = 10'000;

  explicit LlrpSession(SessionContext context) : context_(std::move(context)) {}

  /// Nothing: the reader speaks first.
  [[nodiscard]] std::string opened() override { return {}; }
  [[nodiscard]] Heard take(std::string_view bytes, base::RaceTime received) override;
  /// Goes on with the next command where one was not answered.
  [[nodiscard]] Heard quiet() override;
  [[nodiscard]] base::Duration quiet_after() const override { return std::chrono::seconds(15); }
  [[nodiscard]] DeviceState state() const override;

 private:
  /// What is waited for.
  enum class Step : std::uint8_t {
    Event,
    Identity,
    RoSpecs,
    Config,
    Delete,
    Add,
    Enable,
    Start,
    Reads
  };

  void take_message(const formats::llrp::Head& head, std::string_view message,
                    base::RaceTime received, Heard& heard, Delivery& delivery);
  void take_report(std::string_view message, Delivery& delivery);
  void take_event(std::string_view message, base::RaceTime received, Heard& heard);
  void take_answer(const formats::llrp::Head& head, std::string_view body, Heard& heard);
  void note_identity(std::string_view body);
  void note_rospecs(std::string_view body);
  void begin(Heard& heard);
  /// The type of the answer that the session waits for; 0, which no message has, for none.
  [[nodiscard]] std::uint16_t waited_for() const;
  void go_on(Heard& heard);
  void set_clock(Delivery& delivery) const;
  [[nodiscard]] std::uint32_t next_id() { return ++last_id_; }

  SessionContext context_;
  std::string rest_;           ///< Of a message that is not all there.
  std::uint64_t through_ = 0;  ///< Bytes of whole messages.
  int messages_ = 0;
  DeviceState state_;
  Step step_ = Step::Event;
  std::uint32_t last_id_ = 0;  ///< Of what we sent last; an answer is waited for it.
  std::uint32_t rospec_ = 1;
  bool has_rospecs_ = false;  ///< Somebody told it what to read.
  bool is_active_ = false;    ///< Our ROSpec ran when we came.
  std::string refused_;       ///< The first command that was refused, and why.
  std::string fault_;         ///< Of the reader, as it said last.
  std::set<std::uint16_t> antennas_off_;
  std::string uptime_event_;         ///< The message that began a connection without a UTC clock.
  base::Duration uptime_offset_{0};  ///< From its time to UTC.
};

}  // namespace hs::readers
