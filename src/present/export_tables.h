#pragma once

#include <string>

#include "model/result.h"

namespace hs::present {

// Results as the upload forms of others want them: UTF-8 CSV, one race a file, a row a runner.
// Text cells are guarded as in results.csv.

/// UltraSignup's solo results: its exact headers, its numbers for statuses (docs/exports.md).
/// Who is only entered, deferred, on the course or not resolved has no row.
/// Source: UltraSignup's instructions for results, "exact headers".
[[nodiscard]] std::string ultrasignup_csv(const model::EventResults& results, model::RaceId race);

/// How many of those rows have no gender, which UltraSignup refuses.
[[nodiscard]] std::size_t rows_without_gender(const model::EventResults& results,
                                              model::RaceId race);

/// ChronoTrack's General Results Upload, which Athlinks' manual upload maps as well: one row an
/// athlete, a time column a point. Everybody has a row; its status is in words.
/// Source: api.chronotrack.com, GRU format: columns are known by their headers.
[[nodiscard]] std::string gru_csv(const model::EventResults& results, model::RaceId race);

}  // namespace hs::present
