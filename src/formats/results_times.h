#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/distance.h"
#include "formats/questions.h"
#include "formats/results_table.h"
#include "formats/results_words.h"

namespace hs::formats {

/// A cell of a column of times, read.
struct TimeCell {
  base::Duration value{0};
  std::optional<model::RunnerStatus> status;  ///< "DNF" where a time should be.
  bool filled = false;                        ///< There is a time.
  bool is_estimated = false;
  bool is_repaired = false;
  bool ends_on_minute = false;  ///< Written h:mm:00: what a spreadsheet makes of mm:ss.
};

/// A column of times, one cell a row of the table.
struct TimeColumn {
  std::size_t column = 0;
  HeaderWord meaning;
  std::vector<TimeCell> cells;
  base::Duration resolution = std::chrono::seconds(1);
  std::string remark;     ///< What was decided about the column, in words; may be empty.
  std::uint64_t odd = 0;  ///< Noughts, left blank.
};

/// Reads a column of times and decides, over all its cells, what they are: clocks, minutes and
/// seconds or hours and minutes, decimal minutes, seconds or fractions of a day. Where more than
/// one would do, the distance (if known) has to be one that people run.
///
/// A fraction of a day among clocks is what a spreadsheet made of one: it is repaired and marked.
/// Errors: InvalidInput with the place for a cell that is neither a time nor blank nor a word such
///         as DNF.
[[nodiscard]] base::Result<TimeColumn> read_time_column(const ResultsTable& table,
                                                        std::size_t column,
                                                        const HeaderWord& meaning,
                                                        std::optional<base::Distance> distance,
                                                        const std::vector<std::string>& blanks,
                                                        Questions& questions);

/// Mends the clocks that a spreadsheet made of minutes and seconds (30:01 became 30:01:00), looking
/// along each row: a cell of whole minutes that does not fit between the runner's other times, and
/// does as minutes and seconds. Marks them and asks.
///
/// Shape: `course` are columns in course order, the finish last; all have a cell for each row of
///        `table`.
void mend_minutes(const ResultsTable& table, const std::vector<TimeColumn*>& course,
                  const std::vector<std::optional<base::Distance>>& distances,
                  Questions& questions);

/// The middle of the filled times of a column, over the rows of `only` (all where it is empty);
/// nothing where there are none. Of an even number the lower.
[[nodiscard]] std::optional<base::Duration> median_time(const TimeColumn& column,
                                                        const std::vector<std::size_t>& only = {});

}  // namespace hs::formats
