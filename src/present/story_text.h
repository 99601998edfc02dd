#pragma once

#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"
#include "present/colour.h"
#include "present/story_moments.h"

namespace hs::present {

/// The story of an event for a terminal, to be read from top to bottom: the day of each race, then
/// each moment with number, theme, headline, sentences and how we know. The same choice as the
/// page makes. At most 100 columns; nothing of the officials' is in it.
[[nodiscard]] std::string story_text(const model::EventResults& results, const StoryMoments& story,
                                     const StoryOptions& options, Colour colour);

/// Moments as a table, a line or two each: score, kind, bibs and headline.
///
/// Order: as given. Shape: at most 100 columns.
[[nodiscard]] std::string moments_text(const model::EventResults& results,
                                       const std::vector<model::Moment>& moments, Colour colour);

}  // namespace hs::present
