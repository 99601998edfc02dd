#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/fact.h"

namespace hs::server {

enum class ReaderState : std::uint8_t { Connected, Listening, Connecting, Failed };
[[nodiscard]] const char* name_of(ReaderState state);  ///< "connected" ...

/// A device, or the port that waits for one, as the timer's console shows it.
struct ReaderLine {
  std::string id;
  std::string device;   ///< The protocol: "mylaps".
  std::string address;  ///< Where we listen or call.
  ReaderState state = ReaderState::Listening;
  std::string peer;  ///< Who is connected; empty: nobody.
  std::string name;  ///< As the device calls itself.
  std::vector<std::string> locations;
  std::vector<std::string> mats;
  std::optional<base::RaceTime> last_read_at;
  std::uint64_t reads = 0;
  std::vector<std::uint32_t> reads_per_minute;  ///< The newest last.
  std::uint64_t bad = 0;                        ///< Messages that could not be read.
  std::vector<std::string> last_bad;            ///< The newest last.
  bool acknowledges = false;                    ///< The protocol thanks once reads are stored.
  std::uint64_t spool_bytes = 0;                ///< Not in the log yet.
  std::optional<base::Duration> clock_ahead;    ///< Of ours; negative: behind.
  std::optional<int> battery_percent;
  std::string trouble;  ///< A sentence for the timer; empty: none.
};

/// The copy of the race file on a second disk.
struct MirrorLine {
  std::string path;
  std::string state;         ///< "ok", or what failed.
  std::uint64_t behind = 0;  ///< Facts that are not there yet.
};

/// What the console shows beside the race itself.
struct ConsoleState {
  std::vector<ReaderLine> readers;
  std::optional<MirrorLine> mirror;
  bool recording_only = false;  ///< Scoring stopped at a fault; reads are still stored.
};

/// Whoever owns the devices and the race file tells the server of them.
/// Threads: called from the server's own, several at once.
class ConsoleSource {
 public:
  ConsoleSource() = default;
  ConsoleSource(const ConsoleSource&) = delete;
  ConsoleSource& operator=(const ConsoleSource&) = delete;
  virtual ~ConsoleSource() = default;

  [[nodiscard]] virtual ConsoleState console() const = 0;
  /// All facts that people made, in the order of the log: for `explain`.
  [[nodiscard]] virtual std::vector<model::Fact> decisions() const = 0;
};

}  // namespace hs::server
