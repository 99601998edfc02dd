#include "scoring/teams.h"

#include <gtest/gtest.h>

#include <string_view>

#include "support/race_script.h"

// Teams: scoring.md "Results". The order over the line is written as one letter a runner.

namespace hs::scoring {
namespace {

using model::RuleSet;
using test_support::lines;
using test_support::RaceScript;

/// "A 27: 1 4 6 7 9" a team, best first; incomplete ones as "C -".
std::string scores(std::string_view order, const TeamRules& rules) {
  std::vector<std::string> names;
  std::vector<TeamRunner> runners;
  for (const char c : order) {
    std::size_t team = 0;
    while (team < names.size() && names[team][0] != c) ++team;
    if (team == names.size()) names.emplace_back(1, c);
    runners.push_back({team, base::Duration(0), static_cast<std::uint32_t>(runners.size() + 1)});
  }
  std::string out;
  for (const model::TeamStanding& team : place_teams(runners, names, rules)) {
    out += team.placing ? std::to_string(team.placing->place) : "-";
    if (team.placing && team.placing->shared) out += "=";
    out += " " + team.name;
    if (team.placing) out += " " + std::to_string(team.places);
    out += ":";
    for (const model::TeamMember& member : team.members) {
      out += member.place == 0 ? " -" : " " + std::to_string(member.place);
    }
    out += "\n";
  }
  return out;
}

TeamRules rules_of(RuleSet rules) { return team_rules(rules, {}); }

// The worked example of the school books: C has two runners, is no team, and its places close up.
TEST(Teams, RunnersOfAnIncompleteTeamAreTakenOut) {
  EXPECT_EQ(scores("ABBCABACABAB", rules_of(RuleSet::NfhsXc)), lines(R"(
    1 A 27: 1 4 6 7 9
    2 B 28: 2 3 5 8 10
    - C: - -
  )"));
}

TEST(Teams, TheSixthRunnerPushesAnothersFifthBack) {
  EXPECT_EQ(scores("ABBCABACABAAB", rules_of(RuleSet::NfhsXc)), lines(R"(
    1 A 27: 1 4 6 7 9 10
    2 B 29: 2 3 5 8 11
    - C: - -
  )"));
}

TEST(Teams, AnEighthRunnerTakesNoPlace) {
  EXPECT_EQ(scores("AAAAAAAABBBBB", rules_of(RuleSet::NfhsXc)), lines(R"(
    1 A 15: 1 2 3 4 5 6 7 -
    2 B 50: 8 9 10 11 12
  )"));
}

// A and B both have 28. By 9-2-4 the sixth runners decide, by the pairs A wins three of five.
TEST(Teams, ATieIsBrokenAsTheBookSays) {
  constexpr std::string_view kOrder = "ABAABBBBABAA";
  EXPECT_EQ(scores(kOrder, rules_of(RuleSet::NfhsXc)), lines(R"(
    1 B 28: 2 5 6 7 8 10
    2 A 28: 1 3 4 9 11 12
  )"));
  EXPECT_EQ(scores(kOrder, rules_of(RuleSet::NcaaXc)), lines(R"(
    1 A 28: 1 3 4 9 11 12
    2 B 28: 2 5 6 7 8 10
  )"));
}

// Both have 10; A's second is third in, B's is fourth... and the last scorer is the nearer in B.
TEST(Teams, TheLastScorerNearerToTheFrontWins) {
  TeamRules rules;
  rules.score = model::TeamScore::Places;
  rules.scorers = 2;
  rules.tie = model::TeamTie::LastScorer;
  EXPECT_EQ(scores("ABBA", rules), lines(R"(
    1 B 5: 2 3
    2 A 5: 1 4
  )"));
  rules.tie = model::TeamTie::Share;
  EXPECT_EQ(scores("ABBA", rules), lines(R"(
    1= A 5: 1 4
    1= B 5: 2 3
  )"));
}

TEST(Teams, WithASixthRunnerBeatsWithoutAndElseTheFirstFourDecide) {
  // 27 each. A's sixth is last of all, and B has none.
  TeamRules rules = rules_of(RuleSet::NfhsXc);
  rules.scorers = 2;
  rules.runners = 3;
  EXPECT_EQ(scores("ABBAA", rules), lines(R"(
    1 A 5: 1 4 5
    2 B 5: 2 3
  )"));
  // Nobody has one: the better first runner.
  EXPECT_EQ(scores("ABBA", rules), lines(R"(
    1 A 5: 1 4
    2 B 5: 2 3
  )"));
}

TEST(Teams, WorldAthleticsCountsPlacesAsTheyAre) {
  // Four score, and the two runners of C keep their places although C is no team.
  EXPECT_EQ(scores("CABCABABAB", rules_of(RuleSet::WaXc)), lines(R"(
    1 A 23: 2 5 7 9
    2 B 27: 3 6 8 10
    - C: 1 4
  )"));
}

TEST(Teams, WhatTheAwardSaysGoesBeforeTheBook) {
  model::TeamAward award;
  award.scorers = 9;
  award.tie = model::TeamTie::Share;
  const TeamRules rules = team_rules(RuleSet::NfhsXc, award);
  EXPECT_EQ(rules.scorers, 9);
  EXPECT_EQ(rules.runners, 9);  // Nine must be let run.
  EXPECT_EQ(rules.tie, model::TeamTie::Share);
  EXPECT_TRUE(rules.closes_up);
}

constexpr std::string_view kClubs = R"(
  race half rank gun
  points start@arch 0, finish@line 21097.5
  wave A 08:00:00
  team-award women of club sex F score time scorers 2
  team-award all of club score places scorers 2
  runner 1 club Hill sex F
  runner 2 club Vale sex F
  runner 3 club Vale sex F
  runner 4 club Hill sex F
  runner 5 club Hill sex M
  runner 6 sex M
  09:30:00.400 line 1
  09:30:01 line 6
  09:31:00 line 2
  09:32:00.200 line 3
  09:33:00 line 5
  09:35:00 line 4
)";

// Official times are added, as the list shows them: 1:30:01 and 1:35:00 make 3:05:01.
TEST(Teams, RoadTeamsAddTheirTimes) {
  const std::string teams = RaceScript(kClubs).teams();
  EXPECT_EQ(teams, lines(R"(
    women 1 Vale 3:03:01: 2 3
    women 2 Hill 3:05:01: 1 4
    all 1 Hill 6: 1 5 | 6
    all 2 Vale 7: 3 4
  )"));
}

TEST(Teams, ARunnerWhoIsDisqualifiedScoresForNobody) {
  const std::string teams = RaceScript(std::string(kClubs) + "rule 4 dsq").teams();
  EXPECT_NE(teams.find("women - Hill: 1"), std::string::npos) << teams;
}

}  // namespace
}  // namespace hs::scoring
