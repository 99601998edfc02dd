#pragma once

#include "base/result.h"
#include "model/result.h"
#include "present/export_row.h"
#include "present/list_groups.h"
#include "present/pdf_paper.h"

namespace hs::present {

/// Results as lists to print, in the language of the event: a race begins a page, each list has
/// its heading, each page says which results these are and its number. `ListBy::Start` gives the
/// start list: waves, bibs and the time of each start.
///
/// Order:  as `list_groups()`.
/// Errors: Io where the sink takes no more.
/// Cost:   some 0.2 ms a row.
[[nodiscard]] base::Result<void> print_lists(const model::EventResults& results,
                                             const ExportOptions& options, ListBy by,
                                             PaperSize size, const ByteSink& sink,
                                             const ExportProgress& progress = {});

}  // namespace hs::present
