#pragma once

#include <string>

#include "model/result.h"
#include "present/export_row.h"

namespace hs::present {

/// HY-TEK's semicolon-delimited file for Track & Field Meet Manager: a D record for each runner of
/// a known sex who has a mark or a place to show, with the official time as the mark. CR LF.
///
/// It cannot say sex X or no sex: such runners are left out, and `rows_left_out` counts them. Names
/// are cut to 20 characters, teams to a code of 4 and a name of 30, bibs that are no number of at
/// most 5 figures are left empty.
///
/// Source: HY-TEK user guide, "Import Entries from a Semi-Colon Delimited File".
struct HytekFile {
  std::string bytes;
  std::size_t rows_left_out = 0;
};
[[nodiscard]] HytekFile hytek_file(const model::EventResults& results,
                                   const ExportOptions& options);

}  // namespace hs::present
