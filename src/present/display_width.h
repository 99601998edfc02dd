#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hs::present {

/// Columns a UTF-8 text takes on a terminal: 0 for combining marks and controls, 2 for wide East
/// Asian characters and emoji, 1 for the rest. Bytes that are no UTF-8 count 1 each.
/// Source: Unicode East Asian Width and emoji properties, as ICU has them.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// `text` cut to at most `width` columns between characters, ending in an ellipsis if cut.
/// Control characters (line ends, escapes, direction overrides) become blanks, so that a name
/// cannot write over other rows.
[[nodiscard]] std::string fitted(std::string_view text, std::size_t width);

enum class Align : std::uint8_t { Left, Right };

/// `text` fitted and filled with blanks to exactly `width` columns. A text with right-to-left
/// characters is kept apart from its neighbours by invisible isolates.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width, Align align);

/// `text` broken at blanks into lines of at most `width` columns; a longer word is cut.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace hs::present
