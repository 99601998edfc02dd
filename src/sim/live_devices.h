#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/emulators/emulator.h"
#include "sim/emulators/mylaps_client.h"
#include "sim/event_files.h"
#include "sim/heard_race.h"

namespace hs::sim {

/// What stands at a mat of a live race.
enum class DeviceKind : std::uint8_t { Mylaps, Chronotrack, Raceresult, Ultra, Ipico };

/// As the event file has it: "mylaps" ...
[[nodiscard]] const char* name_of(DeviceKind kind);

/// One device and the boxes it stands for; several only where its protocol has locations.
struct DealtDevice {
  DeviceKind kind = DeviceKind::Mylaps;
  std::vector<std::size_t> boxes;  ///< Of the plan, rising.
};

/// Gives the boxes to devices, each kind in turn. Boxes of one kind, role and offset share a
/// device where the protocol has locations (MYLAPS, ChronoTrack).
[[nodiscard]] std::vector<DealtDevice> deal_devices(const Plan& plan);

/// Sets the resolution of each box to that of the device it was given to.
void set_resolutions(const std::vector<DealtDevice>& devices, Plan& plan);

/// The troubles of boxes that only their files can tell of (marker lines, accepted clocks): a live
/// race leaves them out.
[[nodiscard]] std::vector<Trouble> troubles_of_files_only();

/// The device as it stands on the course, with nothing heard yet.
[[nodiscard]] std::unique_ptr<Emulator> make_emulator(const DealtDevice& device, const Plan& plan,
                                                      const WireTroubles& troubles);

/// How the event file names the device, at `address`.
[[nodiscard]] LiveSource source_of(const DealtDevice& device, const Plan& plan,
                                   const std::string& address);

/// What the boxes of a device heard, ready to be told to it at its time.
class HeardQueue {
 public:
  /// `race` must live as long. Guns come with the box that has their marker.
  HeardQueue(const HeardRace& race, const DealtDevice& device);

  /// Tells `emulator` everything up to `now`. Order: as the boxes wrote it.
  void tell(Emulator& emulator, base::RaceTime now);

  [[nodiscard]] bool is_empty() const { return next_ == items_.size(); }
  /// Reads and guns in all.
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  /// When the last one is told; absent: there is none.
  [[nodiscard]] std::optional<base::RaceTime> last() const;

 private:
  struct Item {
    base::RaceTime written;
    std::uint32_t location = 0;
    std::uint32_t index = 0;  ///< Of the box's detections, or of its guns behind them.
  };

  [[nodiscard]] DeviceRead read_of(const Item& item);

  const HeardRace& race_;
  std::vector<std::size_t> boxes_;
  std::vector<Item> items_;
  std::size_t next_ = 0;
  std::vector<std::vector<std::uint16_t>> occurrences_;  ///< By location and chip.
};

}  // namespace hs::sim
