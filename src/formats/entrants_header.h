#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "formats/csv.h"
#include "formats/entry_words.h"
#include "formats/questions.h"
#include "model/event.h"

namespace hs::formats {

/// The header row of an entry list, understood.
struct EntrantsHeader {
  std::vector<EntryColumn> columns;
  std::vector<std::string> names;  ///< As written, trimmed; "column 3" where nothing is. Same size.

  [[nodiscard]] std::optional<std::size_t> find(EntryColumn column) const;
};

/// Recognises the columns. One that says the same as another is kept as an extra where that does
/// no harm, and asked about.
/// Errors: InvalidInput with the place: no column for the bib, none for the race where the event
///         has several, a column twice that must not be.
[[nodiscard]] base::Result<EntrantsHeader> read_header(const CsvRow& row, const model::Event& event,
                                                       const std::string& file,
                                                       Questions& questions);

/// The text of a cell, trimmed, with line ends and tabs as blanks (line ends are asked about).
/// Errors: InvalidInput with the place: control characters, or longer than an entry may hold.
[[nodiscard]] base::Result<std::string> clean_cell(const CsvCell& cell, EntryColumn column,
                                                   const std::string& file, Questions& questions);

/// "found X, expected Y" at a cell.
[[nodiscard]] tl::unexpected<base::Error> refuse_cell(const std::string& file, const CsvCell& cell,
                                                      const std::string& found,
                                                      const std::string& expected);

}  // namespace hs::formats
