#pragma once

#include <string>
#include <vector>

#include "model/result.h"
#include "present/export_row.h"
#include "present/export_stamp.h"
#include "present/language.h"
#include "present/pdf_paper.h"

namespace hs::present {

// What all printed exports share: colours, margins, the head and foot of a page.

inline constexpr Rgb kPaperInk = 0x1c1e22;
inline constexpr Rgb kPaperSoft = 0x5c606a;
inline constexpr Rgb kPaperLine = 0xd0c9bd;
inline constexpr double kPaperMargin = 36;

/// A name for print: as lists show it, or "Bib 12" where the machine has no font for it.
[[nodiscard]] std::string printable_name(PdfPaper& paper, const model::EventResults& results,
                                         model::EntrantId id, const Letters& letters);

/// The largest size, in half points, at which the text has that room; never below `least`.
[[nodiscard]] Letters fitting(PdfPaper& paper, std::string_view text, Letters most, double width,
                              double least);

/// An official time as the language writes it; empty where none counts.
[[nodiscard]] std::string printed_time(const model::Race& race,
                                       const std::optional<base::Duration>& time,
                                       Language language);

/// The title, date and subject of a document about these results.
[[nodiscard]] PdfAbout about_results(const model::EventResults& results, const std::string& what,
                                     Language language);

/// The event and its day above a line, `right` at the right.
void draw_head(PdfPaper& paper, const model::EventResults& results, const std::string& right,
               Language language);

/// Which results these are, and the page of how many, below a line.
void draw_foot(PdfPaper& paper, const std::string& stamp, std::size_t page, std::size_t pages,
               Language language);

}  // namespace hs::present
