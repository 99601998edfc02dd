#pragma once

#include "base/time.h"

namespace hs::base {

/// The wall clock, behind a seam so that tests own the time. Only the outer parts of the program
/// ask it (when a commit was recorded, when a person spoke); scoring never does.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  /// Threads: safe from any.
  [[nodiscard]] virtual RaceTime now() const = 0;
};

/// The computer's own clock. It may be wrong and may jump; nothing official is made from it.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] RaceTime now() const override;
};

/// The one system clock of the process, for defaults.
[[nodiscard]] const Clock& system_clock();

/// A clock that stands still until it is moved by hand.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(RaceTime at = RaceTime()) : at_(at) {}
  [[nodiscard]] RaceTime now() const override { return at_; }
  void set(RaceTime at) { at_ = at; }
  void advance(Duration by) { at_ += by; }

 private:
  RaceTime at_;
};

}  // namespace hs::base
