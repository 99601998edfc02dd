#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "formats/raceresult.h"
#include "readers/device_session.h"
#include "readers/line_cutter.h"
#include "readers/passing_pull.h"
#include "readers/raceresult_status.h"

namespace hs::readers {

/// One connection with a RACE RESULT decoder or Track Box, which we call (port 3601).
///
///     GETPROTOCOL                        <- GETPROTOCOL;2.0;1.0;2.6
///     SETPROTOCOL;2.6, name of the box, GETSTATUS, GETTIME, SETPUSHPASSINGS;1;0, PASSINGS
///                                        <- PASSINGS;340;17      what it has, in which file
///     301:40                             <- 301;..., an empty line   what we do not have
///                                        <- #P;341;...            what comes
///
/// Pushed passings that leave numbers out are followed by asking for those numbers. Another file
/// number begins another stream from 1. Nothing is changed on the box but what it sends to this
/// connection: its operation is never started or stopped and its clock never set; a box in test
/// mode, which stores nothing, is said in `DeviceState::trouble`.
///
/// The number of a passing names it only while the box has said that it is in operation and in
/// that file: numbers of test mode come again in the race. Others are known by transponder and
/// time, so that after a restart some may stand twice in the log, at the same instants.
///
/// Shape:  bytes in pieces of any length, as a socket gives them.
/// Errors: none; a line that cannot be read costs itself, one without an end ends the connection.
/// Threads: one at a time. Cost: O(bytes). Source: docs/read-formats.md, "raceresult".
class RaceresultSession final : public DeviceSession {
 public:
  /// Longer than this no line is.
  static constexpr std::size_t kMostLineBytes = 16U << 10U;

  explicit RaceresultSession(SessionContext context);

  [[nodiscard]] std::string opened() override;
  [[nodiscard]] Heard take(std::string_view bytes, base::RaceTime received) override;
  [[nodiscard]] Heard quiet() override;
  [[nodiscard]] DeviceState state() const override;

 private:
  void take_passing(const LineCutter::Whole& line, std::string_view text,
                    formats::ChipFileBuilder& out, std::string& reply);
  void take_answer(std::string_view text, base::RaceTime received, std::string& reply);
  void begin(std::string_view highest_protocol, std::string& reply);
  void take_status(std::string_view answer, base::RaceTime received, std::string& reply);
  void take_count(std::string_view answer);
  void take_file(std::string_view file);
  void note_clock(std::string_view date, std::string_view time, base::RaceTime received);
  void ask_status(std::string& reply);
  void pull(std::string& reply);
  [[nodiscard]] std::optional<std::uint64_t> last_of(const std::string& file) const;

  SessionContext context_;
  LineCutter lines_;
  formats::raceresult::Days days_;
  DeviceState state_;
  std::optional<RaceresultStatus> status_;
  bool has_begun_ = false;
  bool status_is_asked_ = false;
  std::string box_id_;  ///< As the box says both about itself.
  std::string box_name_;
  std::optional<std::string> file_;  ///< That is fetched from; empty text: of an unknown number.
  PassingPull pull_;
  std::string left_behind_;  ///< What was not fetched of a file that ended, for the timer.
};

}  // namespace hs::readers
