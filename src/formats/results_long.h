#pragma once

#include "formats/results_columns.h"

namespace hs::formats {

/// Turns a table with a row a runner and point into one with a row a runner: the columns about the
/// runner, then a column of times and one of times of day a point, in order of first mention. A
/// star behind the name of a point ("40K *": the time is an estimate) goes behind its times.
///
/// Order:  runners by their first row. Cells keep their places in the file.
/// Errors: InvalidInput with the place: no column that tells runners apart, a row without a point,
///         two different times of one runner at one point, more than 1000 points.
[[nodiscard]] base::Result<ResultsTable> row_per_runner(const ResultsTable& table,
                                                        const std::vector<ColumnRole>& roles);

}  // namespace hs::formats
