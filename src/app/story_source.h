#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "model/age_grade_table.h"
#include "model/result.h"

namespace hs::app {

/// What `story` and `moments` read: an event folder, a .race file, or the id of a race of the
/// archive; with an archive the runners' earlier races as well.
///
/// Errors: NotFound where it is none of them; those of reading an event or an archive.
[[nodiscard]] base::Result<model::EventResults> story_results(
    const std::string& subject, const std::string& archive,
    std::span<const model::AgeGradeTable> grades);

}  // namespace hs::app
