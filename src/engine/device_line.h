#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "engine/live_engine.h"
#include "engine/spool.h"
#include "model/event.h"
#include "readers/device_session.h"

namespace hs::engine {

/// What one connection has brought, for the timer's console.
struct LineReport {
  readers::DeviceState device;
  bool acknowledges = false;                    ///< The device keeps what it was not thanked for.
  std::uint64_t reads = 0;                      ///< Stored, known ones too.
  std::uint64_t bad = 0;                        ///< Messages or lines that could not be read.
  std::vector<std::string> last_bad;            ///< The newest last; at most `kMostBadKept`.
  std::optional<base::RaceTime> last_read_at;   ///< When the newest came, by our clock.
  std::vector<std::uint32_t> reads_per_minute;  ///< The newest last; at most an hour.
  std::uint64_t spool_bytes = 0;                ///< Not in the log yet.
  std::string trouble;                          ///< Of the device, its mats, or our disk.
  static constexpr std::size_t kMostBadKept = 20;
};

/// One connection with a device: keeps its bytes, has them read, stores the reads, and only then
/// thanks for them. No socket is in here: whoever has one hands over bytes and sends what is given.
///
///     bytes -> spool (disk) -> session (reads) -> engine (log, synced) -> thanks
///
/// What the engine does not take at once stays in the spool, and is tried again with `pump`: a
/// socket is never blocked, and memory does not grow. What could not be stored is tried again until
/// it is. Reads of an earlier process that were kept and not stored are taken when a line opens.
///
/// Errors:  a spool that cannot be written costs durability before storing, not reads: they go on
///          to the log, and the trouble is said. Where that fails too, see `has_room`.
/// Threads: one at a time. The engine's thread calls `Post`, nothing else.
class DeviceLine : public std::enable_shared_from_this<DeviceLine> {
 public:
  /// Runs a function soon, in the thread of the line. Safe from any thread.
  using Post = std::function<void(std::function<void()>)>;
  /// Sends bytes to the device.
  using Send = std::function<void(std::string)>;

  struct Setup {
    LiveEngine* engine = nullptr;                 ///< Must outlive the line.
    const model::SourceConfig* source = nullptr;  ///< The same.
    const model::Event* event = nullptr;          ///< The same.
    const base::Clock* clock = nullptr;           ///< The same.
    std::string name;  ///< Of its streams, for people; begins with `kSentBy`.
    Post post;
  };

  /// Takes over the spool and stores what an earlier process left in it.
  /// Errors: Unsupported for a device that this version does not speak with.
  [[nodiscard]] static base::Result<std::shared_ptr<DeviceLine>> open(Setup setup, Spool spool);

  /// A connection begins. What is to be sent to it is given to `send` from now on.
  void connected(Send send);
  /// Bytes came.
  void received(std::string_view bytes);
  /// Nothing came for `quiet_after`. False where the device is lost: end the connection.
  [[nodiscard]] bool quiet();
  void disconnected();

  /// False where so much waits in memory, because neither the spool nor the log takes it, that no
  /// more is to be read from the device: it keeps it.
  [[nodiscard]] bool has_room() const;

  /// Goes on with what waits: the spool, and what could not be stored. To be called now and then.
  void pump();

  /// Set once the device can no longer be understood: end the connection.
  [[nodiscard]] const std::string& give_up() const { return give_up_; }
  [[nodiscard]] base::Duration quiet_after() const;
  /// True where nothing waits: all that came is in the log and thanked for.
  [[nodiscard]] bool is_drained() const { return waiting_.empty() && !has_more_; }
  [[nodiscard]] LineReport report() const;

  DeviceLine(const DeviceLine&) = delete;
  DeviceLine& operator=(const DeviceLine&) = delete;

 private:
  enum class Step : std::uint8_t { Waits, Submitted, Stored };
  struct Waiting {
    std::uint64_t number = 0;
    readers::Delivery delivery;
    base::RaceTime received;
    /// Everything before this is done with once this is stored; absent: the spool has to keep it.
    std::optional<SpoolPosition> done_until;
    std::uint64_t connection = 0;  ///< Thanks go only to the one it came from.
    Step step = Step::Waits;
  };

  DeviceLine(Setup setup, Spool spool);
  [[nodiscard]] base::Result<void> begin_session();
  void pump_spool(std::size_t most_waiting);
  void take(const SpoolRecord& record);
  void take_bytes(std::string_view bytes, base::RaceTime received, const SpoolRecord* record);
  void done_until(const SpoolPosition& position);
  void put_right(formats::ParsedStream& stream);
  void submit_waiting();
  void submit(Waiting& one);
  void stored(std::uint64_t number, const base::Result<void>& done);
  void thank(const Waiting& one);
  void confirm_stored();
  void count(const Waiting& one);
  void note_bad(const readers::Delivery& delivery);
  void send(std::string bytes);
  [[nodiscard]] std::string spool_trouble_now() const;

  Setup setup_;
  Spool spool_;
  std::unique_ptr<readers::DeviceSession> session_;
  Send send_;                    ///< Empty while nobody is connected.
  std::deque<Waiting> waiting_;  ///< As they came.
  std::uint64_t next_number_ = 0;
  std::uint64_t connection_ = 0;   ///< Counts them.
  std::uint64_t taken_bytes_ = 0;  ///< Of this connection, by the session.
  bool is_live_ = false;           ///< What the session takes comes from a device that is there.
  bool has_more_ = true;           ///< The spool may hold records not taken yet.
  int quiets_ = 0;
  std::string give_up_;
  std::string disk_trouble_;
  std::string mat_trouble_;
  LineReport report_;
  std::optional<std::int64_t> minute_;  ///< Since 1970, of the last entry of `reads_per_minute`.
};

}  // namespace hs::engine
