#pragma once

#include <string>
#include <vector>

#include "formats/results_map.h"
#include "formats/results_table.h"
#include "formats/results_words.h"

namespace hs::formats {

/// How sure the recognition of a column is.
enum class Sureness : std::uint8_t {
  Told,    ///< The map names it.
  Sure,    ///< Header and content agree.
  Likely,  ///< The header alone, or the content alone.
};

/// What a column was taken for.
struct ColumnRole {
  HeaderWord meaning;
  Sureness sureness = Sureness::Sure;
};

/// How a table tells its results.
enum class ResultsLayout : std::uint8_t {
  RowPerRunner,
  RowPerPoint,  ///< `id,split,time`: a row a runner and point.
};

struct RecognisedColumns {
  std::vector<ColumnRole> roles;  ///< One a column of the table.
  ResultsLayout layout = ResultsLayout::RowPerRunner;
};

/// Decides what each column is: by the map, else by header and content together, else by content.
/// No role that may stand once is given twice: the first column has it.
///
/// Errors: InvalidInput where the map names a column that is not there, or where no column holds a
///         time.
/// Cost:   looks at some 600 rows, spread evenly.
[[nodiscard]] base::Result<RecognisedColumns> recognise_columns(const ResultsTable& table,
                                                                const ResultsMap& map);

[[nodiscard]] const char* name_of(Sureness sureness);  ///< "told", "sure", "likely".

/// "net time", "split 5k", "left out: pace": for people.
[[nodiscard]] std::string name_of(const HeaderWord& meaning);

}  // namespace hs::formats
