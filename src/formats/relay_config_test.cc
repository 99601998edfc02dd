#include "formats/relay_config.h"

#include <gtest/gtest.h>

#include <string>

#include "formats/entrants_file.h"
#include "formats/event_file.h"
#include "formats/foot_records.h"
#include "model/relay.h"

// A relay in event.toml, and its teams in entrants.csv: docs/scoring-rules.md "Relays".

namespace hs::formats {
namespace {

using std::chrono::seconds;

// Line numbers in the tests below are those of this text.
constexpr const char* kRelay = R"([event]
name     = "Meadow Relay"
date     = 2026-05-08
timezone = "Europe/Berlin"

[[race]]
id   = "relay"
kind = "relay"
[[race.point]]
id         = "start"
distance_m = 0
mat        = "meadow"
[[race.point]]
id         = "x1"
distance_m = 5000
mat        = "meadow"
leg        = "1"
[[race.point]]
id         = "top"
distance_m = 8000
mat        = "hill"
[[race.point]]
id         = "x2"
distance_m = 15000
mat        = "meadow"
leg        = "2"
[[race.point]]
id         = "end"
distance_m = 20000
mat        = "meadow"
leg        = "3"
[[race.wave]]
id  = "A"
gun = "09:00:00"
[[race.wave]]
id  = "M3"
leg = "3"
gun = "10:15:00"
)";

std::string changed(const std::string& from, const std::string& to) {
  std::string text = kRelay;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

model::Event event_of(const std::string& text) {
  std::vector<model::Attention> notes;
  auto event = read_event(text, "event.toml", &notes);
  EXPECT_TRUE(event.has_value()) << (event ? "" : event.error().text());
  return event ? *event : model::Event{};
}

/// "line:column message" of the first fault.
std::string refusal(const std::string& text) {
  std::vector<model::Attention> notes;
  const auto event = read_event(text, "event.toml", &notes);
  if (event) return "read";
  const base::Place& place = event.error().place;
  return std::to_string(place.line) + ":" + std::to_string(place.column) + " " +
         event.error().message;
}

TEST(RelayConfig, LegsAndMassStarts) {
  const model::Race race = event_of(kRelay).races.at(0);
  const auto legs = model::legs_of(race);
  ASSERT_EQ(legs.size(), 3u);
  EXPECT_EQ(legs[1].id, "2");
  EXPECT_EQ(race.points[legs[1].from].id, "x1");
  EXPECT_EQ(race.points[legs[1].to].id, "x2");
  EXPECT_FALSE(model::is_mass_start(race.waves[0]));
  EXPECT_TRUE(model::is_mass_start(race.waves[1]));
  EXPECT_EQ(model::mass_start_of(race, legs, 1), race.waves[1].gun);
  EXPECT_EQ(model::mass_start_of(race, legs, 2), race.waves[1].gun);
}

// Whoever takes over is fresh: 5 km of leg 3 take no less than 5 km from the start.
TEST(RelayConfig, LeastTimesCountFromTheExchange) {
  const model::Race race = event_of(kRelay).races.at(0);
  const base::Duration five = fastest_on_foot(base::Distance::metres(5000));
  EXPECT_EQ(race.points[1].fastest, five);
  EXPECT_EQ(race.points[2].fastest, five + fastest_on_foot(base::Distance::metres(3000)));
  EXPECT_EQ(race.points[4].fastest - race.points[3].fastest, five);
}

TEST(RelayConfig, WhatDoesNotFitIsRefusedWhereItStands) {
  EXPECT_EQ(refusal(changed("kind = \"relay\"\n", "\n")),
            "17:14 found a leg in a race that is no relay, expected kind = \"relay\" in its "
            "[[race]]");
  EXPECT_EQ(refusal(changed("leg        = \"3\"\n", "\n")),
            "6:1 found a relay whose finish ends no leg, expected leg = \"1\" and so on at each "
            "[[race.point]] that ends a leg, the finish too");
  EXPECT_EQ(refusal(changed("leg        = \"2\"", "leg        = \"1\"")),
            "26:14 found the leg '1' a second time, expected another: line 17 has it");
  EXPECT_EQ(refusal(changed("distance_m = 0\nmat        = \"meadow\"",
                            "distance_m = 0\nmat        = \"meadow\"\nleg = \"0\"")),
            "13:7 found a leg that ends at the start, expected legs that end at points behind it");
  EXPECT_EQ(refusal(changed("leg        = \"1\"", "leg        = \"1\"\nrole = \"spotter\"")),
            "17:14 found a leg that ends at a spotter, expected legs that end at timed points");
}

TEST(RelayConfig, MassStartsOfOtherLegsAndInAnotherOrderAreRefused) {
  const std::string first = "found a mass start of leg '";
  EXPECT_NE(refusal(changed("leg = \"3\"", "leg = \"1\"")).find(first + "1'"), std::string::npos);
  EXPECT_NE(refusal(changed("leg = \"3\"", "leg = \"9\"")).find(first + "9'"), std::string::npos);
  EXPECT_EQ(refusal(changed("gun = \"10:15:00\"", "gun = \"08:59:00\"")),
            "37:7 found the gun of leg '3' at or before that of wave 'A', expected a mass start "
            "behind the gun of every leg before it");
  EXPECT_EQ(refusal(std::string(kRelay) +
                    "[[race.wave]]\nid = \"M2\"\nleg = \"2\"\ngun = \"10:15:00\"\n"),
            "37:7 found the gun of leg '3' at or before that of wave 'M2', expected a mass start "
            "behind the gun of every leg before it");
  EXPECT_EQ(refusal(changed("id  = \"A\"\n", "id  = \"A\"\nleg = \"2\"\n")),
            "6:1 found mass starts alone, expected a [[race.wave]] without a leg: the gun of the "
            "first leg");
}

// --- entrants.csv -------------------------------------------------------------------------------

EntrantsFile read_good(const std::string& bytes) {
  auto read = read_entrants(bytes, "entrants.csv", event_of(kRelay));
  EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().text());
  return read ? *read : EntrantsFile{};
}

std::string refused(const std::string& bytes) {
  const auto read = read_entrants(bytes, "entrants.csv", event_of(kRelay));
  return read ? "read " + std::to_string(read->entries.size()) : read.error().text();
}

/// "1 Ana Ruiz A1, 2 (nobody named) B1;B2": who runs which leg, with which chips.
std::string legs_text(const model::EntrantFact& team) {
  std::string out;
  for (const model::LegRunner& runner : team.entrant.legs) {
    out += (out.empty() ? "" : ", ") + runner.leg;
    std::string name = " (nobody named)";
    for (const auto& [leg, who] : team.person.runners) {
      if (leg == runner.leg) name = " " + who;
    }
    out += name;
    std::string chips;
    for (const model::TagCode& chip : runner.chips)
      chips += (chips.empty() ? " " : ";") + chip.str();
    out += chips;
  }
  return out;
}

TEST(RelayEntries, RowsOfOneBibAreOneTeam) {
  const EntrantsFile read = read_good(
      "bib,team,leg,name,sex,age,chips,club\n"
      "12,Vale A,2,Bo Lind,M,44,B1,Vale\n"
      "12,Vale A,1;3,Ana Ruiz,F,31,A1;A2,Vale\n"
      "13,Hill,1,Cy Hart,F,50,,Hill\n"
      "13,Hill,2,Di Kerr,F,41,,\n"
      "13,Hill,3,Ed Moss,F,45,,Hill\n");
  ASSERT_EQ(read.entries.size(), 2u);
  const model::EntrantFact& vale = read.entries[0];
  EXPECT_EQ(vale.entrant.bib.str(), "12");
  EXPECT_EQ(vale.person.name, "Vale A");
  EXPECT_EQ(vale.person.club, "Vale");
  EXPECT_EQ(vale.entrant.sex, model::Sex::X);
  EXPECT_EQ(vale.entrant.age, 31);
  EXPECT_EQ(vale.entrant.chips.size(), 3u);
  EXPECT_EQ(legs_text(vale), "1 Ana Ruiz A1;A2, 2 Bo Lind B1, 3 Ana Ruiz A1;A2");
  EXPECT_EQ(read.entries[1].entrant.sex, model::Sex::Female);
  EXPECT_EQ(read.entries[1].entrant.age, 41);
  EXPECT_EQ(read.entries[1].person.club, "");
  EXPECT_EQ(read.lines, (std::vector<int>{2, 4}));
  EXPECT_TRUE(read.questions.empty());
}

// A row without a leg is the team: what it says holds, and its chip is the team's.
TEST(RelayEntries, ARowWithoutALegIsTheTeam) {
  const EntrantsFile read = read_good(
      "bib,leg,name,sex,chips\n"
      "12,1,Ana Ruiz,F,A1\n"
      "12,,The Hares,F,T12\n"
      "12,2,Bo Lind,M,B1\n"
      "12,3,Cy Hart,,C1\n"
      "13,,One Chip,X,T13\n");
  ASSERT_EQ(read.entries.size(), 2u);
  EXPECT_EQ(read.entries[0].person.name, "The Hares");
  EXPECT_EQ(read.entries[0].entrant.sex, model::Sex::Female);
  EXPECT_EQ(read.entries[0].entrant.chips.size(), 4u);
  EXPECT_EQ(legs_text(read.entries[0]), "1 Ana Ruiz A1, 2 Bo Lind B1, 3 Cy Hart C1");
  EXPECT_TRUE(read.entries[1].entrant.legs.empty());
}

TEST(RelayEntries, ASexOrAgeThatOneLacksIsNotKnown) {
  const EntrantsFile read = read_good("bib,leg,name,sex,age\n12,1,A,F,30\n12,2,B,,40\n12,3,C,F,\n");
  EXPECT_FALSE(read.entries.at(0).entrant.sex.has_value());
  EXPECT_FALSE(read.entries.at(0).entrant.age.has_value());
}

// Whoever is private runs and is timed, and is named nowhere.
TEST(RelayEntries, APrivateRunnerIsNotNamed) {
  const EntrantsFile read =
      read_good("bib,leg,name,chips,private\n12,1,A,A1,\n12,2,B,B1,yes\n12,3,C,C1,no\n");
  EXPECT_EQ(legs_text(read.entries.at(0)), "1 A A1, 2 (nobody named) B1, 3 C C1");
  EXPECT_FALSE(read.entries.at(0).entrant.is_private);
}

// What nobody knows is kept, by leg.
TEST(RelayEntries, OtherColumnsAreKeptByLeg) {
  const EntrantsFile read = read_good("bib,leg,name,shirt\n12,1,A,S\n12,2,B,\n12,3,C,L\n");
  using Extra = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(read.entries.at(0).person.extra, (Extra{{"leg 1 shirt", "S"}, {"leg 3 shirt", "L"}}));
}

TEST(RelayEntries, ALegTwiceIsRefusedOneWithoutRunnerAsked) {
  EXPECT_EQ(refused("bib,leg,name\n12,1,A\n12,2,B\n12,2,C\n"),
            "entrants.csv:4:4: found leg '2' of bib '12' a second time, expected one runner a leg: "
            "line 3 has it");
  EXPECT_EQ(refused("bib,leg,name\n12,4,A\n"),
            "entrants.csv:2:4: found the leg '4' of race 'relay', expected one of 1, 2, 3");
  EXPECT_EQ(refused("bib,leg,name\n12,,A\n12,,B\n"),
            "entrants.csv:3:1: found the bib '12' a second time in race 'relay', expected another: "
            "line 2 has it");
  const EntrantsFile read = read_good("bib,leg,name\n12,1,A\n12,2,B\n");
  ASSERT_EQ(read.questions.size(), 1u);
  EXPECT_EQ(read.questions[0].text, "entrants.csv:2: the team of bib 12 has nobody for leg 3");
}

// The chip of one who runs for two teams is asked about; one for two legs of a team is not.
TEST(RelayEntries, AChipOfTwoTeamsIsAsked) {
  const EntrantsFile read =
      read_good("bib,leg,name,chips\n12,1,A,A1\n12,2,B,B1\n12,3,A,A1\n13,1,A,A1\n13,2;3,D,D1\n");
  ASSERT_EQ(read.questions.size(), 1u);
  EXPECT_NE(read.questions[0].text.find("the chip A1 of bib 13 is also the chip of bib 12"),
            std::string::npos);
}

// A mass start is no wave to be entered in.
TEST(RelayEntries, AMassStartIsNoWave) {
  EXPECT_EQ(refused("bib,wave,name\n12,M3,A\n"),
            "entrants.csv:2:4: found the wave 'M3' of race 'relay', expected one of A");
}

}  // namespace
}  // namespace hs::formats
