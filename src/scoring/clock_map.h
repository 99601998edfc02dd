#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "model/fact.h"
#include "model/read.h"

namespace hs::scoring {

/// Turns one stream's device time into race time. Nothing else does.
///
/// Corrections come only from facts: the zone and offset that the event file gives the stream,
/// clock markers of the device, and corrections that a person accepted. What the program estimates
/// itself is never applied.
class ClockMap {
 public:
  ClockMap() = default;
  explicit ClockMap(const model::Stream& stream) { configure(stream); }

  /// Takes zone, offset and resolution from the stream; markers and corrections stay.
  void configure(const model::Stream& stream);

  /// The clock was set: reads before `marker.before_seq` are on the dial before it.
  /// Returns false for a marker that is no time change.
  bool add_marker(const model::Marker& marker);

  /// Replaces all accepted corrections.
  void set_corrections(std::vector<model::ClockCorrectionFact> corrections) {
    corrections_ = std::move(corrections);
  }

  /// The race time of a read at `position` in its stream, cut to the device's resolution.
  [[nodiscard]] base::RaceTime correct(base::ReaderTime time, std::uint64_t position) const;

  /// By how much clock markers moved a read: the sum of the changes behind it that its dial went
  /// through. A read whose time lies behind the old dial's at a change was made before the device
  /// lost its time (it woke in 1980, and was set later): that change, and what follows, is not its.
  [[nodiscard]] base::Duration moved_by_markers(base::ReaderTime time,
                                                std::uint64_t position) const;

 private:
  struct Step {
    std::uint64_t before_seq = 0;
    base::ReaderTime old_time;
    base::Duration change{0};  ///< New dial minus old dial.
    friend auto operator<=>(const Step&, const Step&) = default;
  };

  base::Duration shift_{0};  ///< Configured offset minus zone.
  base::Duration resolution_{1};
  std::vector<Step> steps_;  ///< By position.
  std::vector<model::ClockCorrectionFact> corrections_;
};

}  // namespace hs::scoring
