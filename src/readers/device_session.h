#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "formats/chip_file.h"
#include "model/event.h"

namespace hs::readers {

/// What a device handed over in one message, and how to thank for it.
struct Delivery {
  std::vector<formats::ParsedStream> streams;  ///< May be empty: nothing in it could be read.
  std::vector<formats::BadLine> bad;           ///< For the timer; the bytes are in the spool.
  /// To be sent to the device once all of it is on the disk, and not before: then the device
  /// forgets it. Empty where the protocol knows no thanks.
  std::string acknowledge;
  /// Bytes of the connection up to the end of this message: all before it needs no draining again
  /// once this is stored.
  std::uint64_t through = 0;
};

/// What came of some bytes, in the order in which it came.
struct Heard {
  std::string reply;  ///< To be sent at once: handshakes, heartbeats, questions.
  std::vector<Delivery> deliveries;
  /// Set where the device can no longer be understood and the connection should end: what is wrong,
  /// for the timer.
  std::string give_up;
};

/// How a device is, as far as its protocol says. For the timer's console.
struct DeviceState {
  std::string name;                 ///< As the device calls itself; empty: it does not say.
  std::set<std::string> locations;  ///< That have spoken: one connection, several mats.
  bool is_ready = false;            ///< Handshake done, it may send reads.
  /// Its clock minus ours when it last said what time it has, on the dial that its source declares.
  /// Network delay included. Absent: it never said.
  std::optional<base::Duration> clock_ahead;
  std::optional<int> battery_percent;
  std::optional<int> battery_millivolts;
  std::string trouble;  ///< What the timer should look at, a sentence; empty: nothing.
};

/// The highest number of a device's stream that is in the log; nothing where the log has none of
/// it. For asking a device only for what is missing.
using LastStored =
    std::function<std::optional<std::uint64_t>(std::string_view device, std::string_view epoch)>;

/// What a session may know of the world. Everything named must outlive the session.
struct SessionContext {
  const model::SourceConfig& source;
  const model::Event& event;
  std::string connection;  ///< For messages to the timer, and `Stream::file`.
  LastStored last_stored;  ///< May be empty: ask for everything.
};

/// One connection with a device, from bytes to reads and answers. No socket, no clock and no disk
/// are in here: whoever holds the connection keeps the bytes, asks for the time and sends what is
/// to be sent. A device of several mats names its locations as the mats of the streams; they are
/// put right by `SourceConfig::locations` afterwards.
///
/// The same bytes give the same reads, whatever was asked in between: bytes that were kept but not
/// stored are taken again by a new session after a restart, and its replies are thrown away.
///
/// Shape:   bytes in pieces of any length, as a socket gives them.
/// Errors:  none; a message that cannot be read costs itself and is in `bad`.
/// Threads: one at a time. Cost: O(bytes).
class DeviceSession {
 public:
  DeviceSession() = default;
  DeviceSession(const DeviceSession&) = delete;
  DeviceSession& operator=(const DeviceSession&) = delete;
  virtual ~DeviceSession() = default;

  /// The connection stands. What to send first; nothing where the device speaks first.
  [[nodiscard]] virtual std::string opened() = 0;

  /// Takes what came. `received`: when, by this machine's clock.
  [[nodiscard]] virtual Heard take(std::string_view bytes, base::RaceTime received) = 0;

  /// Nothing came for `quiet_after()`: what to ask the device. After `kMostQuiet` of these in a row
  /// without an answer the connection is taken as lost.
  [[nodiscard]] virtual Heard quiet() = 0;
  [[nodiscard]] virtual base::Duration quiet_after() const { return std::chrono::seconds(10); }
  static constexpr int kMostQuiet = 3;

  /// True where reads cannot be understood without what came at the beginning of the connection:
  /// then all its bytes are kept until it ends.
  [[nodiscard]] virtual bool needs_beginning() const { return true; }

  /// True where the device keeps a read until it is thanked for.
  [[nodiscard]] virtual bool acknowledges() const { return false; }

  [[nodiscard]] virtual DeviceState state() const = 0;
};

}  // namespace hs::readers
