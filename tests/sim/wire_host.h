#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "sim/live_devices.h"

namespace hs::sim_test {

/// The receiving side of each protocol, as little of it as gets every read out of a device, also
/// behind a lost connection. It is none of this project's receivers: what a simulated race needs
/// is shown without them. Sockets carry it as one more emulated device.
class WireHost final : public sim::Emulator {
 public:
  explicit WireHost(sim::DeviceKind kind) : Emulator({}), kind_(kind) {}

  [[nodiscard]] Role role() const override { return Role::Answers; }

  /// Different reads and guns that came: what each protocol tells them apart by.
  [[nodiscard]] const std::set<std::string>& reads() const { return reads_; }

 private:
  void on_connect(const sim::EmulatorTime& now) override;
  void on_disconnect() override { waiting_.clear(); }
  void on_bytes(std::string_view bytes, const sim::EmulatorTime& now) override;
  void on_due(const sim::EmulatorTime& /*now*/) override {}

  void on_line(const std::string& line);
  void on_mylaps(const std::string& frame);
  void ask_again();

  sim::DeviceKind kind_;
  std::string waiting_;
  std::set<std::string> reads_;
  std::map<std::string, std::uint64_t> last_;  ///< ChronoTrack: number of the last by location.
  std::uint64_t last_log_ = 0;                 ///< Ultra and RACE RESULT.
};

}  // namespace hs::sim_test
