#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"

namespace hs::present {

/// How the field came in: finishers in bars of whole minutes.
struct River {
  base::RaceTime from;  ///< Where the first bar begins; a minute before the first finisher.
  std::int64_t bar_minutes = 1;  ///< More than one only where the day is longer than 600 minutes.
  std::vector<std::uint32_t> bars;
};

/// Of the whole event, or of one race. Nothing without finishers.
[[nodiscard]] std::optional<River> river_of(const model::EventResults& results,
                                            std::optional<model::RaceId> race = std::nullopt);

/// Finishers a minute over the whole event by the time of day, each told moment marked where its
/// first person crossed the line and linked to its story; a moment without people has no mark. Of
/// one race where one is named. Empty without finishers.
[[nodiscard]] std::string river_html(const model::EventResults& results,
                                     const std::vector<model::Moment>& told,
                                     std::optional<model::RaceId> race = std::nullopt);

}  // namespace hs::present
