#include "base/clock.h"

namespace hs::base {

RaceTime SystemClock::now() const {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return RaceTime(std::chrono::duration_cast<Duration>(since_epoch));
}

const Clock& system_clock() {
  static const SystemClock kClock;
  return kClock;
}

}  // namespace hs::base
