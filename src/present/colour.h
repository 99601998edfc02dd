#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hs::present {

/// Whether a text for a terminal may carry colour. The caller knows the terminal and NO_COLOR.
enum class Colour : std::uint8_t { No, Yes };

/// The few ways a text is set apart on a terminal. Never the only carrier of a meaning.
enum class Ink : std::uint8_t { Plain, Strong, Faint, Good, Warn, Bad };

/// `text` in that ink with the reset behind it; `text` itself without colour.
[[nodiscard]] std::string inked(std::string_view text, Ink ink, Colour colour);

}  // namespace hs::present
