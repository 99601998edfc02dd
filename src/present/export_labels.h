#pragma once

#include "base/result.h"
#include "model/result.h"
#include "present/export_row.h"
#include "present/pdf_paper.h"

namespace hs::present {

/// Labels for awards: one a winner, in the order of the event's awards. Sheets of three by eight
/// on A4 (70 x 37 mm), of three by ten on Letter (2 5/8 x 1 inch), without a margin of ours.
/// Errors: Io.
[[nodiscard]] base::Result<void> print_award_labels(const model::EventResults& results,
                                                    const ExportOptions& options, PaperSize size,
                                                    const ByteSink& sink);

/// Sheets to announce from, by race and bib, in letters that are read at arm's length: bib, name,
/// how it is said, division, team, place of living. What an announcer says aloud is public, so a
/// private runner is a bib here, and nothing is here that the event does not publish.
/// Errors: Io.
[[nodiscard]] base::Result<void> print_announcer_sheets(const model::EventResults& results,
                                                        const ExportOptions& options,
                                                        PaperSize size, const ByteSink& sink);

}  // namespace hs::present
