#include "base/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

// Implementation notes: most names are plain ASCII and never meet ICU; both ways end in `Words`.
// NFKD parts a letter from its accents, but a stroke through a letter is no accent to Unicode:
// those letters stand in a table here.

namespace hs::base {
namespace {

/// Puts words behind each other with one blank between them.
class Words {
 public:
  void letter(std::string_view bytes) {
    if (is_apart_ && !text_.empty()) text_ += ' ';
    is_apart_ = false;
    text_ += bytes;
  }
  void part() { is_apart_ = true; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool is_apart_ = false;
};

bool is_joiner(UChar32 c) {
  return c == '\'' || c == '`' || c == 0x2019 || c == 0x02BC || c == 0x00B4;
}

/// Letters that NFKD leaves whole, as one writes them without the sign.
std::string_view plain_letter(UChar32 c) {
  switch (c) {
    case 0x00E6:
      return "ae";
    case 0x0153:
      return "oe";
    case 0x00F8:
      return "o";
    case 0x0142:
      return "l";
    case 0x0111:
    case 0x00F0:
      return "d";
    case 0x00FE:
      return "th";
    case 0x0131:
      return "i";
    case 0x0127:
      return "h";
    default:
      return {};
  }
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

void fold_ascii(std::string_view text, Words& out) {
  for (const char c : text) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const char low = is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9')) {
      out.letter({&low, 1});
    } else if (!is_joiner(low)) {
      out.part();
    }
  }
}

void fold_any(std::string_view text, Words& out) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  wide.foldCase();
  if (U_SUCCESS(status)) wide = decompose->normalize(wide, status);
  for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK || is_joiner(c)) continue;
    if (const std::string_view plain = plain_letter(c); !plain.empty()) {
      out.letter(plain);
    } else if (u_isalnum(c) && c != 0xFFFD) {
      std::string bytes;
      icu::UnicodeString(c).toUTF8String(bytes);
      out.letter(bytes);
    } else {
      out.part();
    }
  }
}

}  // namespace

std::string fold_words(std::string_view utf8) {
  Words words;
  if (is_ascii(utf8)) {
    fold_ascii(utf8, words);
  } else {
    fold_any(utf8, words);
  }
  return words.take();
}

}  // namespace hs::base
