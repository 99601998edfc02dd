#pragma once

#include <string>
#include <vector>

#include "model/result.h"
#include "present/export_row.h"

namespace hs::present {

/// A file of an export that is a folder.
struct NamedFile {
  std::string path;  ///< Below the folder.
  std::string bytes;
};

/// FinishLynx's database files: `lynx.ppl` (people), `lynx.evt` (events with who is in them) and a
/// `NAME.lif` per race with its results. A race is event 1, 2 ... round 1, heat 1; the Lynx id of a
/// runner is the bib, and there are no lanes. Lines end with CR LF.
///
/// Units:  official times, as the rule set rounds them, written to the hundredth.
/// Source: FinishLynx online manual, "Database Files"; docs/exports.md.
[[nodiscard]] std::vector<NamedFile> lynx_files(const model::EventResults& results,
                                                const ExportOptions& options);

}  // namespace hs::present
