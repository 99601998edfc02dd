#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/qualifying_table.h"

namespace hs::formats {

/// Reads the standards of a race: columns `Gender` (F, M, X), `Age Group` ("Under 20", "20-24", "80
/// and Over") and one a set of standards, its head beginning with the first year it holds for
/// ("2020BQ"), in whole seconds.
///
/// Order:  by first year; times by sex (F, M, X), then age.
/// Errors: InvalidInput with file, line and column for a head, sex, band or time that cannot be,
/// and
///         for bands of a sex that overlap or leave an age out.
[[nodiscard]] base::Result<std::vector<model::QualifyingStandards>> read_qualifying_standards(
    std::string_view bytes, const std::string& file);

/// Reads the cut-offs: columns `race_year` and `cutoff_seconds`; others are passed over.
///
/// Order:  by year.
/// Errors: InvalidInput with file, line and column for what is no year or no seconds, and for a
/// year
///         that comes twice.
[[nodiscard]] base::Result<std::vector<model::QualifyingCutoff>> read_qualifying_cutoffs(
    std::string_view bytes, const std::string& file);

}  // namespace hs::formats
