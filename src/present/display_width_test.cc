#include "present/display_width.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "present/table.h"

namespace hs::present {
namespace {

constexpr const char* kChinese = "\xE6\x9D\x8E\xE5\xB0\x8F\xE9\xBE\x99";
constexpr const char* kHebrew = "\xD7\x93\xD7\x95\xD7\x93";
constexpr const char* kFamily =
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7";

TEST(DisplayWidth, CountsWhatATerminalShows) {
  EXPECT_EQ(display_width("Ana"), 3U);
  EXPECT_EQ(display_width("Jos\xC3\xA9"), 4U);
  EXPECT_EQ(display_width("Jose\xCC\x81"), 4U);  // The accent as a mark of its own.
  EXPECT_EQ(display_width(kChinese), 6U);
  EXPECT_EQ(display_width(kHebrew), 3U);
  EXPECT_EQ(display_width("\xF0\x9F\x8F\x83"), 2U);
  EXPECT_EQ(display_width("\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD"), 2U);  // Thumb and skin tone.
  EXPECT_EQ(display_width(kFamily), 2U);
  EXPECT_EQ(display_width("\xED\x95\x9C\xEA\xB5\xAD"), 4U);
  EXPECT_EQ(display_width("\xFF\xFE"), 2U);                       // No UTF-8: a column a byte.
  EXPECT_EQ(display_width(std::string_view("\xE6\x9D", 2)), 2U);  // Cut in a character.
}

TEST(DisplayWidth, CutsBetweenCharacters) {
  EXPECT_EQ(fitted("Ana", 3), "Ana");
  EXPECT_EQ(fitted("Anna", 3), "An\xE2\x80\xA6");
  EXPECT_EQ(fitted(kChinese, 4), "\xE6\x9D\x8E\xE2\x80\xA6");
  EXPECT_EQ(fitted("Jose\xCC\x81 Ruiz", 5), "Jose\xCC\x81\xE2\x80\xA6");
  EXPECT_EQ(fitted("x", 0), "");
}

TEST(DisplayWidth, ANameCannotMoveTheCursorOrTurnTheRow) {
  EXPECT_EQ(fitted("a\x1b[2Jb\nc", 20), "a [2Jb c");
  EXPECT_EQ(fitted("a\xE2\x80\xAE"
                   "b",
                   20),
            "ab");
}

TEST(DisplayWidth, PaddedTextsTakeTheSameRoomInAnyScript) {
  for (const char* name : {"Ana", kChinese, kHebrew, kFamily, ""}) {
    EXPECT_EQ(display_width(padded(name, 8, Align::Left)), 8U) << name;
    EXPECT_EQ(display_width(padded(name, 8, Align::Right)), 8U) << name;
  }
  // A right-to-left name stands between isolates, so that the columns behind it keep their order.
  EXPECT_EQ(padded(kHebrew, 4, Align::Left),
            "\xE2\x81\xA8" + std::string(kHebrew) + "\xE2\x81\xA9 ");
}

TEST(DisplayWidth, LinesBreakAtBlanks) {
  const std::vector<std::string> lines = wrapped("one two three", 8);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "one two");
  EXPECT_EQ(lines[1], "three");
  EXPECT_EQ(wrapped("abcdefghij", 5).at(0), "abcd\xE2\x80\xA6");
  EXPECT_TRUE(wrapped("", 5).empty());
}

TEST(Table, TheLastColumnGoesOnInTheNextLine) {
  Table table({{"n", Align::Right}, {"words", Align::Left}});
  std::string longer;
  for (int i = 0; i < 40; ++i) longer += "word ";
  table.add({{"7"}, {longer}});
  table.add({{"123"}, {"short", Ink::Strong}});
  const std::string plain = table.text(2, Colour::No);
  std::size_t begin = 0;
  std::size_t lines = 0;
  while (begin < plain.size()) {
    const std::size_t end = plain.find('\n', begin);
    EXPECT_LE(display_width(plain.substr(begin, end - begin)), kTerminalWidth);
    begin = end + 1;
    ++lines;
  }
  EXPECT_EQ(lines, 5U);  // Head, three for the long one, one for the short.
  EXPECT_EQ(plain.find('\x1b'), std::string::npos);
  EXPECT_NE(table.text(2, Colour::Yes).find("\x1b[1mshort\x1b[0m"), std::string::npos);
}

}  // namespace
}  // namespace hs::present
