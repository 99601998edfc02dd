#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "formats/questions.h"
#include "formats/results_columns.h"
#include "formats/results_map.h"
#include "formats/results_places.h"
#include "model/published.h"

namespace hs::formats {

/// What the caller knows about a race that its file does not say.
struct ResultsOptions {
  std::string race_id;
  std::string race_name;  ///< Empty: the id.
  base::Date date;        ///< Local.
  bool is_interrupted = false;
  std::optional<base::Distance> distance;  ///< Absent: worked out where the points allow it.
  ResultsMap map;                          ///< Names columns whose header is hopeless.
  /// Told the share done, 0 to 1, now and then; may be empty.
  std::function<void(double)> progress;
};

/// What was made of one column.
struct ColumnReport {
  std::string header;   ///< As written; empty where there is none.
  std::string meaning;  ///< "net time", "split 5k", "left out: pace" ...
  Sureness sureness = Sureness::Sure;
  std::vector<std::string> examples;  ///< Up to three cells, as written.
  std::uint64_t filled = 0;
  std::uint64_t blank = 0;  ///< Also "-" and its like.
  std::uint64_t odd = 0;    ///< Not understood and left blank.
  std::string remark;       ///< What was repaired or decided, in words; may be empty.
};

/// Published results as read.
struct ResultsFile {
  model::PublishedRace race;
  std::vector<ColumnReport> columns;
  std::vector<PlacesCheck> places;
  /// What a person should know, each kind once with the number of lines it stands for (`count`).
  std::vector<Question> questions;
  std::string dialect;            ///< "UTF-8, comma between cells; one row a runner": for messages.
  std::uint64_t rows = 0;         ///< Of the table, without the header.
  std::vector<std::string> keys;  ///< One a result: the key column, else the bib; may be empty.
  std::uint64_t repeated = 0;     ///< Rows equal to an earlier one in every cell: left out.
};

/// Reads published results of any layout: columns are recognised by header (English, German,
/// French, Spanish) and by content, and by content alone where there is no header.
///
/// Layouts: a row a runner with any number of points; a row a runner and point (`id,split,time`);
/// laps (`mm:ss` each, a row a runner), in a backyard race one an hour.
/// All or nothing: a finishing time or a split that cannot be read refuses the file. What decides
/// no time is no mistake but a question and left blank. Nothing is corrected but what a
/// spreadsheet broke, and that is said and marked. docs/results-files.md lists what is recognised.
///
/// Order:   results as in the file; points in course order; questions by first line.
/// Errors:  InvalidInput with file, line, column, found and expected: broken encoding or quotes,
///          control characters, a row with too few or too many cells, no column with a time, a time
///          that is none, a map that names a column which is not there.
/// Threads: pure but for `progress`; safe from any thread.
/// Cost:    O(bytes + rows log rows); measured in docs/bench.md.
[[nodiscard]] base::Result<ResultsFile> read_results(std::string_view bytes,
                                                     const std::string& file,
                                                     const ResultsOptions& options);

}  // namespace hs::formats
