#include "present/legs.h"

#include <gmock/gmock.h>

#include "present/decisions.h"
#include "present/explain.h"
#include "present/reason.h"
#include "present/results_json.h"
#include "present/terminal.h"
#include "support/race_script.h"

// What people and programs are shown of a relay.

namespace hs::present {
namespace {

using testing::HasSubstr;
using testing::Not;

model::EventResults relay() {
  return test_support::RaceScript(R"(
    race relay rules usatf-road
    points start@gate 0, x1@meadow 5000 leg 1, x2@meadow 10000 leg 2, end@meadow 15000 leg 3
    wave A 09:00:00
    wave M3 09:45:00 leg 3
    runner 1 named Hares sex F legs 1:A1:Ana,2:B1:Bea,3:C1:Cleo
    runner 2 named Foxes sex M legs 1:A2:Al,2:B2:Bo,3:C2:Cy
    09:24:00 meadow chip:A1
    09:50:00 meadow chip:B1
    10:05:00 meadow chip:C1
    09:20:00 meadow chip:A2
    09:19:50 meadow chip:C2
    09:40:00 meadow chip:C2
    10:00:30 meadow chip:B2
    rule 1 dnf point x1
  )")
      .results();
}

TEST(Legs, TheFileHasARowALegAndTeam) {
  EXPECT_EQ(legs_csv(relay()),
            "race,leg,place,bib,team,runner,time,place_sex,place_division,start,status\n"
            "relay,1,1,2,Foxes,Al,0:20:00.000,1,,start,\n"
            "relay,1,,1,Hares,Ana,,,,start,DNF\n"
            "relay,2,1,2,Foxes,Cy,0:20:00.000,1,,handover,\n"
            "relay,2,2,1,Hares,Bea,0:26:00.000,1,,handover,\n"
            "relay,3,1,1,Hares,Cleo,0:20:00.000,1,,mass-start,\n"
            "relay,3,2,2,Foxes,Bo,0:20:30.000,1,,handover,\n");
}

// Who ran a leg is told of that leg; that the entry said otherwise is for officials.
TEST(Legs, AnotherOrderIsNotToldInPublic) {
  const std::string json = results_json(relay());
  EXPECT_THAT(json, HasSubstr("{\"leg\":\"2\",\"runner\":\"Cy\",\"time_ms\":1200000,\"place\":1,"
                              "\"place_sex\":1,\"start\":\"handover\"}"));
  EXPECT_THAT(json, Not(HasSubstr("entered_leg")));
  EXPECT_THAT(explain_json(relay(), model::EntrantId(1), {}), HasSubstr("\"entered_leg\":\"3\""));
}

TEST(Legs, APrivateTeamNamesNobody) {
  model::EventResults results = relay();
  results.entrants[1].is_private = true;
  EXPECT_EQ(runner_of_leg(results, model::EntrantId(1), 0), "");
  EXPECT_EQ(runner_of_leg(results, model::EntrantId(0), 0), "Ana");
}

TEST(Legs, ExplainSaysWhatEachLegBeganWith) {
  const std::string hares = explain(relay(), model::EntrantId(0), {});
  EXPECT_THAT(hares, HasSubstr("Legs\n"));
  EXPECT_THAT(hares, HasSubstr("DNF"));
  EXPECT_THAT(hares, HasSubstr("the mass start\n"));
  const std::string foxes = explain(relay(), model::EntrantId(1), {});
  EXPECT_THAT(foxes, HasSubstr("the exchange; entered for leg 3\n"));
  EXPECT_THAT(foxes, HasSubstr("before leg 2 of this runner began"));
}

// The last runner was heard: nobody is told that no finish was.
TEST(Legs, ATimeThatHangsOnAnExchangeIsSaidSo) {
  const test_support::RaceScript race(R"(
    race relay
    points start@gate 0, x1@meadow 5000 leg 1, end@meadow 10000 leg 2
    wave A 09:00:00
    wave M2 09:30:00 leg 2
    runner 1 legs 1:A1,2:B1
    09:50:00 meadow chip:B1
  )");
  EXPECT_THAT(explain(race.results(), model::EntrantId(0), {}),
              HasSubstr("The last runner is in; the time hangs on an exchange"));
}

// Two legs not finished are two rulings that hold; the gun of a mass start is among what was
// decided.
TEST(Legs, WhatWasDecidedOfLegs) {
  const test_support::RaceScript race(R"(
    race relay
    points start@gate 0, x1@meadow 5000 leg 1, end@meadow 10000 leg 2
    wave A 09:00:00
    wave M2 leg 2
    runner 1
    gun relay M2 09:30:00
    rule 1 dnf point x1
    rule 1 dnf point end
    rule 1 start 09:31:00 point x1
  )");
  const auto results = race.results();
  const std::vector<model::Fact>& facts = race.facts();
  std::string words;
  for (const Decision& decision : decisions_about(results, model::EntrantId(0), facts)) {
    words += decision.words.substr(0, decision.words.find(" (")) +
             (decision.state == Decision::State::Holds ? "\n" : " (not now)\n");
  }
  EXPECT_EQ(words,
            "gun of wave M2 at 09:30:00.000\n"
            "did not finish the leg that ends at x1\n"
            "did not finish the leg that ends at end\n"
            "start of the leg from x1 set to 09:31:00.000\n");
}

TEST(Legs, TheTerminalNamesTheBestOfEach) {
  const std::string summary = score_summary(relay(), {}, {});
  EXPECT_THAT(summary, HasSubstr("leg 2"));
  EXPECT_THAT(summary, HasSubstr("1 Cy, Foxes 0:20:00.000, 2 Bea, Hares 0:26:00.000"));
  EXPECT_THAT(summary, HasSubstr("another order than entered: leg 2 by the"));
}

}  // namespace
}  // namespace hs::present
