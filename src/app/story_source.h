#pragma once

#include <span>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "base/result.h"
#include "model/age_grade_table.h"
#include "model/result.h"

namespace hs::app {

/// What `story` and `moments` are asked for.
struct StorySubject {
  std::string event;    ///< An event folder, a .race file, or the id of a race of the archive.
  std::string archive;  ///< Earlier races; empty: none.
  std::string tables;   ///< A folder with tables of age grade (docs/career.md); empty: none.
};

/// The results to tell of, with the runners' earlier races where there is an archive.
///
/// Errors: NotFound where `event` is none of the three; those of reading an event, an archive or
///         tables.
[[nodiscard]] base::Result<model::EventResults> story_results(const StorySubject& subject);

/// The same of one race of an opened archive. Errors: those of the archive; InvalidInput where
/// nobody knows how long the race was.
[[nodiscard]] base::Result<model::EventResults> archived_results(
    const archive::Archive& archive, const std::string& race_id,
    std::span<const model::AgeGradeTable> grades);

/// The age-grade tables of a folder; none where no folder is named.
[[nodiscard]] base::Result<std::vector<model::AgeGradeTable>> grade_tables(
    const std::string& folder);

}  // namespace hs::app
