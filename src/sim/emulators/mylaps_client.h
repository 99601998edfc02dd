#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "sim/emulators/emulator.h"

namespace hs::sim {

/// How a Timing & Scoring installation is set up.
struct MylapsSetup {
  std::string name = "Toolkit";                     ///< Of the program itself.
  std::vector<std::string> locations = {"Finish"};  ///< Without "@", "$" and "|".
  std::chrono::seconds utc_offset{0};               ///< Of the decoders' dials, for `utc`.
  std::uint64_t first_message = 1;
  std::size_t reads_a_message = 50;  ///< 1 to 50; V1 allows no more.
  std::size_t messages_in_flight = 64;
  base::Duration repeat_after = std::chrono::seconds(20);
  std::string after_frame;  ///< Behind the "$": real ones put CRLF.
};

/// A message that was acknowledged.
struct MylapsAck {
  std::size_t first_read = 0, reads = 0;  ///< Reads in the order of `hear`, from 0.
  base::Duration sent{0};                 ///< The first time; by `EmulatorTime::net`.
  base::Duration acknowledged{0};
};

/// MYLAPS Timing & Scoring with its exporter: it calls us, says each location, and sends reads as
/// V1 `Store` or V2 `Passing`, whichever the answer asks for, again and again until each message is
/// acknowledged.
///
/// V2 messages hold the keys `t c ct d l dv re an g` and, where known, `b n`; or those asked for.
/// Under V1 a chip has at most 7 characters (a longer one is a bug of the caller).
class MylapsClient final : public Emulator {
 public:
  explicit MylapsClient(MylapsSetup setup, const WireTroubles& troubles = {});

  [[nodiscard]] Role role() const override { return Role::Calls; }
  [[nodiscard]] bool acknowledges() const override { return true; }

  /// The messages acknowledged since this was last asked. Order: as they came in. At most 100,000
  /// are kept.
  [[nodiscard]] std::vector<MylapsAck> take_acks();

 private:
  struct Message {
    std::uint64_t number = 0;
    std::vector<std::size_t> reads;  ///< Indices of the memory, all of one location and kind.
    base::Duration first_sent{0};
    std::optional<base::Duration> sent;  ///< Last, over this connection.
  };

  enum class Version : std::uint8_t { NotSaid, V1, V2 };

  void on_connect(const EmulatorTime& now) override;
  void on_disconnect() override;
  void on_bytes(std::string_view bytes, const EmulatorTime& now) override;
  void on_due(const EmulatorTime& now) override;
  void on_frame(std::string_view frame, const EmulatorTime& now);
  void choose_version(const std::vector<std::string_view>& fields);
  void answer_info(const std::vector<std::string_view>& fields, const EmulatorTime& now);
  void on_ack(std::string_view number, const EmulatorTime& now);
  void gather();
  void send(Message& message, base::Duration now);
  [[nodiscard]] std::string v1_record(std::size_t index) const;
  [[nodiscard]] std::string v2_record(const DeviceRead& read) const;
  [[nodiscard]] std::string marker(const DeviceRead& read) const;

  MylapsSetup setup_;
  std::string end_;
  LinesIn in_{"$"};
  Version version_ = Version::NotSaid;
  std::vector<std::string> keys_;    ///< Of V2; empty: those by default.
  std::vector<std::string> device_;  ///< Fields of devices asked for.
  std::size_t next_ = 0;             ///< First read of the memory that is in no message.
  std::uint64_t next_number_;
  std::deque<Message> flying_;  ///< By number.
  std::vector<MylapsAck> acks_;
};

}  // namespace hs::sim
