#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/result.h"
#include "present/export_lists.h"
#include "present/export_row.h"
#include "present/pdf_paper.h"

namespace hs::present {

/// What a certificate looks like beyond the sensible. A file of these keys, all optional:
///
///     title  = "Finisher"                 # instead of "Certificate"
///     accent = "#b3370a"                  # of the bar and the thin lines
///     text   = "Thank you for running."   # a line below the places
///     signed = ["Ida Berg, Race director"]  # at most three, each with a line to sign on
///     photos = "photos"                   # folder, beside this file: BIB.png fills the photo's
///     slot
struct CertificateTemplate {
  std::string title;
  Rgb accent = 0x0b6b63;
  std::string text;
  std::vector<std::string> signed_by;
  std::string photos;  ///< A path that can be opened; empty: no slot.
};

/// Reads such a file. Errors: InvalidInput with its place.
[[nodiscard]] base::Result<CertificateTemplate> read_certificate_template(std::string_view toml,
                                                                          const std::string& file);

/// A page for each finisher, races in event order, finishers by place: the name as large as it
/// fits, the official time, the places with how many they are of. A runner whose photo is there
/// gets it; without one the page is whole as well. Streams: a page is gone before the next begins.
///
/// Units:  `bibs` as written; empty: everybody.
/// Errors: NotFound for a bib that finished in none of the races; Io.
/// Cost:   about a millisecond a page without photos.
[[nodiscard]] base::Result<void> print_certificates(const model::EventResults& results,
                                                    const ExportOptions& options,
                                                    const std::vector<std::string>& bibs,
                                                    const CertificateTemplate& look, PaperSize size,
                                                    const ByteSink& sink,
                                                    const ExportProgress& progress = {});

}  // namespace hs::present
