#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace hs::sim {

/// The two clocks a device lives by; a test moves both by hand.
struct EmulatorTime {
  base::Duration net{0};  ///< Steady, from any zero: what repeats and heartbeats are timed by.
  base::ReaderTime dial;  ///< What the device's dial would show if it were right.
};

enum class HeardKind : std::uint8_t { Chip, Gun };

/// What a device heard, before it becomes bytes.
struct DeviceRead {
  base::ReaderTime at;           ///< By a dial that is right.
  std::string tag;               ///< 1 to 24 printable characters; of a gun its name.
  std::string bib;               ///< Where the device knows it; else empty.
  std::size_t location = 0;      ///< Which of the device's locations.
  std::uint32_t occurrence = 1;  ///< The how many-th read of this chip at this location.
  std::uint8_t antennas = 1;     ///< A bit for each, the first is 1.
  std::int8_t rssi_dbm = 0;
  std::uint16_t hits = 1;
  HeardKind kind = HeardKind::Chip;
};

/// How a device misbehaves. Nothing of it is set by default.
struct WireTroubles {
  /// Each frame that carries reads is written this often.
  std::uint32_t copies = 1;
  /// Added to every time the device says.
  base::Duration dial_ahead{0};

  /// Once in the device's life, of the frame with this number (from 1) only half is written, and
  /// nothing else until `cut_for` has gone by; then the other half and all the rest.
  std::optional<std::uint64_t> cut_frame;
  base::Duration cut_for = std::chrono::hours(1);

  /// Once in the device's life, from the frame with this number on, frames lose their ends until
  /// the connection is closed.
  std::optional<std::uint64_t> endless_from;

  /// The connection is dropped behind each frame with a number that this divides.
  std::optional<std::uint64_t> drop_every;

  /// Of the acknowledgements that come in, each one whose number this divides is not heard.
  std::optional<std::uint64_t> lose_ack_every;
};

/// What a device did so far. Reads, guns included, but for the last two.
struct DeviceTally {
  std::uint64_t heard = 0;
  std::uint64_t sent = 0;      ///< Different ones, at least once on the wire.
  std::uint64_t repeated = 0;  ///< Put on the wire beyond the first time.
  std::uint64_t acknowledged = 0;
  std::uint64_t connections = 0;
  std::uint64_t not_understood = 0;  ///< Commands that the device does not know.
};

/// Bytes on their way out, with what happens to them there. One a device.
class WireOut {
 public:
  explicit WireOut(const WireTroubles& troubles) : troubles_(troubles) {}

  /// Writes a frame; `end` is what a receiver knows its end by.
  void frame(std::string_view text, std::string_view end);

  /// Takes what may go out now. Order: as written.
  [[nodiscard]] std::string take(base::Duration now);

  /// Forgets what was not taken: the connection is new.
  void reset();

  /// Bytes that wait, those behind a cut frame included.
  [[nodiscard]] std::size_t size() const { return ready_.size() + held_.size(); }
  [[nodiscard]] bool drops() const { return drops_; }

 private:
  WireTroubles troubles_;
  std::string ready_;  ///< May go out.
  std::string held_;   ///< Behind a frame cut in half.
  std::uint64_t frames_ = 0;
  bool cuts_ = false;  ///< `held_` waits, `held_until_` once the half was taken.
  std::optional<base::Duration> held_until_;
  bool endless_ = false, was_endless_ = false;
  bool drops_ = false;
};

/// Cuts what comes in at its ends. Limits: a line longer than `most` is thrown away up to its end.
class LinesIn {
 public:
  explicit LinesIn(std::string_view ends, std::size_t most = 4096) : ends_(ends), most_(most) {}

  /// The whole lines in `bytes` and what waited, without their ends and the blank ones.
  [[nodiscard]] std::vector<std::string> cut(std::string_view bytes);
  void reset() { waiting_.clear(); }

 private:
  std::string ends_;  ///< Each of these characters ends a line.
  std::size_t most_;
  std::string waiting_;
};

/// A timing device as a program on the other end of a wire sees it: bytes in, bytes out, and a
/// memory of everything it heard, so that it can be asked again.
///
/// Written from what is known of the protocols and from nothing else; the receivers of this project
/// are not looked at, so that the two can disagree. No socket, no clock, no thread: time and bytes
/// are given in.
///
/// Order:   `connect`, then `receive` and `due` in any order, until `disconnect`; `hear` any time.
/// Errors:  none: whatever comes in that is no command is counted in `not_understood`.
/// Threads: one at a time.
/// Cost:    `due` gives at most about 64 KiB a call, so that a slow receiver holds up nothing but
///          itself; memory is some 120 bytes a read.
class Emulator {
 public:
  /// Who opens the connection.
  enum class Role : std::uint8_t {
    Calls,    ///< The device is the TCP client.
    Answers,  ///< The device is the TCP server.
  };

  explicit Emulator(const WireTroubles& troubles) : troubles_(troubles), out_(troubles) {}
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;
  virtual ~Emulator() = default;

  [[nodiscard]] virtual Role role() const = 0;
  /// Whether the protocol acknowledges reads.
  [[nodiscard]] virtual bool acknowledges() const { return false; }

  /// The device has heard something; it goes into its memory and out by the next `due`.
  void hear(DeviceRead read);

  void connect(const EmulatorTime& now);
  void disconnect();
  void receive(std::string_view bytes, const EmulatorTime& now);

  /// What the device sends now: answers, heartbeats, repeats and reads, as one run of bytes. Empty:
  /// nothing for the moment.
  [[nodiscard]] std::string due(const EmulatorTime& now);

  /// The device drops the connection once what `due` gave is written.
  [[nodiscard]] bool hangs_up() const { return out_.drops(); }
  [[nodiscard]] bool is_connected() const { return connected_; }

  [[nodiscard]] DeviceTally tally() const;

  /// Everything heard was sent, and acknowledged where the protocol has such a thing.
  [[nodiscard]] bool has_delivered_all() const;
  /// The same, and the connection stands with nothing waiting for it.
  [[nodiscard]] bool all_delivered() const;

 protected:
  /// Bytes that `due` may put together before it stops.
  static constexpr std::size_t kMostAtOnce = 65536;

  struct Held {
    DeviceRead read;
    bool sent = false;
    bool acknowledged = false;
  };

  virtual void on_connect(const EmulatorTime& now) = 0;
  virtual void on_disconnect() = 0;
  virtual void on_bytes(std::string_view bytes, const EmulatorTime& now) = 0;
  /// Writes reads and heartbeats until there are none or `is_full`.
  virtual void on_due(const EmulatorTime& now) = 0;
  [[nodiscard]] const std::vector<Held>& memory() const { return memory_; }
  /// The device's time, lies included.
  [[nodiscard]] base::ReaderTime dial(base::ReaderTime right) const {
    return right + troubles_.dial_ahead;
  }

  /// An answer or a heartbeat.
  void say(std::string_view text, std::string_view end) { out_.frame(text, end); }
  /// A frame of reads: as often as the device repeats them.
  void say_reads(std::string_view text, std::string_view end);
  /// The read with this index is on the wire.
  void mark_sent(std::size_t index);
  void mark_acknowledged(std::size_t index);
  /// Whether the acknowledgement that came in is heard.
  [[nodiscard]] bool hears_ack();
  void not_understood() { ++tally_.not_understood; }
  /// No more may be written now: enough waits, or the connection is about to drop.
  [[nodiscard]] bool is_full() const { return out_.drops() || out_.size() >= kMostAtOnce; }

 private:
  WireTroubles troubles_;
  WireOut out_;
  std::vector<Held> memory_;
  DeviceTally tally_;
  std::uint64_t acks_ = 0;
  bool connected_ = false;
};

/// A dial's time in parts.
struct DialClock {
  base::Date date;
  std::int64_t hour = 0, minute = 0, second = 0, micros = 0;
  std::int64_t in_day_us = 0;  ///< Microseconds since midnight.
};
[[nodiscard]] DialClock dial_clock(base::ReaderTime at);

/// The parts of a text between separators; "a;;b" has three.
[[nodiscard]] std::vector<std::string_view> split_fields(std::string_view text, char separator);

/// A number of digits only. Absent for anything else and for more than 18 digits.
[[nodiscard]] std::optional<std::uint64_t> parse_digits(std::string_view text);

}  // namespace hs::sim
