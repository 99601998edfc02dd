#include "formats/text_encoding.h"

#include <array>
#include <optional>

// Implementation notes: the order of questions is byte order mark, zero bytes, valid UTF-8, and
// only then Windows-1252, because every sequence of bytes is Windows-1252. The two traps are a
// UTF-16 file whose mark was lost (a spreadsheet piped through a script), and a UTF-8 file into
// which one Latin-1 line was pasted; the second is refused with its place, because reading it
// either way spoils names.

namespace hs::formats {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";

// What Windows-1252 has at 0x80 .. 0x9F. The five unused codes stay control characters, as the
// WHATWG encoding standard has it; the readers refuse those with a place.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

void append_utf8(std::uint32_t code, std::string& out) {
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

/// What a look over the bytes as UTF-8 finds.
struct Utf8Survey {
  std::size_t multibyte = 0;  ///< Well-formed characters beyond ASCII.
  std::size_t broken = 0;     ///< Bytes that belong to none.
  std::optional<std::size_t> first_broken;
};

Utf8Survey survey_utf8(std::string_view bytes) {
  Utf8Survey found;
  for (std::size_t i = 0; i < bytes.size();) {
    if (byte_at(bytes, i) < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = utf8_length(bytes.substr(i, 4));
    if (length == 0) {
      if (!found.first_broken) found.first_broken = i;
      ++found.broken;
      ++i;
    } else {
      ++found.multibyte;
      i += length;
    }
  }
  return found;
}

std::string from_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t byte = byte_at(bytes, i);
    const bool special = byte >= 0x80 && byte <= 0x9F;
    append_utf8(special ? kWindows1252[byte - 0x80U] : std::uint32_t{byte}, out);
  }
  return out;
}

/// The 16-bit unit at byte `i`.
std::uint32_t unit_at(std::string_view bytes, std::size_t i, Encoding encoding) {
  const std::uint32_t first = byte_at(bytes, i);
  const std::uint32_t second = byte_at(bytes, i + 1);
  return encoding == Encoding::Utf16Le ? first | (second << 8) : (first << 8) | second;
}

base::Result<DecodedText> from_utf16(std::string_view bytes, Encoding encoding,
                                     const std::string& file) {
  DecodedText out;
  out.encoding = encoding;
  out.utf8.reserve(bytes.size());
  const auto broken = [&](const char* what) {
    return base::fail(base::ErrorCode::InvalidInput,
                      std::string("found ") + what + ", expected " + name_of(encoding) + " text",
                      place_of(out.utf8, out.utf8.size(), file));
  };
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    if (i + 1 == bytes.size()) return broken("half a character at the end of the file");
    std::uint32_t code = unit_at(bytes, i, encoding);
    const bool high = code >= 0xD800 && code <= 0xDBFF;
    if (code >= 0xDC00 && code <= 0xDFFF) return broken("the second half of a character alone");
    if (high) {
      if (i + 3 >= bytes.size()) return broken("half a character at the end of the file");
      const std::uint32_t low = unit_at(bytes, i + 2, encoding);
      if (low < 0xDC00 || low > 0xDFFF) return broken("the first half of a character alone");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    }
    append_utf8(code, out.utf8);
  }
  return out;
}

/// UTF-16 whose byte order mark was lost: ASCII letters leave every other byte zero.
std::optional<Encoding> unmarked_utf16(std::string_view bytes) {
  constexpr std::size_t kLookAt = 4096;  // A header row lies within; the rest may be any script.
  const std::string_view front = bytes.substr(0, kLookAt);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < front.size(); ++i) {
    if (front[i] == '\0') ++zeros[i % 2];
  }
  const std::size_t units = front.size() / 2;
  if (units == 0) return std::nullopt;
  if (zeros[1] * 2 > units && zeros[0] * 8 < units) return Encoding::Utf16Le;
  if (zeros[0] * 2 > units && zeros[1] * 8 < units) return Encoding::Utf16Be;
  return std::nullopt;
}

}  // namespace

const char* name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::Utf8:
      return "UTF-8";
    case Encoding::Utf8Bom:
      return "UTF-8 with BOM";
    case Encoding::Windows1252:
      return "Windows-1252 (Latin-1)";
    case Encoding::Utf16Le:
      return "UTF-16 LE";
    case Encoding::Utf16Be:
      return "UTF-16 BE";
  }
  return "";
}

std::size_t utf8_length(std::string_view text) {
  const std::uint8_t lead = byte_at(text, 0);
  if (lead < 0x80) return 1;
  std::size_t length = 0;
  if (lead >= 0xC2 && lead <= 0xDF) length = 2;
  if (lead >= 0xE0 && lead <= 0xEF) length = 3;
  if (lead >= 0xF0 && lead <= 0xF4) length = 4;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0) != 0x80) return 0;
  }
  // The second byte rules out overlong forms, surrogates and what lies beyond U+10FFFF.
  const std::uint8_t second = byte_at(text, 1);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
      (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

std::size_t count_characters(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) {
    if ((static_cast<std::uint8_t>(c) & 0xC0) != 0x80) ++count;
  }
  return count;
}

base::Place place_of(std::string_view text, std::size_t offset, const std::string& file) {
  int line = 1;
  std::size_t begin = 0;
  const std::size_t end = offset < text.size() ? offset : text.size();
  for (std::size_t i = 0; i < end; ++i) {
    const bool lone_cr = text[i] == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n');
    if (text[i] == '\n' || lone_cr) {
      ++line;
      begin = i + 1;
    }
  }
  const auto column = static_cast<int>(count_characters(text.substr(begin, end - begin))) + 1;
  return base::Place{file, line, column};
}

base::Result<DecodedText> decode_text(std::string_view bytes, const std::string& file) {
  if (bytes.substr(0, 2) == kUtf16LeMark) {
    return from_utf16(bytes.substr(2), Encoding::Utf16Le, file);
  }
  if (bytes.substr(0, 2) == kUtf16BeMark) {
    return from_utf16(bytes.substr(2), Encoding::Utf16Be, file);
  }
  const bool marked = bytes.substr(0, 3) == kUtf8Mark;
  if (marked) bytes.remove_prefix(3);
  if (const auto wide = unmarked_utf16(bytes); wide && !marked) {
    return from_utf16(bytes, *wide, file);
  }
  const Utf8Survey found = survey_utf8(bytes);
  if (!found.first_broken) {
    return DecodedText{std::string(bytes), marked ? Encoding::Utf8Bom : Encoding::Utf8};
  }
  // Windows-1252 text hardly ever forms a UTF-8 character by chance, so a file with more good
  // ones than broken bytes is UTF-8 with something pasted into it.
  if (marked || found.multibyte > found.broken) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found a byte that is not UTF-8 in a file that is otherwise UTF-8, expected "
                      "one encoding: save the whole file as UTF-8",
                      place_of(bytes, *found.first_broken, file));
  }
  return DecodedText{from_windows_1252(bytes), Encoding::Windows1252};
}

}  // namespace hs::formats
