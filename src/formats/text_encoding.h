#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hs::formats {

/// How the bytes of a text file stand for characters.
enum class Encoding : std::uint8_t {
  Utf8,
  Utf8Bom,
  Windows1252,  ///< Latin-1 with the letters Windows puts where Latin-1 has control codes.
  Utf16Le,
  Utf16Be,
};

/// "UTF-8", "UTF-8 with BOM", "Windows-1252 (Latin-1)", "UTF-16 LE", "UTF-16 BE".
[[nodiscard]] const char* name_of(Encoding encoding);

/// A text as UTF-8 without a byte order mark, and what it was before.
struct DecodedText {
  std::string utf8;
  Encoding encoding = Encoding::Utf8;
};

/// Recognises the encoding of a text file and gives its text as valid UTF-8.
///
/// A byte order mark decides; without one, zero bytes on every other place mean UTF-16, valid
/// UTF-8 is UTF-8, and anything else Windows-1252. Zero bytes that are not part of UTF-16 stay in
/// the text: the caller refuses them where they are.
///
/// Errors: InvalidInput with the place for broken UTF-16 and for a file that is UTF-8 but for a
///         few bytes (read as Windows-1252 it would spoil every name).
/// Cost:   O(bytes), one allocation; 1 GB/s for plain ASCII.
[[nodiscard]] base::Result<DecodedText> decode_text(std::string_view bytes,
                                                    const std::string& file);

/// Number of bytes of the character at the front of `text` if it is well-formed UTF-8 (no
/// overlong form, no surrogate, at most U+10FFFF), else 0. `text` is not empty.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Number of characters (code points) in well-formed UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view utf8);

/// The line and column, both from 1 and in characters, of the byte `offset` of `text`. A line ends
/// with LF, CRLF or CR.
[[nodiscard]] base::Place place_of(std::string_view text, std::size_t offset,
                                   const std::string& file);

}  // namespace hs::formats
