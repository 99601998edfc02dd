#pragma once

#include <atomic>
#include <cstdint>

#include "base/clock.h"

namespace hs::base {

/// A clock that begins at an instant and goes so many times as fast as the wall's: a rehearsal.
/// Threads: safe from any.
class PacedClock final : public Clock {
 public:
  PacedClock(RaceTime from, std::uint32_t speed);
  [[nodiscard]] RaceTime now() const override;
  /// Goes on from another instant.
  void set(RaceTime at);

 private:
  [[nodiscard]] Duration since_begin() const;
  std::chrono::steady_clock::time_point began_;
  std::uint32_t speed_;
  std::atomic<Duration::rep> from_;  ///< Microseconds since 1970 that it showed at `began_`.
};

}  // namespace hs::base
