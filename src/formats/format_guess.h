#pragma once

#include <string>
#include <string_view>

namespace hs::formats {

/// What a file looks like by its first bytes.
struct FormatGuess {
  std::string_view format;  ///< A read format's name, or empty.
  std::string words;        ///< For a message: "a PDF", "lines of the format 'ipico'" ...
};

/// Looks at the beginning of a file of an unexpected kind. A help for messages, not a detector:
/// no file is ever read in a format that its source did not name. Cost: the first 4 KB.
[[nodiscard]] FormatGuess guess_format(std::string_view bytes);

}  // namespace hs::formats
