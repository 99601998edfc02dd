#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/result.h"
#include "present/export_certificates.h"
#include "present/export_row.h"
#include "present/list_groups.h"
#include "present/pdf_paper.h"

namespace hs::app {

/// What an export comes as.
enum class ExportShape : std::uint8_t {
  Text,    ///< One file of text; without a path, standard output.
  File,    ///< One file of bytes.
  Folder,  ///< Several files below a folder.
};

/// An export somebody asked for.
struct ExportRequest {
  present::ExportOptions options;
  present::ListBy list = present::ListBy::Overall;
  std::string out;  ///< Empty only for `ExportShape::Text`.
  present::PaperSize paper = present::kPaperA4;
  present::CertificateTemplate look;  ///< For certificates.
  std::vector<std::string> bibs;      ///< For certificates; empty: everybody.
};

/// Which races of an event an export holds.
enum class ExportRaces : std::uint8_t {
  All,  ///< Always all of them: --race is refused.
  Any,  ///< All, or the one asked for.
  One,  ///< It has room for one.
};

/// One format that `homestretch export` knows.
struct ExportFormat {
  const char* name;
  const char* what;  ///< For `--formats`.
  ExportShape shape = ExportShape::Text;
  ExportRaces races = ExportRaces::Any;
  bool takes_list = false;
  base::Result<void> (*write)(const model::EventResults& results, const ExportRequest& request);
};

/// All of them, as they are listed.
[[nodiscard]] std::span<const ExportFormat> export_formats();

/// A line for each.
[[nodiscard]] std::string export_formats_text();

}  // namespace hs::app
