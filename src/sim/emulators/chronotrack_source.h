#pragma once

#include <string>
#include <vector>

#include "sim/emulators/emulator.h"

namespace hs::sim {

/// How a source of ChronoTrack data is set up.
struct ChronotrackSetup {
  std::string name = "SimpleClient";
  std::string version = "0.5.0";
  std::string connection_id = "b6170000000000000000000000000be00";
  std::string event_name = "Event", event_id = "1", event_description;
  std::vector<std::string> locations = {"Finish"};  ///< Without "~".
  std::vector<std::string> readers = {"117F37"};    ///< End of the reader's address, by location.
};

/// A source that speaks CTP01: it calls us, greets, takes our greeting and its init lines, answers
/// commands, and pushes the reads of the locations that were started.
///
/// Each location numbers its reads from 1, guns among them; `start~L~N` sends from N on, `start~L`
/// and `start` from the first. Guns are sent when `guntimes=true`; their numbers are used up either
/// way. What was pushed over a lost connection is sent again only when it is asked for.
///
/// Not played: `stream-mode=pull` and acknowledged pushes, of which no description was found, and
/// mats that are added during the race (`newlocations`).
class ChronotrackSource final : public Emulator {
 public:
  explicit ChronotrackSource(ChronotrackSetup setup, const WireTroubles& troubles = {});

  [[nodiscard]] Role role() const override { return Role::Calls; }

 private:
  enum class TimeFormat : std::uint8_t { Normal, Iso, Unix, Msecs };

  struct Location {
    std::vector<std::size_t> reads;  ///< Indices of the memory; number n is at n - 1.
    std::size_t next = 0;            ///< Of `reads`, to be sent next.
    bool started = false;
  };

  void on_connect(const EmulatorTime& now) override;
  void on_disconnect() override;
  void on_bytes(std::string_view bytes, const EmulatorTime& now) override;
  void on_due(const EmulatorTime& now) override;

  void on_line(const std::string& line);
  void on_init(std::string_view line);
  void on_command(const std::vector<std::string_view>& fields);
  void on_start(const std::vector<std::string_view>& fields);
  void on_stop(const std::vector<std::string_view>& fields);
  void refuse(std::string_view command, std::string_view why);
  [[nodiscard]] Location* location_named(std::string_view name);
  void number_new();
  [[nodiscard]] std::string line_of(const Location& location, std::size_t index) const;
  [[nodiscard]] std::string time_of(const DeviceRead& read) const;

  ChronotrackSetup setup_;
  LinesIn in_{"\r\n"};
  std::vector<Location> locations_;
  std::size_t numbered_ = 0;  ///< Reads of the memory that have their number.
  bool greeted_ = false;      ///< The other side has.
  std::uint64_t init_lines_left_ = 0;
  TimeFormat time_format_ = TimeFormat::Normal;
  std::string format_id_ = "CT01_13";
  bool guns_ = false;
};

}  // namespace hs::sim
