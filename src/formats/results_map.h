#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "formats/results_words.h"

namespace hs::formats {

/// How the times of laps make times since the start.
enum class LapRule : std::uint8_t {
  Sum,     ///< One lap follows the other.
  Hourly,  ///< A backyard race: lap n begins n - 1 hours after the start.
};

/// What a person says about the columns of a results file (`--map`, docs/results-files.md).
struct ResultsMap {
  struct Column {
    std::string header;  ///< As in the file; "#3" for the third column.
    HeaderWord meaning;
    base::Place place;  ///< In the map, for messages.
  };
  std::vector<Column> columns;
  std::vector<std::string> blanks;  ///< Further cells that mean nothing, such as "abc".
  std::optional<LapRule> laps;
};

/// Reads a map:
///
///     laps = "sum"                 # or "hourly"
///     blank = ["-:-"]
///     [columns]
///     "Zeit 2" = "net"             # see docs/results-files.md for the words
///     "#4"     = "split 10k"
///     "Foo"    = "leave out"
///
/// Errors: InvalidInput with file and line: no TOML, unknown keys or words, a header twice.
[[nodiscard]] base::Result<ResultsMap> read_results_map(std::string_view bytes,
                                                        const std::string& file);

}  // namespace hs::formats
