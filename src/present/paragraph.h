#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "present/colour.h"

namespace hs::present {

/// Columns of running text on a terminal: shorter than the terminal, as a page keeps its lines.
inline constexpr std::size_t kTextWidth = 84;

/// `text` in lines of at most `kTextWidth` columns, each `indent` columns in and ended by a line
/// feed; nothing for nothing.
[[nodiscard]] std::string paragraph(std::string_view text, std::size_t indent, Ink ink,
                                    Colour colour);

}  // namespace hs::present
