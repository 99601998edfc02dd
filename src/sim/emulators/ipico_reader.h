#pragma once

#include <string>
#include <vector>

#include "sim/emulators/emulator.h"

namespace hs::sim {

/// How an IPICO reader is set up.
struct IpicoSetup {
  std::uint8_t reader = 0;
  std::uint32_t copies_on_wire = 2;  ///< Real ones send each line twice.
  /// When each read is sent once more with other counters; absent: never.
  std::optional<base::Duration> late_copy_after = std::chrono::seconds(5);
};

/// An IPICO reader: a TCP server that sends `aa` lines to whoever is connected.
///
/// Chips are twelve hexadecimal digits (shorter ones are padded with zeros); hundredths are
/// hexadecimal. It answers `ab` commands: 02 get time, 01 set time, 4b with `01 01` the download of
/// everything recorded, as ordinary lines. A gun is the trigger line, 2c. What was heard while
/// nobody was connected comes only by a download.
class IpicoReader final : public Emulator {
 public:
  explicit IpicoReader(IpicoSetup setup, const WireTroubles& troubles = {});

  [[nodiscard]] Role role() const override { return Role::Answers; }

 private:
  enum class Copy : std::uint8_t { First, Late };
  struct Late {
    std::size_t index = 0;
    base::Duration at{0};
  };

  void on_connect(const EmulatorTime& now) override;
  void on_disconnect() override;
  void on_bytes(std::string_view bytes, const EmulatorTime& now) override;
  void on_due(const EmulatorTime& now) override;

  void on_command(std::string_view line, const EmulatorTime& now);
  void set_time(std::string_view data, const EmulatorTime& now);
  void send(std::size_t index, Copy copy);
  void control(std::string_view command, const std::string& data);
  [[nodiscard]] std::string line_of(std::size_t index, Copy copy) const;
  [[nodiscard]] std::string stamp(base::ReaderTime right) const;
  [[nodiscard]] base::ReaderTime shown(base::ReaderTime right) const;

  IpicoSetup setup_;
  LinesIn in_{"\r\n"};
  std::size_t live_ = 0;
  std::size_t download_ = 0, download_end_ = 0;
  std::vector<Late> late_;  ///< In order of `at`; the first `late_sent_` are gone.
  std::size_t late_sent_ = 0;
  base::Duration set_by_{0};
};

}  // namespace hs::sim
