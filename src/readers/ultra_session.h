#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "readers/device_session.h"
#include "readers/line_cutter.h"

namespace hs::readers {

/// A connection with an RFIDTiming Ultra or Joey box, whom we call; its lines are read as the files
/// of the format "ultra" are.
///
///     Connected,1299939000                                 <- the greeting
///     ?                          does it read?             ->   S=10
///     r                          what time is it?          ->   12:34:56 08-05-2026 (1)
///     700                        send reads                ->
///     8 NUL NUL 0 CR 0 CR        all that is in the log    ->   0,...  marked as sent again
///     0,413A45,1299939251,407,1,-8,0,1,1,1,456789,12       <- a read, number 12 of the box's log
///     V=25.0000                                            <- every 10 s: the battery, in volts
///     6 NUL NUL 13 CR 15 CR      numbers 13 to 15          ->   where 16 came behind 12
///
/// The box knows no thanks, so after each connecting all of its log is asked for: its numbers begin
/// anew when the log is cleared, and tell nothing of what we have of it. What we have already is
/// known by its identity. From then on a number that does not follow on the one before it is asked
/// for. Boxes without a greeting are asked for what lies before their first read. Nothing is ever
/// started, stopped, set or cleared.
///
/// What stands between the command and the first number is NULs for some programs and zeros for
/// others. NULs are tried first; when two heartbeats passed without a read sent again, zeros.
///
/// Errors: a line that cannot be read costs itself; one without an end ends the connection.
/// Threads: one at a time. Cost: O(bytes). Source: docs/read-formats.md, "ultra".
class UltraSession final : public DeviceSession {
 public:
  static constexpr std::size_t kMostLineBytes = 4U << 10U;
  /// Below this its battery has to be looked at.
  static constexpr int kLowMillivolts = 23'000;
  /// Boxes of one connection whose numbers are followed. More of them are read, not followed.
  static constexpr std::size_t kMostBoxes = 16;

  explicit UltraSession(SessionContext context)
      : context_(std::move(context)), lines_(kMostLineBytes) {}

  /// Nothing: the box speaks first.
  [[nodiscard]] std::string opened() override { return {}; }
  [[nodiscard]] Heard take(std::string_view bytes, base::RaceTime received) override;
  [[nodiscard]] Heard quiet() override;
  /// A heartbeat comes every 10 s.
  [[nodiscard]] base::Duration quiet_after() const override { return std::chrono::seconds(15); }
  [[nodiscard]] DeviceState state() const override;

 private:
  /// What is asked after the greeting, one after the other.
  enum class Step : std::uint8_t { State, Time, Send, All, Done };

  void take_line(const LineCutter::Whole& line, base::RaceTime received, Heard& heard,
                 Delivery& delivery);
  /// True where the line was no read.
  [[nodiscard]] bool take_talk(std::string_view line, base::RaceTime received, Heard& heard);
  void take_heartbeat(std::string_view volts, Heard& heard);
  void follow(std::string_view line, Heard& heard);
  void ask_next(Heard& heard);
  /// `command` is '6' (by number) or '8' (by time); 0 to 0 is all.
  void ask_again(char command, std::uint64_t from, std::uint64_t to, Heard& heard);

  SessionContext context_;
  LineCutter lines_;
  DeviceState state_;
  Step step_ = Step::State;
  bool is_greeted_ = false;
  bool is_reading_ = true;                     ///< As it said last.
  std::map<std::string, std::uint64_t> last_;  ///< Live number of each box.
  std::string asked_;  ///< The last request for reads; empty where it was answered.
  int beats_since_asked_ = 0;
  bool with_zeros_ = false;  ///< The other spelling of a request.
  bool spelling_known_ = false;
};

}  // namespace hs::readers
