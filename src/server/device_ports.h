#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/disk.h"
#include "base/result.h"
#include "engine/device_line.h"
#include "engine/live_engine.h"
#include "model/event.h"

namespace hs::server {

/// How one connection with a device is, or a source to which nobody is connected.
struct DeviceReport {
  enum class State : std::uint8_t {
    Listening,   ///< Waits for the device to call.
    Connecting,  ///< Calls it, again and again.
    Connected,
  };
  std::string id;       ///< Of the source: "mylaps-0_0_0_0_3097".
  std::string device;   ///< The protocol.
  std::string source;   ///< Its address in the event file.
  std::string address;  ///< The same, with the port in use.
  State state = State::Listening;
  std::string peer;     ///< ADDRESS:PORT of the device; empty while nobody is connected.
  std::string trouble;  ///< Why it could not be called.
  engine::LineReport line;
};
[[nodiscard]] const char* name_of(DeviceReport::State state);  ///< "listening" ...

/// The sockets of all live sources of an event: listens for those that call, calls the others and
/// calls again when they are lost, and asks those that fall silent. What goes over them is the
/// business of `engine::DeviceLine`.
///
/// Limits:  `kMostConnections` a source, and what a device does not take of our answers: a
///          connection over them is closed, and the device comes again.
/// Threads: one of its own for all sockets; every function may be called from any.
class DevicePorts {
 public:
  static constexpr std::size_t kMostConnections = 32;

  struct Options {
    std::string spool_folder;                              ///< Made where it is missing.
    const base::Disk* disk = nullptr;                      ///< Absent: the system's.
    const base::Clock* clock = nullptr;                    ///< Absent: the system's.
    base::Duration retry_least = std::chrono::seconds(1);  ///< Doubled up to `retry_most`.
    base::Duration retry_most = std::chrono::seconds(30);
    base::Duration connect_within = std::chrono::seconds(10);  ///< Then the call has failed.
  };

  /// Stores what an earlier process left in the spools, then listens and calls.
  /// Errors: Io where a port cannot be had, naming it; those of the spools; Unsupported for a
  ///         device that this version does not speak with. Nothing listens then.
  [[nodiscard]] static base::Result<std::unique_ptr<DevicePorts>> open(engine::LiveEngine& engine,
                                                                       const model::Event& event,
                                                                       const Options& options);
  ~DevicePorts();
  DevicePorts(const DevicePorts&) = delete;
  DevicePorts& operator=(const DevicePorts&) = delete;

  /// By source, then connection. As of half a second ago at most.
  [[nodiscard]] std::vector<DeviceReport> report() const;

  /// The ports listened on, by source; 0 for sources that are called. For port 0 the one given.
  [[nodiscard]] std::vector<std::uint16_t> ports() const;

 private:
  struct State;
  explicit DevicePorts(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace hs::server
