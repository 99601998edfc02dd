#include "present/display_width.h"

#include <unicode/uchar.h>

#include <algorithm>

// Implementation notes: widths follow what terminals that draw emoji sequences do: a character
// behind a zero-width joiner and a skin tone behind an emoji add nothing. Terminals that draw the
// parts one by one are then off by the parts; there is no way to ask them.

namespace hs::present {
namespace {

constexpr UChar32 kZeroWidthJoiner = 0x200D;
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
constexpr std::string_view kFirstStrongIsolate = "\xE2\x81\xA8";
constexpr std::string_view kPopIsolate = "\xE2\x81\xA9";

struct Character {
  UChar32 code = 0;
  std::size_t bytes = 1;
};

/// The character that begins at `at`; a byte that begins none is one character of its own.
Character decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  const std::size_t bytes = lead < 0x80             ? 1
                            : (lead & 0xE0) == 0xC0 ? 2
                            : (lead & 0xF0) == 0xE0 ? 3
                            : (lead & 0xF8) == 0xF0 ? 4
                                                    : 0;
  if (bytes == 0 || at + bytes > text.size()) return {0xFFFD, 1};
  if (bytes == 1) return {lead, 1};
  UChar32 code = lead & (0x7F >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {0xFFFD, 1};
    code = (code << 6) | (byte(at + i) & 0x3F);
  }
  return {code, bytes};
}

bool is_skin_tone(UChar32 code) { return code >= 0x1F3FB && code <= 0x1F3FF; }

/// Characters that turn the direction of what follows: they could mirror the rest of a row.
bool turns_direction(UChar32 code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

std::size_t width_of(UChar32 code, UChar32 before) {
  const auto type = u_charType(code);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR ||
      type == U_CONTROL_CHAR) {
    return 0;
  }
  if (before == kZeroWidthJoiner) return 0;
  if (is_skin_tone(code) && u_hasBinaryProperty(before, UCHAR_EMOJI_MODIFIER_BASE) != 0) return 0;
  // Medial and final Hangul letters are drawn into the syllable begun before them.
  if (code >= 0x1160 && code <= 0x11FF) return 0;
  const int wide = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

bool has_right_to_left(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const Character c = decode(text, at);
    const UCharDirection direction = u_charDirection(c.code);
    if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return true;
    at += c.bytes;
  }
  return false;
}

/// `text` without what could move the cursor or turn the row around.
std::string harmless(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Character c = decode(text, at);
    if (u_charType(c.code) == U_CONTROL_CHAR) {
      out += ' ';
    } else if (!turns_direction(c.code)) {
      out += text.substr(at, c.bytes);
    }
    at += c.bytes;
  }
  return out;
}

/// How many bytes of `text` take at most `width` columns, marks kept with what they sit on.
std::size_t bytes_within(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  UChar32 before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = decode(text, at);
    const std::size_t takes = width_of(c.code, before);
    if (used + takes > width) return at;
    used += takes;
    before = c.code;
    at += c.bytes;
  }
  return text.size();
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  UChar32 before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character c = decode(text, at);
    width += width_of(c.code, before);
    before = c.code;
    at += c.bytes;
  }
  return width;
}

std::string fitted(std::string_view text, std::size_t width) {
  std::string out = harmless(text);
  if (display_width(out) <= width) return out;
  if (width == 0) return {};
  out.resize(bytes_within(out, width - 1));
  out += kEllipsis;
  return out;
}

std::string padded(std::string_view text, std::size_t width, Align align) {
  std::string cell = fitted(text, width);
  const std::size_t taken = display_width(cell);
  if (has_right_to_left(cell)) {
    cell = std::string(kFirstStrongIsolate) + cell + std::string(kPopIsolate);
  }
  const std::string blanks(width - std::min(width, taken), ' ');
  return align == Align::Left ? cell + blanks : blanks + cell;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  const std::string clean = harmless(text);
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t end = std::min(clean.find(' ', at), clean.size());
    const std::string word = fitted(std::string_view(clean).substr(at, end - at), width);
    at = end + 1;
    if (word.empty()) continue;
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
      lines.push_back(line);
      line.clear();
    }
    line += line.empty() ? word : " " + word;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

}  // namespace hs::present
