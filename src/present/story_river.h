#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"

namespace hs::present {

/// Finishers a minute over the whole event by the time of day, each told moment marked where its
/// first person crossed the line and linked to its story; a moment without people has no mark. Of
/// one race where one is named. Empty without finishers.
[[nodiscard]] std::string river_html(const model::EventResults& results,
                                     const std::vector<model::Moment>& told,
                                     std::optional<model::RaceId> race = std::nullopt);

}  // namespace hs::present
