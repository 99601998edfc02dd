#include "formats/text_encoding.h"

#include <gtest/gtest.h>

#include <string>

namespace hs::formats {
namespace {

using namespace std::string_literals;

DecodedText decoded(const std::string& bytes) {
  auto text = decode_text(bytes, "t.csv");
  EXPECT_TRUE(text.has_value()) << (text ? "" : text.error().text());
  return text ? *text : DecodedText{};
}

std::string refusal(const std::string& bytes) {
  const auto text = decode_text(bytes, "t.csv");
  return text ? "read as " + std::string(name_of(text->encoding)) : text.error().text();
}

TEST(TextEncoding, RecognisesWhatAFileIsIn) {
  EXPECT_EQ(decoded("abc").encoding, Encoding::Utf8);
  EXPECT_EQ(decoded("").encoding, Encoding::Utf8);
  EXPECT_EQ(decoded("\xC3\xA9t\xC3\xA9").encoding, Encoding::Utf8);
  EXPECT_EQ(decoded("\xEF\xBB\xBF"
                    "abc")
                .encoding,
            Encoding::Utf8Bom);
  EXPECT_EQ(decoded("\xE9t\xE9").encoding, Encoding::Windows1252);
  EXPECT_EQ(decoded("\xFF\xFE"
                    "a\0"s)
                .encoding,
            Encoding::Utf16Le);
  EXPECT_EQ(decoded("\xFE\xFF\0a"s).encoding, Encoding::Utf16Be);
  EXPECT_EQ(decoded("b\0i\0b\0\n\0"s).encoding, Encoding::Utf16Le);
  EXPECT_EQ(decoded("\0b\0i\0b\0\n"s).encoding, Encoding::Utf16Be);
}

TEST(TextEncoding, EveryEncodingGivesTheSameText) {
  const std::string expected = "Ren\xC3\xA9 \xE2\x82\xAC";
  EXPECT_EQ(decoded(expected).utf8, expected);
  EXPECT_EQ(decoded("\xEF\xBB\xBF" + expected).utf8, expected);
  EXPECT_EQ(decoded("Ren\xE9 \x80").utf8, expected);
  EXPECT_EQ(decoded("\xFF\xFER\0e\0n\0\xE9\0 \0\xAC\x20"s).utf8, expected);
  EXPECT_EQ(decoded("\xFE\xFF\0R\0e\0n\0\xE9\0 \x20\xAC"s).utf8, expected);
}

TEST(TextEncoding, CharactersBeyondSixteenBitsSurvive) {
  EXPECT_EQ(decoded("\xFF\xFE\x3C\xD8\xC3\xDF"s).utf8, "\xF0\x9F\x8F\x83");
}

TEST(TextEncoding, BrokenUtf16IsRefusedWithItsPlace) {
  EXPECT_EQ(refusal("\xFF\xFE"
                    "a\0\n\0b\0c"s),
            "t.csv:2:2: found half a character at the end of the file, expected UTF-16 LE text");
  EXPECT_EQ(refusal("\xFF\xFE\x3C\xD8"
                    "a\0"s),
            "t.csv:1:1: found the first half of a character alone, expected UTF-16 LE text");
  EXPECT_EQ(refusal("\xFF\xFE"
                    "a\0\xC3\xDF"s),
            "t.csv:1:2: found the second half of a character alone, expected UTF-16 LE text");
}

TEST(TextEncoding, ALatinLinePastedIntoAUtf8FileIsRefusedWithItsPlace) {
  const std::string good = "\xC3\xA9,\xC3\xBC,\xC3\xB6\n";
  EXPECT_EQ(refusal(good + "a\xE9z\n").substr(0, 48),
            "t.csv:2:2: found a byte that is not UTF-8 in a f");
}

TEST(TextEncoding, OverlongFormsSurrogatesAndTheBeyondAreNotUtf8) {
  EXPECT_EQ(utf8_length("\xC0\xAF"), 0U);
  EXPECT_EQ(utf8_length("\xE0\x80\xAF"), 0U);
  EXPECT_EQ(utf8_length("\xED\xA0\x80"), 0U);
  EXPECT_EQ(utf8_length("\xF4\x90\x80\x80"), 0U);
  EXPECT_EQ(utf8_length("\xE2\x82"), 0U);
  EXPECT_EQ(utf8_length("\xE2\x82\xAC"), 3U);
  EXPECT_EQ(utf8_length("\xF4\x8F\xBF\xBF"), 4U);
}

TEST(TextEncoding, PlacesCountCharactersAndAnyLineEnd) {
  const std::string text = "a\r\n\xC3\xA9\xC3\xA9x\ry";
  EXPECT_EQ(place_of(text, text.find('x'), "f").line, 2);
  EXPECT_EQ(place_of(text, text.find('x'), "f").column, 3);
  EXPECT_EQ(place_of(text, text.find('y'), "f").line, 3);
  EXPECT_EQ(place_of(text, text.find('y'), "f").column, 1);
}

}  // namespace
}  // namespace hs::formats
