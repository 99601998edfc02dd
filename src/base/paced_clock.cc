#include "base/paced_clock.h"

namespace hs::base {

PacedClock::PacedClock(RaceTime from, std::uint32_t speed)
    : began_(std::chrono::steady_clock::now()),
      speed_(speed),
      from_(from.time_since_epoch().count()) {}

Duration PacedClock::since_begin() const {
  const auto since = std::chrono::steady_clock::now() - began_;
  return std::chrono::duration_cast<Duration>(since) * speed_;
}

RaceTime PacedClock::now() const { return RaceTime(Duration(from_.load()) + since_begin()); }

void PacedClock::set(RaceTime at) { from_.store((at.time_since_epoch() - since_begin()).count()); }

}  // namespace hs::base
