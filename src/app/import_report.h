#pragma once

#include <string>

#include "archive/archive.h"
#include "engine/archive_linking.h"
#include "formats/results_file.h"
#include "present/colour.h"

namespace hs::app {

/// What was made of a file: its columns, the results, how the places compare, what a person should
/// know. For a terminal, at most 100 columns wide.
[[nodiscard]] std::string import_report(const formats::ResultsFile& read, const std::string& files,
                                        present::Colour colour);

/// The same for programs, with what became of it (`put` as "added", "unchanged", "replaced").
[[nodiscard]] std::string import_report_json(const formats::ResultsFile& read,
                                             const std::string& files, archive::Put put,
                                             const std::string& archive,
                                             const engine::LinkReport& linked);

/// How many results were linked to people, how many stand alone: one sentence with a line feed.
[[nodiscard]] std::string linked_text(const engine::LinkReport& linked);

[[nodiscard]] const char* word_for(archive::Put put);

}  // namespace hs::app
