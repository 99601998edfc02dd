#include "readers/line_cutter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hs::readers {
namespace {

std::vector<std::string> lines_of(std::string_view text, std::size_t piece) {
  LineCutter cutter(1000);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    std::string_view bytes = text.substr(at, piece);
    LineCutter::Whole line;
    while (cutter.next(bytes, line)) {
      out.push_back(std::to_string(line.number) + " " + line.text + " " +
                    std::to_string(line.through));
    }
    EXPECT_TRUE(bytes.empty());
  }
  EXPECT_EQ(cutter.give_up(), "");
  return out;
}

TEST(LineCutter, AllThreeLineEndsEndALineAndAnEmptyOneIsALine) {
  EXPECT_EQ(lines_of("a\r\nb\rc\n\r\nd", 100),
            (std::vector<std::string>{"1 a 2", "2 b 5", "3 c 7", "4  8"}));
}

TEST(LineCutter, HowTheBytesAreCutUpMakesNoDifference) {
  const std::string text = "one\r\n\r\ntwo\rthree\n\n\rfour\r\nrest";
  const auto whole = lines_of(text, text.size());
  ASSERT_EQ(whole.size(), 7u);
  for (std::size_t piece = 1; piece < text.size(); ++piece) {
    EXPECT_EQ(lines_of(text, piece), whole) << piece;
  }
}

TEST(LineCutter, ALineThatIsTooLongIsTheLastWhetherItEndsOrNot) {
  for (const char* end : {"", "\n"}) {
    LineCutter cutter(10);
    std::string_view bytes = "0123456789\n";
    LineCutter::Whole line;
    EXPECT_TRUE(cutter.next(bytes, line));
    EXPECT_EQ(cutter.give_up(), "");
    const std::string endless = std::string("0123456789x") + end;
    bytes = endless;
    EXPECT_FALSE(cutter.next(bytes, line));
    EXPECT_EQ(cutter.give_up(), "found a line without an end, expected at most 10 bytes");
    bytes = "a\n";
    EXPECT_FALSE(cutter.next(bytes, line));
  }
}

}  // namespace
}  // namespace hs::readers
