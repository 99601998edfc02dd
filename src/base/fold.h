#pragma once

#include <string>
#include <string_view>

namespace hs::base {

/// Words made comparable: case folded, accents and signs dropped, one blank between words.
/// "O'Hanlon-Weiss, SOREN" gives "ohanlon weiss soren": an apostrophe joins, a hyphen parts, and a
/// letter loses its stroke.
///
/// Errors: none; bytes that are no UTF-8 part words.
[[nodiscard]] std::string fold_words(std::string_view utf8);

}  // namespace hs::base
