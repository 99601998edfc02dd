#include "scoring/cup.h"

#include <gtest/gtest.h>

#include <string>

#include "support/race_script.h"

// Standings over several races. A line a finish: person (a letter), race, place, time in seconds.

namespace hs::scoring {
namespace {

using model::CupRules;
using model::CupScore;
using model::CupTie;
using test_support::lines;

struct Finish {
  char person;
  std::size_t race;
  std::uint32_t place;
  int seconds = 1;
};

/// "1 A 200: 100 (98) 100" a person, "-" without a place.
std::string table(const std::vector<Finish>& finishes, const CupRules& rules,
                  std::size_t to_come = 0) {
  std::vector<CupFinish> all;
  std::size_t people = 0;
  std::size_t races = 0;
  for (const Finish& one : finishes) {
    const auto person = static_cast<std::size_t>(one.person - 'A');
    all.push_back({person, one.race, std::chrono::seconds(one.seconds), one.place});
    people = std::max(people, person + 1);
    races = std::max(races, one.race + 1);
  }
  std::vector<base::Duration> medians;
  for (std::size_t r = 0; r < races; ++r) {
    std::vector<base::Duration> times;
    for (const CupFinish& one : all) {
      if (one.race == r) times.push_back(one.official);
    }
    medians.push_back(median_time(times).value());
  }
  std::string out;
  for (const CupStanding& standing : cup_standings(all, people, to_come, medians, rules)) {
    out += standing.placing ? std::to_string(standing.placing->place) : "-";
    if (standing.placing && standing.placing->shared) out += "=";
    out += std::string(" ") + static_cast<char>('A' + standing.person);
    out += standing.complete ? "" : " open";
    out += " " + std::to_string(standing.total) + ":";
    for (const CupScoreOf& one : standing.races) {
      const std::string score = std::to_string(one.score);
      out += " " + (one.counts ? score : "(" + score + ")");
    }
    out += "\n";
  }
  return out;
}

TEST(Cup, TheBestRacesCountAndTheMostPointsWin) {
  CupRules rules;
  rules.count = 2;
  EXPECT_EQ(table({{'A', 0, 1}, {'A', 1, 3}, {'A', 2, 2}, {'B', 0, 2}, {'B', 2, 1}}, rules),
            lines(R"(
    1= A 199: 100 (98) 99
    1= B 199: 99 100
  )"));
}

TEST(Cup, ATableOfPointsEndsWhereItEnds) {
  CupRules rules;
  rules.table = {25, 20};
  EXPECT_EQ(table({{'A', 0, 1}, {'B', 0, 2}, {'C', 0, 3}}, rules), lines(R"(
    1 A 25: 25
    2 B 20: 20
    3 C 0: 0
  )"));
  rules.table = {};
  rules.first = 2;
  EXPECT_EQ(table({{'A', 0, 1}, {'B', 0, 9}}, rules), lines(R"(
    1 A 2: 2
    2 B 0: 0
  )"));
}

TEST(Cup, WhoRanTooFewHasNoPlaceUnlessRacesAreToCome) {
  CupRules rules;
  rules.at_least = 2;
  const std::vector<Finish> finishes = {{'A', 0, 2}, {'A', 1, 2}, {'B', 0, 1}};
  EXPECT_EQ(table(finishes, rules), lines(R"(
    1 A 198: 99 99
    - B open 100: 100
  )"));
  EXPECT_EQ(table(finishes, rules, 1), lines(R"(
    1 A 198: 99 99
    2 B open 100: 100
  )"));
}

TEST(Cup, TimesAreAddedAndTheLeastWins) {
  CupRules rules;
  rules.score = CupScore::Time;
  EXPECT_EQ(table({{'A', 0, 1, 10}, {'A', 1, 2, 30}, {'B', 0, 2, 12}, {'B', 1, 1, 20}}, rules),
            lines(R"(
    1 B 32000000: 12000000 20000000
    2 A 40000000: 10000000 30000000
  )"));
}

// Fewer races make a smaller sum: they do not come first for it.
TEST(Cup, WhoCountsMoreRacesComesBeforeWhoCountsFewer) {
  CupRules rules;
  rules.score = CupScore::Time;
  EXPECT_EQ(table({{'A', 0, 1, 10}, {'B', 0, 2, 12}, {'B', 1, 1, 20}}, rules), lines(R"(
    1 B 32000000: 12000000 20000000
    2 A 10000000: 10000000
  )"));
}

TEST(Cup, AgainstTheMedianRunnerOfTheDay) {
  CupRules rules;
  rules.score = CupScore::Median;
  EXPECT_EQ(table({{'A', 0, 1, 900}, {'B', 0, 2, 1000}, {'C', 0, 3, 1501}}, rules), lines(R"(
    1 A 900: 900
    2 B 1000: 1000
    3 C 1501: 1501
  )"));
}

TEST(Cup, TiesAreBrokenAsTheCupSays) {
  // 198 each: A was first and third, B second twice, and B beat A in the later race.
  const std::vector<Finish> finishes = {{'A', 0, 1}, {'A', 1, 3}, {'B', 0, 2}, {'B', 1, 2}};
  CupRules rules;
  EXPECT_EQ(table(finishes, rules).substr(0, 4), "1= A");
  rules.tie = CupTie::Wins;
  EXPECT_EQ(table(finishes, rules).substr(0, 3), "1 A");
  rules.tie = CupTie::Latest;
  EXPECT_EQ(table(finishes, rules).substr(0, 3), "1 B");
  rules.tie = CupTie::Meeting;  // One each.
  EXPECT_EQ(table(finishes, rules).substr(0, 4), "1= A");
}

TEST(Cup, TheMedianOfAnEvenNumberIsTheUpperOne) {
  EXPECT_EQ(median_time({std::chrono::seconds(3), std::chrono::seconds(1)}),
            std::optional<base::Duration>(std::chrono::seconds(3)));
  EXPECT_EQ(median_time({}), std::nullopt);
}

}  // namespace
}  // namespace hs::scoring
