#include "formats/cup_file.h"

#include <gtest/gtest.h>

#include <string>

// cup.toml: what is read, and every mistake with its place.

namespace hs::formats {
namespace {

constexpr const char* kCup = R"([cup]
name = "Summer Cup"
score = "points"
points = [25, 20, 20]
count = 2
at_least = 2
tie = "wins"
people = "bib"
sexes_apart = false
[[cup.race]]
event = "harbour-ten"
race = "10k"
[[cup.race]]
name = "Dune Mile"
)";

/// The text with one passage changed; the passage must be there.
std::string changed(const std::string& from, const std::string& to) {
  std::string text = kCup;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

void expect_refused(const std::string& text, int line, int column, const std::string& words) {
  const auto cup = read_cup(text, "cup.toml");
  ASSERT_FALSE(cup.has_value()) << text;
  EXPECT_EQ(cup.error().place.file, "cup.toml");
  EXPECT_EQ(cup.error().place.line, line) << cup.error().text();
  EXPECT_EQ(cup.error().place.column, column) << cup.error().text();
  EXPECT_NE(cup.error().message.find(words), std::string::npos) << cup.error().text();
}

TEST(CupFile, ReadsTheRulesAndTheRaces) {
  const auto cup = read_cup(kCup, "cup.toml");
  ASSERT_TRUE(cup.has_value()) << cup.error().text();
  EXPECT_EQ(cup->name, "Summer Cup");
  EXPECT_EQ(cup->rules.score, model::CupScore::Points);
  EXPECT_EQ(cup->rules.table, (std::vector<int>{25, 20, 20}));
  EXPECT_EQ(cup->rules.count, 2);
  EXPECT_EQ(cup->rules.at_least, 2);
  EXPECT_EQ(cup->rules.tie, model::CupTie::Wins);
  EXPECT_FALSE(cup->rules.sexes_apart);
  EXPECT_EQ(cup->people, model::CupPeople::Bib);
  ASSERT_EQ(cup->races.size(), 2U);
  EXPECT_EQ(cup->races[0].event, "harbour-ten");
  EXPECT_EQ(cup->races[0].race, "10k");
  EXPECT_EQ(cup->races[1].name, "Dune Mile");
  EXPECT_TRUE(cup->races[1].event.empty());
}

TEST(CupFile, MistakesHaveTheirPlace) {
  expect_refused(changed("score = \"points\"", "score = \"chips\""), 3, 9, "points, time, median");
  expect_refused(changed("[25, 20, 20]", "[25, 30]"), 4, 15, "none above the one before it");
  expect_refused(changed("[25, 20, 20]", "[]"), 4, 10, "such as [25, 20, 16]");
  expect_refused(changed("count = 2", "first = 100"), 5, 9, "one of the two");
  expect_refused(changed("at_least = 2", "at_least = 3"), 6, 12, "no more races than the cup has");
  expect_refused(changed("tie = \"wins\"", "draw = 1"), 7, 1, "draw");
  expect_refused(changed("name = \"Dune Mile\"", ""), 13, 1, "still to come");
  expect_refused(std::string(kCup) + "[[cup.race]]\nevent = \"late\"\n", 15, 1,
                 "races in the order of time");
  expect_refused("[races]\n", 1, 2, "races");
}

}  // namespace
}  // namespace hs::formats
