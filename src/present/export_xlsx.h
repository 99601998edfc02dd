#pragma once

#include <string>

#include "base/result.h"
#include "model/result.h"
#include "present/export_row.h"

namespace hs::present {

/// A workbook (Office Open XML) with a sheet per race and one that says which results these are.
/// Times are times of a spreadsheet, so they sort and add up, also above 24 hours, and are shown
/// with the digits of the rule set; places and ages are numbers; text is guarded as in results.csv.
///
/// Order:  as `listing()`; columns as in results.csv as far as people read them, then the points.
/// Errors: Io, DiskFull where the temporary folder takes nothing; the library works with files.
/// Cost:   30,000 runners with ten points in some seconds.
/// The same results give the same bytes: the date in it is that of the results.
[[nodiscard]] base::Result<std::string> results_xlsx(const model::EventResults& results,
                                                     const ExportOptions& options);

}  // namespace hs::present
