#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/device_links.h"
#include "sim/live_devices.h"
#include "sim/simulate.h"

namespace hs::sim {

/// What becomes of the devices when everything is sent.
enum class AfterTheRace : std::uint8_t {
  Leave,  ///< They hang up, and `play` returns.
  Stay,   ///< They stay connected until `stop`.
};

/// How a simulated race is played against a running `homestretch serve`.
struct LiveOptions {
  std::uint32_t speed = 1;  ///< Seconds of the race in a second: 1 to 10,000.
  /// How long every device may take to be connected, and how long after its last read the race may
  /// take to be delivered. Units: real time.
  base::Duration connect_within = std::chrono::seconds(60);
  base::Duration deliver_within = std::chrono::seconds(60);
  AfterTheRace after = AfterTheRace::Leave;
  WireTroubles troubles;  ///< Of every device.
};

/// How far a live race is.
struct LiveProgress {
  enum class Phase : std::uint8_t { Connecting, Running, Delivering, Done };
  Phase phase = Phase::Connecting;
  std::optional<base::RaceTime> at;  ///< Once it runs.
  std::size_t connected = 0, devices = 0;
  std::uint64_t reads = 0;  ///< In the whole race, guns included.
  DeviceTally tally;        ///< Of all devices together.
};

/// What one device did.
struct LiveDeviceReport {
  DeviceKind kind = DeviceKind::Mylaps;
  std::string address;
  std::vector<std::string> mats;
  DeviceTally tally;
  bool acknowledges = false;  ///< Whether its protocol has such a thing.
  bool delivered = false;
};

/// What a live race was.
struct LiveReport {
  std::vector<LiveDeviceReport> devices;
  std::uint64_t reads = 0;
  DeviceTally tally;
  bool delivered = false;  ///< Everything, and acknowledged where the protocol does that.
  base::Duration took{0};  ///< From when all were connected to the end; real time.
  /// How long MYLAPS messages waited for their acknowledgement; absent: there were none.
  std::optional<base::Duration> wait_median, wait_99;

  /// A line a device and one of all, for a terminal.
  [[nodiscard]] std::string words() const;
};

/// A simulated race whose devices stand on loopback addresses.
///
/// `prepare` plays the race on the ground, gives each box to a device and takes the addresses;
/// `event` then is the folder that `serve` needs. `play` is for any thread, once: it waits until
/// every device is connected, then tells the devices what they hear as the race's time goes by. The
/// first quarter of an hour before the first gun is played, what was heard earlier comes at once.
/// A device's own delays (repeats, heartbeats) run in real time at any speed.
///
/// Threads: `stop` from any; all else one at a time.
/// Cost:    20,000 marathon runners (some 590,000 reads) at speed 200 in 150 s, a few percent of
///          one core.
class LiveRun {
 public:
  /// Troubles that only files can tell of are left out of `request`.
  /// Errors: as `simulate`; InvalidInput for the speed; Io, Busy when there is no port.
  [[nodiscard]] static base::Result<std::unique_ptr<LiveRun>> prepare(
      const SimulationRequest& request, const LiveOptions& options);

  /// event.toml with live sources, entrants.csv, rulings.jsonl if there is one, and the truth.
  [[nodiscard]] const SimulatedEvent& event() const { return event_; }

  /// The addresses of all devices, as the event file has them.
  [[nodiscard]] const std::vector<LiveSource>& sources() const { return sources_; }

  /// The time of the race at which `play` begins.
  [[nodiscard]] base::RaceTime begins() const;

  /// Plays. `on_progress` is called some four times a second and at every change of phase; it may
  /// be empty. What was not delivered within its time is a report, not an error.
  /// Errors: Io when a device was not connected in time, with its address.
  [[nodiscard]] base::Result<LiveReport> play(
      const std::function<void(const LiveProgress&)>& on_progress = {});

  /// Ends `play` within a second; a report comes all the same.
  void stop() { stops_ = true; }

 private:
  struct Standing {
    DealtDevice dealt;
    std::unique_ptr<Emulator> emulator;
    HeardQueue heard;
  };
  struct Pace;

  LiveRun(HeardRace race, std::vector<DealtDevice> dealt, const LiveOptions& options);
  [[nodiscard]] base::Result<void> take_addresses();
  [[nodiscard]] bool is_taken(const std::string& address) const;
  [[nodiscard]] std::optional<std::size_t> not_connected() const;
  [[nodiscard]] DeviceLinks::Going step(Pace& pace, base::Duration since);
  [[nodiscard]] bool tell_all(base::RaceTime now);
  [[nodiscard]] bool all_delivered() const;
  [[nodiscard]] LiveProgress progress(const Pace& pace, base::Duration since) const;
  [[nodiscard]] LiveReport report(const Pace& pace);

  HeardRace race_;
  LiveOptions options_;
  std::vector<Standing> devices_;  ///< Point into `race_`.
  std::vector<LiveSource> sources_;
  SimulatedEvent event_;
  DeviceLinks links_;
  std::uint64_t reads_ = 0;
  std::atomic<bool> stops_{false};
};

}  // namespace hs::sim
