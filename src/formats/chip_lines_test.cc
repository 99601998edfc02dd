#include "formats/chip_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using testing::ElementsAre;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  LineSplitter splitter(text);
  Line line;
  while (splitter.next(line)) {
    out.push_back(std::to_string(line.number) + ":" + std::string(line.text) +
                  (line.ended ? "" : "..."));
  }
  return out;
}

TEST(LineSplitter, CrLfAndCrLfEndALineAlike) {
  EXPECT_THAT(lines_of("a\rb\nc\r\nd"), ElementsAre("1:a", "2:b", "3:c", "4:d..."));
  EXPECT_THAT(lines_of("a\n"), ElementsAre("1:a"));
  EXPECT_THAT(lines_of("\r\r\n\n"), ElementsAre("1:", "2:", "3:"));
  EXPECT_THAT(lines_of(""), ElementsAre());
}

TEST(TakeUntil, GivesTheFieldsOneAfterTheOther) {
  std::string_view text = "a,,b";
  EXPECT_EQ(take_until(text, ','), "a");
  EXPECT_EQ(take_until(text, ','), "");
  EXPECT_EQ(take_until(text, ','), "b");
  EXPECT_EQ(take_until(text, ','), "");
}

TEST(Shown, EscapesWhatDoesNotPrintAndCutsWhatIsLong) {
  EXPECT_EQ(shown("a\x1b\xff"), "'a\\x1b\\xff'");
  EXPECT_EQ(shown(std::string(50, 'x')), "'" + std::string(40, 'x') + "...'");
}

TEST(CleanName, KeepsLettersOfAllLanguagesAndEscapesTheRest) {
  EXPECT_EQ(clean_name(std::string_view("\0 K\xc3\xb6ln \0", 9)), "K\xc3\xb6ln");
  EXPECT_EQ(clean_name("a\tb\xc3"), "a\\x09b\\xc3");
  EXPECT_LE(clean_name(std::string(1000, '\x01')).size(), 84u);
}

TEST(ReadNumber, TakesTheWholeFieldOrNothing) {
  int value = 0;
  EXPECT_TRUE(read_number("-12", value));
  EXPECT_EQ(value, -12);
  for (const char* wrong : {"", " 1", "1 ", "+1", "1x", "99999999999"}) {
    EXPECT_FALSE(read_number(wrong, value)) << wrong;
  }
  std::uint8_t byte = 0;
  EXPECT_TRUE(read_number("ff", byte, 16));
  EXPECT_FALSE(read_number("256", byte));
  EXPECT_FALSE(read_number("-1", byte));
}

TEST(ReaderTimes, DaysThatDoNotExistAreRefused) {
  EXPECT_TRUE(read_compact_time("240229235959", 99));
  for (const char* wrong :
       {"230229000000", "210431000000", "211301000000", "210500000000", "210508240000",
        "210508006000", "210508000060", "21050800000", "2105080000000", "21050800000x"}) {
    EXPECT_FALSE(read_compact_time(wrong, 0)) << wrong;
  }
  EXPECT_FALSE(read_compact_time("240229235959", 100));
}

TEST(ReaderTimes, TwoDigitYearsFrom80AreOfTheLastCentury) {
  EXPECT_EQ(full_year(80), 1980);
  EXPECT_EQ(full_year(99), 1999);
  EXPECT_EQ(full_year(0), 2000);
  EXPECT_EQ(full_year(79), 2079);
}

TEST(ReadHundredths, TakesOneOrTwoDecimals) {
  EXPECT_EQ(read_hundredths("12.3"), std::chrono::milliseconds(12'300));
  EXPECT_EQ(read_hundredths("12.03"), std::chrono::milliseconds(12'030));
  for (const char* wrong :
       {"", ".", "12", "12.", ".5", "12.345", "-1.00", "1.-1", "1.0 ", "123456789012.00"}) {
    EXPECT_FALSE(read_hundredths(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace hs::formats
