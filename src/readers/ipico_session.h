#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "readers/device_session.h"
#include "readers/line_cutter.h"

namespace hs::readers {

/// A connection with an IPICO reader or a Trident "Time Machine" box, whom we call: the stream of
/// `aa` lines, read as the files of the format "ipico" are.
///
///     ab00000222                                   what time is it?   ->
///     ab000902260306051855443727cf                 <- Friday, 18:55:44.55
///     aa0005800012860800012603062027472353         <- a read
///     ab000a2c260306052004151b2782ae               <- the trigger button: a gun
///
/// Nothing is ever set, started, stopped or downloaded. The reader keeps no place for us: a line
/// that was lost on the way does not come again by itself. Lines that come twice are one read.
///
/// A box that answered the question of the time is asked again when it is quiet, and is lost when
/// it no longer answers. One that never answered may be a box that does not listen, and an empty
/// road: it is waited for.
///
/// Errors: a line that cannot be read costs itself; one without an end ends the connection.
/// Threads: one at a time. Cost: O(bytes). Source: docs/read-formats.md, "ipico".
class IpicoSession final : public DeviceSession {
 public:
  /// Longer than this no line is: the longest of a reader's banner are a tenth of it.
  static constexpr std::size_t kMostLineBytes = 4U << 10U;

  explicit IpicoSession(SessionContext context)
      : context_(std::move(context)), lines_(kMostLineBytes) {}

  [[nodiscard]] std::string opened() override;
  [[nodiscard]] Heard take(std::string_view bytes, base::RaceTime received) override;
  [[nodiscard]] Heard quiet() override;
  [[nodiscard]] base::Duration quiet_after() const override;
  [[nodiscard]] DeviceState state() const override { return state_; }

 private:
  void take_line(const LineCutter::Whole& line, base::RaceTime received, Delivery& delivery);

  SessionContext context_;
  LineCutter lines_;
  DeviceState state_;
  bool answers_ = false;  ///< It has answered a question.
};

}  // namespace hs::readers
