#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "formats/chip_file.h"
#include "formats/entrants_file.h"
#include "formats/rulings_file.h"
#include "model/event.h"
#include "model/result.h"

namespace hs::engine {

/// Whether a source that cannot be read stops everything.
enum class Strict { No, Yes };

/// A chip-read file as parsed, with the source that named it.
struct ParsedSource {
  std::string file;  ///< Relative to the event folder.
  formats::ChipFile content;
};

/// Everything an event folder holds, parsed and checked, nothing stored yet.
struct EventFolder {
  std::string path;
  std::string event_text;  ///< Of the event file, to say where something stands in it.
  model::Event event;
  formats::EntrantsFile entrants;
  std::vector<formats::RulingLine> rulings;
  std::vector<ParsedSource> sources;
  /// Files that could not be read, bad lines, remarks: for the list of things to do.
  std::vector<model::Attention> attention;
};

/// Reads `PATH/event.toml`, `entrants.csv` (or instead `entrants.json`), `rulings.jsonl` if there
/// is one, and every file that a source names (`*` matches; markers are the same stem with `.mrk`).
///
/// Errors: the first mistake in event, entrants or rulings, with file, line and column; so also a
///         ruling that names a race, wave, point or mat the event has not, and a file that two
///         sources match and do not agree about. A read file
///         that is missing or in no known format is in `attention`, unless `strict`.
/// Cost:   all files are held in memory while they are parsed, one at a time.
[[nodiscard]] base::Result<EventFolder> read_event_folder(const std::string& path, Strict strict);

}  // namespace hs::engine
