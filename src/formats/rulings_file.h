#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/fact.h"

namespace hs::formats {

/// One line of rulings.jsonl.
struct RulingLine {
  int line = 0;  ///< From 1.
  model::FactBody body;
};

/// Reads rulings.jsonl: facts that people made - rulings, notes, guns, closes, corrections, undos -
/// one JSON object a line, as `model::to_json_line` writes them. Blank lines and lines beginning
/// with # are passed over; LF, CRLF and CR end a line.
///
/// All or nothing: a person's words are not half taken.
///
/// `by` signs lines that name nobody; empty: such a line is refused.
///
/// Order:  as in the file.
/// Errors: InvalidInput with file, line and column for the first line that is no such fact, names
///         no author, or is not UTF-8.
/// Cost:   O(bytes).
/// Source: docs/race-file.md.
[[nodiscard]] base::Result<std::vector<RulingLine>> read_rulings(std::string_view text,
                                                                 const std::string& file,
                                                                 std::string_view by = {});

}  // namespace hs::formats
