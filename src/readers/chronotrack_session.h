#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "formats/ctp01.h"
#include "readers/device_session.h"
#include "readers/line_cutter.h"

namespace hs::readers {

/// One connection of a ChronoTrack source (SimpleClient, a controller, a camera), which calls us
/// and speaks first: the socket protocol CTP01.
///
///     SimpleClient~0.5.0~CTP01                                 it is there              ->
///     Homestretch~1~7, seven lines key=value, getconnectionid
///     ack~getconnectionid~b617..                               which numbering          ->
///     getlocations
///     ack~getlocations~Start~Finish                            its mats                 ->
///     start~Start~1, start~Finish~4531                         from what we do not have
///     CT01_33~4531~Finish~50101~2021-05-08T15:54:48.90~1~117F37~8       a read
///     CT01_33~4~Start~guntime~2021-05-08T07:45:01.01~0~DF239A~0         a gun
///     CT01_33~2038~30k~newlocation~...                         another mat              ->
///     getlocations
///
/// Nothing is thanked for: what was sent and not stored is asked for again by the next `start`.
/// A source that waits for us to speak gets our greeting after 2 s of silence; one that asks us
/// instead of answering (`start~Finish`, `ping`) is answered.
///
/// Shape:  bytes in pieces of any length, as a socket gives them.
/// Errors: none; a line that cannot be read costs itself, one without an end ends the connection.
/// Threads: one at a time. Cost: O(bytes). Source: docs/read-formats.md, "chronotrack".
class ChronotrackSession final : public DeviceSession {
 public:
  /// Longer than this no line is.
  static constexpr std::size_t kMostLineBytes = 16U << 10U;
  /// More mats than any source has; more of them are read but not asked for by name.
  static constexpr std::size_t kMostLocations = 256;

  explicit ChronotrackSession(SessionContext context);

  /// Nothing: the source speaks first.
  [[nodiscard]] std::string opened() override { return {}; }
  [[nodiscard]] Heard take(std::string_view bytes, base::RaceTime received) override;
  [[nodiscard]] Heard quiet() override;
  [[nodiscard]] base::Duration quiet_after() const override;
  [[nodiscard]] DeviceState state() const override;

 private:
  /// What was asked last on the way to the first read.
  enum class Step { Silence, Greeted, ConnectionId, Locations, Streaming };

  void take_line(const LineCutter::Whole& line, formats::ChipFileBuilder& out, std::string& reply);
  void take_talk(std::string_view text, std::string& reply);
  void take_greeting(std::string_view name, std::string_view third, std::string& reply);
  void take_answer(std::string_view text, std::string& reply);
  void take_error(std::string_view text, std::string& reply);
  void note_location(const std::string& location);
  void ask(Step step, std::string& reply);
  void start(std::string_view location, std::string& reply);

  SessionContext context_;
  LineCutter lines_;
  formats::ctp01::Memory memory_;
  DeviceState state_;
  Step step_ = Step::Silence;
  bool started_all_ = false;             ///< `start` without a location was sent.
  std::map<std::string, bool> started_;  ///< By location as the source sends it.
};

}  // namespace hs::readers
