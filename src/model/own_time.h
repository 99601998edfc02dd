#pragma once

#include <optional>

#include "model/published.h"

namespace hs::model {

/// The time runners call their own, and from what it is measured: net where the file has it, else
/// the one that counts (`PublishedRace::finish_of`).
struct OwnTime {
  base::Duration time{0};
  PublishedClock clock = PublishedClock::Untold;
  friend bool operator==(const OwnTime&, const OwnTime&) = default;
};

/// Nothing for whoever has not finished or has no time; a runner out of competition has one.
[[nodiscard]] inline std::optional<OwnTime> own_time(const PublishedResult& result) {
  if (result.status != RunnerStatus::Finished && result.status != RunnerStatus::OutOfCompetition) {
    return std::nullopt;
  }
  for (const auto clock : {PublishedClock::Net, PublishedClock::Untold, PublishedClock::Gun}) {
    const auto time = result.finish_on(clock);
    if (time && *time > base::Duration::zero()) return OwnTime{*time, clock};
  }
  return std::nullopt;
}

}  // namespace hs::model
