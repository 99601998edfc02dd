#pragma once

#include <string>
#include <vector>

#include "sim/emulators/emulator.h"

namespace hs::sim {

/// How an RFIDTiming Ultra is set up.
struct UltraSetup {
  std::uint32_t ultra_id = 1;
  std::uint32_t reader = 1;
  std::uint64_t reader_time = 0;  ///< Tenth field of a read; what it counts is not known.
  std::uint64_t start_time = 0;   ///< Eleventh, the same.
  std::uint64_t first_log = 1;
  base::Duration heartbeat = std::chrono::seconds(10);
  std::uint32_t volts_e4 = 250000;  ///< "V=25.0000".
  std::string line_end = "\n";      ///< Some say CR.
  enum class Sends : std::uint8_t {
    AtOnce,    ///< What it hears while somebody is connected.
    WhenTold,  ///< Only after "700".
  };
  Sends sends = Sends::AtOnce;
};

/// An RFIDTiming Ultra: the TCP server of a box. It greets with the time of the last read it sent,
/// sends what it hears while somebody is connected, and holds everything in its log, from which
/// `6..` and `8..` rewind, with NUL bytes or zeros behind the digit.
///
/// Times are seconds since 1980 of its dial. Commands have no ends: `R S N ? r U 700 s 9`,
/// `t HH:MM:SS DD-MM-YYYY`, `u<id><value>0xFF`. What was heard while nobody was connected comes
/// only by a rewind.
class UltraBox final : public Emulator {
 public:
  explicit UltraBox(UltraSetup setup, const WireTroubles& troubles = {});

  [[nodiscard]] Role role() const override { return Role::Answers; }

 private:
  enum class Mark : std::uint8_t { Live, Rewind };

  void on_connect(const EmulatorTime& now) override;
  void on_disconnect() override;
  void on_bytes(std::string_view bytes, const EmulatorTime& now) override;
  void on_due(const EmulatorTime& now) override;

  [[nodiscard]] std::size_t take_command(std::string_view text, const EmulatorTime& now);
  [[nodiscard]] std::size_t take_rewind(std::string_view text);
  [[nodiscard]] std::size_t take_clock(std::string_view text, const EmulatorTime& now);
  [[nodiscard]] std::size_t take_setting(std::string_view text);
  void on_letter(char letter, const EmulatorTime& now);
  void rewind(char how, std::uint64_t from, std::uint64_t to);
  void send_read(std::size_t index, Mark mark);
  [[nodiscard]] base::ReaderTime shown(base::ReaderTime right) const;
  [[nodiscard]] std::int64_t seconds_1980(std::size_t index) const;

  UltraSetup setup_;
  std::string waiting_;  ///< The beginning of a command.
  bool reading_ = true;
  bool sending_ = false;
  std::size_t live_ = 0;  ///< First read of the memory that was not heard by a live connection.
  std::size_t rewind_ = 0, rewind_end_ = 0;
  std::optional<std::pair<std::int64_t, std::int64_t>> rewind_times_;
  std::optional<std::int64_t> last_sent_;  ///< Seconds since 1980.
  base::Duration beat_{0};                 ///< When the last heartbeat was.
  base::Duration set_by_{0};
};

}  // namespace hs::sim
