#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "log/race_file.h"
#include "model/moment.h"
#include "model/projection.h"
#include "model/result.h"
#include "present/story_moments.h"

namespace hs::app {

/// How the finishes of those were projected who are alone in a moment: a page shows it with them.
[[nodiscard]] std::vector<model::ProjectionFan> fans_to_tell(
    const model::EventResults& results, const std::vector<model::Moment>& moments);

/// Writes `DIR/public/` and `DIR/officials/`, each file whole or not at all.
/// Errors: DiskFull, Io.
[[nodiscard]] base::Result<void> write_outputs(const model::EventResults& results,
                                               const std::vector<model::Moment>& moments,
                                               const std::vector<log::CopyCount>& copies,
                                               const std::string& folder,
                                               const std::string& event_path);

/// Writes `DIR/public/story.html`, a card to share for each moment it tells (`DIR/public/cards/`),
/// and removes cards there of moments that are told no longer: a withdrawn one must not stay.
/// Gives the number of cards.
///
/// Shape:  `moments` best first; `options.cards` does not matter.
/// Errors: DiskFull, Io.
[[nodiscard]] base::Result<std::size_t> write_story(const model::EventResults& results,
                                                    const std::vector<model::Moment>& moments,
                                                    present::StoryOptions options,
                                                    const std::string& folder);

}  // namespace hs::app
