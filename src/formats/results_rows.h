#pragma once

#include <string>
#include <vector>

#include "formats/results_course.h"

namespace hs::formats {

/// The results of a table and what was odd about its columns.
struct ResultRows {
  model::PublishedRace race;                ///< Points, results, splits and texts.
  std::vector<std::string> keys;            ///< One a result: the key column, else the bib.
  std::vector<std::uint64_t> odd;           ///< By column: cells not understood and left blank.
  std::vector<std::string> column_remarks;  ///< By column.
};

/// Makes a result of each row: who, which places, which times, and what became of them. A runner
/// without a finishing time in a file that has such a column did not finish.
///
/// Order: as in the table.
[[nodiscard]] ResultRows make_results(const ResultsTable& table,
                                      const std::vector<ColumnRole>& roles, const Course& course,
                                      base::Date date, Questions& questions);

}  // namespace hs::formats
