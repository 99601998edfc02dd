#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "sim/emulators/emulator.h"

namespace hs::sim {

/// A loopback address on which nobody listens at this moment, "127.0.0.1:20213".
///
/// Its port is none that the system gives away by itself: nobody's outgoing connection takes it
/// before it is bound, and whoever calls it until then never reaches itself.
/// Not checked: that it stays free; whoever is told should bind it soon.
/// Errors: Io.
[[nodiscard]] base::Result<std::string> free_address();

/// Sockets for emulated devices: calls and answers for them, carries their bytes, moves their time.
///
/// A device that calls tries again every quarter of a second. A device that answers has one
/// connection: a newer one takes the place of the older, as with a host that came back. Addresses
/// are "ADDRESS:PORT" with numbers.
///
/// Threads: everything in the thread of `run`; the rest before it, in the same thread.
/// Cost:    a timer and one write a device and step; what a device has waiting is written in pieces
///          of 64 KiB, and a receiver that does not read stops only that device.
class DeviceLinks {
 public:
  enum class Going : std::uint8_t { On, Stop };

  DeviceLinks();
  DeviceLinks(const DeviceLinks&) = delete;
  DeviceLinks& operator=(const DeviceLinks&) = delete;
  ~DeviceLinks();

  /// Listens for `device` and gives the address; port 0 takes a free one. `device` must live until
  /// `run` is over. Errors: InvalidInput for the address; Busy where the port is taken; Io.
  [[nodiscard]] base::Result<std::string> answer(Emulator& device, const std::string& address);

  /// Calls `address` for `device` from the beginning of `run` on. Errors: InvalidInput.
  [[nodiscard]] base::Result<void> call(Emulator& device, const std::string& address);

  /// Runs until `on_step` says Stop; it is asked every `step` with the time since the beginning,
  /// and `dial` what devices take for the time. What was written is left to arrive: at most half a
  /// second more. Once only.
  void run(base::Duration step, const std::function<Going(base::Duration)>& on_step,
           const std::function<base::ReaderTime(base::Duration)>& dial);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hs::sim
