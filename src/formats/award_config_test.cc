#include "formats/award_config.h"

#include <gtest/gtest.h>

#include <string>

#include "formats/event_file.h"

// Awards and team awards in the event file: what is read, and every mistake with its place.

namespace hs::formats {
namespace {

// What a test adds to the race begins in line 20.
constexpr const char* kRace = R"([event]
name     = "Harbour Cross"
date     = 2026-05-08
timezone = "Europe/Berlin"
[[race]]
id = "cross"
rank_by = "gun"
one_prize = "higher"
[[race.wave]]
id = "A"
[[race.point]]
id = "start"
distance_m = 0
mat = "arch"
[[race.point]]
id = "finish"
distance_m = 5000
mat = "arch"
[[race.division]]
id = "masters"
sex = ["M", "X"]
age_min = 40
)";

base::Result<model::Event> read(const std::string& more) {
  std::vector<model::Attention> notes;
  return read_event(kRace + more, "event.toml", &notes);
}

model::Race read_good(const std::string& more) {
  const auto event = read(more);
  EXPECT_TRUE(event.has_value()) << (event ? "" : event.error().text());
  return event ? event->races.at(0) : model::Race();
}

void expect_refused(const std::string& more, int line, int column, const std::string& words) {
  const auto event = read(more);
  ASSERT_FALSE(event.has_value()) << more;
  EXPECT_EQ(event.error().place.line, line) << event.error().text();
  EXPECT_EQ(event.error().place.column, column) << event.error().text();
  EXPECT_NE(event.error().message.find(words), std::string::npos) << event.error().text();
}

TEST(AwardConfig, ReadsThePolicyAndADivisionOfSeveralSexes) {
  const model::Race race = read_good(
      "[[race.award]]\nid = \"sprint\"\nbesides = true\n"
      "clubs = [\"Vale\", \"Hill\"]\n");
  EXPECT_EQ(race.one_prize, model::OnePrize::Higher);
  ASSERT_EQ(race.divisions.size(), 1U);
  EXPECT_EQ(race.divisions[0].sex, model::Sex::Male);
  EXPECT_EQ(race.divisions[0].more_sexes, std::vector<model::Sex>{model::Sex::X});
  ASSERT_EQ(race.awards.size(), 1U);
  EXPECT_TRUE(race.awards[0].besides);
  EXPECT_EQ(race.awards[0].clubs, (std::vector<std::string>{"Vale", "Hill"}));
}

TEST(AwardConfig, ReadsATeamAwardAndLeavesTheRestToTheRules) {
  const model::Race race = read_good(R"([[race.team_award]]
id = "clubs"
[[race.team_award]]
id = "women"
of = "club"
sex = "F"
division = "masters"
by = "net"
score = "places"
scorers = 5
runners = 7
closes_up = true
tie = "pairs"
places = 1
)");
  ASSERT_EQ(race.team_awards.size(), 2U);
  const model::TeamAward& plain = race.team_awards[0];
  EXPECT_EQ(plain.of, model::TeamOf::Team);
  EXPECT_EQ(plain.by, model::RankBy::Gun);
  EXPECT_EQ(plain.places, 3);
  EXPECT_FALSE(plain.score || plain.scorers || plain.runners || plain.closes_up || plain.tie);
  const model::TeamAward& women = race.team_awards[1];
  EXPECT_EQ(women.of, model::TeamOf::Club);
  EXPECT_EQ(women.sex, model::Sex::Female);
  EXPECT_EQ(women.division, "masters");
  EXPECT_EQ(women.by, model::RankBy::Net);
  EXPECT_EQ(women.score, model::TeamScore::Places);
  EXPECT_EQ(women.scorers, 5);
  EXPECT_EQ(women.runners, 7);
  EXPECT_EQ(women.closes_up, true);
  EXPECT_EQ(women.tie, model::TeamTie::Pairs);
  EXPECT_EQ(women.places, 1);
}

TEST(AwardConfig, MistakesHaveTheirPlace) {
  const std::string team = "[[race.team_award]]\nid = \"t\"\n";
  expect_refused(team + "scorers = 0\n", 25, 11, "expected 1 to 1000");
  expect_refused(team + "tie = \"toss\"\n", 25, 7, "one of next-runner, pairs");
  expect_refused(team + "division = \"women\"\n", 25, 12, "masters");
  expect_refused(team + "scorers = 5\nrunners = 4\n", 26, 11, "at least as many runners");
  expect_refused(team + team, 26, 6, "the team award id 't' a second time");
  expect_refused(
      "[[race.award]]\nid = \"a\"\n[[race.award]]\nid = \"b\"\n"
      "exclude_winners_of = [\"a\"]\n",
      8, 13, "one of the two");
}

}  // namespace
}  // namespace hs::formats
