#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "history/career.h"

namespace hs::app {

/// Reads the tables of a folder as their keepers publish them: age grades of one edition
/// (`F_2025_factors.csv`, else `F_2025_sec.csv`, and M), `bq-standards.csv` and `bq-cutoffs*.csv`.
/// What is not there is left out; other files are passed over.
///
/// `edition`: that of the age grades; the newest where none is named.
/// Errors: NotFound where the folder is not there, holds none of these, or lacks the edition;
///         those of reading the files.
[[nodiscard]] base::Result<history::CareerTables> read_table_folder(const std::string& folder,
                                                                    std::optional<int> edition);

}  // namespace hs::app
