#include "formats/rulings_file.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>

namespace hs::formats {
namespace {

constexpr const char* kClose = R"({"fact":"close","race":"half","by":"Ann"})";

std::string refusal(const std::string& text) {
  const auto read = read_rulings(text, "rulings.jsonl");
  return read ? "read" : read.error().text();
}

TEST(RulingsFile, ReadsFactsBetweenCommentsAndBlankLines) {
  const std::string text = std::string("# the referee's\r\n\r\n  ") + kClose + "  \r\n" +
                           R"({"fact":"undo","seq":3,"by":"Ann"})";
  const auto read = read_rulings(text, "rulings.jsonl");
  ASSERT_TRUE(read.has_value()) << read.error().text();
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].line, 3);
  EXPECT_EQ(std::get<model::CloseFact>((*read)[0].body).race, "half");
  EXPECT_EQ((*read)[1].line, 4);
  EXPECT_EQ(std::get<model::UndoFact>((*read)[1].body).undone, model::FactSeq(3));
}

TEST(RulingsFile, AnEmptyFileHoldsNothing) {
  EXPECT_TRUE(read_rulings("", "r")->empty());
  EXPECT_TRUE(read_rulings("\n# nothing\n", "r")->empty());
}

TEST(RulingsFile, AMarkAndCharactersOfAnyScriptAreRead) {
  const auto read = read_rulings(
      "\xEF\xBB\xBF{\"fact\":\"close\",\"race\":\"half\",\"by\":\"\xE5\xB1\xB1\"}", "r");
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(std::get<model::CloseFact>((*read)[0].body).author.by, "\xE5\xB1\xB1");
}

TEST(RulingsFile, OneBadLineRefusesAllAndNamesItsPlace) {
  const std::string good = std::string(kClose) + "\n";
  const std::string unknown = R"({"fact":"close","race":"half","by":"A","colour":1})";
  EXPECT_EQ(refusal(good + unknown).substr(0, 20), "rulings.jsonl:2:40: ");
  EXPECT_EQ(refusal(good + "   " + unknown).substr(0, 20), "rulings.jsonl:2:43: ");
  EXPECT_EQ(refusal(good + "\n" + good + "[]").substr(0, 19), "rulings.jsonl:4:1: ");
}

TEST(RulingsFile, ALineThatNamesNobodyIsRefused) {
  EXPECT_EQ(refusal(R"({"fact":"close","race":"half"})").substr(0, 19), "rulings.jsonl:1:1: ");
}

TEST(RulingsFile, ALineCutInHalfIsRefused) {
  EXPECT_EQ(refusal(std::string(kClose).substr(0, 30)).substr(0, 16), "rulings.jsonl:1:");
}

TEST(RulingsFile, HostileNestingIsRefusedAndFollowedNowhere) {
  EXPECT_EQ(refusal(" " + std::string(2'000'000, '[')),
            "rulings.jsonl:1:18: found brackets nested over 16 deep, expected a fact");
  // Brackets inside a text are no nesting.
  EXPECT_EQ(refusal(R"({"fact":"close","race":"[[[[[[[[[[[[[[[[[[\"[","by":"A"})"), "read");
}

TEST(RulingsFile, FactsThatNoPersonMakesAreRefused) {
  EXPECT_NE(refusal(R"({"fact":"read","race":"half","by":"A"})").find("found 'read'"),
            std::string::npos);
}

}  // namespace
}  // namespace hs::formats
