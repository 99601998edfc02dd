#include "model/relay.h"

#include <gmock/gmock.h>

#include "support/race_script.h"

// Relays: docs/scoring-rules.md "Relays". Four legs of 5 km over one meadow; everybody who runs
// wears a chip of their own (A, B, C, D), and the mat hears who comes in and who waits to go out.

namespace hs::scoring {
namespace {

using test_support::lines;
using test_support::RaceScript;
using testing::HasSubstr;

/// The course, its gun, and two teams whose runners have chips.
std::string meadow(const std::string& more) {
  return R"(
    race relay rules usatf-road
    points start@gate 0, x1@meadow 5000 leg 1, x2@meadow 10000 leg 2
    points x3@meadow 15000 leg 3, end@meadow 20000 leg 4
    wave A 09:00:00
    runner 1 legs 1:A1,2:B1,3:C1,4:D1
    runner 2 legs 1:A2,2:B2,3:C2,4:D2
  )" + more;
}

/// Team 2 in the order it was entered: 20, 22, 21 and 23 minutes.
const char* const kTeamTwo = R"(
    09:20:00 meadow chip:A2
    09:42:00 meadow chip:B2
    10:03:00 meadow chip:C2
    10:26:00 meadow chip:D2
)";

// The incoming read ends one leg and begins the next; the outgoing runner's own read, a second
// later or half a minute before, does not count.
TEST(Relay, TheIncomingReadEndsOneLegAndBeginsTheNext) {
  const RaceScript race(meadow(R"(
    09:19:30 meadow chip:B1
    09:20:00 meadow chip:A1
    09:20:01 meadow chip:B1
    09:40:00 meadow chip:C1
    09:41:00 meadow chip:B1
    10:01:00 meadow chip:C1
    10:25:00 meadow chip:D1
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:20:00 place 1 start
    2 0:21:00 place 1 handover
    3 0:20:00 place 1 handover
    4 0:24:00 place 1 handover
  )"));
  EXPECT_EQ(race.splits("1"), lines(R"(
    x1 0:20:00 gun 0:20:00 place 1
    x2 0:41:00 gun 0:41:00 place 1
    x3 1:01:00 gun 1:01:00 place 1
    end 1:25:00 gun 1:25:00 place 1
  )"));
  EXPECT_EQ(race.verdicts("1"), lines(R"(
    09:19:30 meadow 1 outside-leg x2 0:00:30
    09:20:00 meadow 1 counted x1
    09:20:01 meadow 1 too-early x2 0:06:59
    09:40:00 meadow 1 outside-leg x3 0:01:00
    09:41:00 meadow 1 counted x2
    10:01:00 meadow 1 counted x3
    10:25:00 meadow 1 counted end
  )"));
  EXPECT_EQ(race.attention(), "");
}

// Whoever has handed over and walks past the mat again ends no leg.
TEST(Relay, WhoseLegIsOverEndsNoOther) {
  const RaceScript race(meadow(R"(
    09:20:00 meadow chip:A1
    09:30:00 meadow chip:A1
    09:41:00 meadow chip:B1
    10:01:00 meadow chip:C1
    10:25:00 meadow chip:D1
  )"));
  EXPECT_THAT(race.verdicts("1"), HasSubstr("09:30:00 meadow 1 outside-leg x1 -0:10:00\n"));
  EXPECT_THAT(race.legs("1"), HasSubstr("2 0:21:00 place 1 handover\n"));
}

// Places of a leg are by its own time: team 2 comes home behind and has the best third leg.
TEST(Relay, LegsHavePlacesOfTheirOwn) {
  const RaceScript race(meadow(std::string(kTeamTwo) + R"(
    09:19:00 meadow chip:A1
    09:39:00 meadow chip:B1
    10:01:00 meadow chip:C1
    10:25:00 meadow chip:D1
  )"));
  EXPECT_EQ(race.standings(), lines(R"(
    1 1 FIN net 1:25:00 gun 1:25:00 start gun
    2 2 FIN net 1:26:00 gun 1:26:00 start gun
  )"));
  EXPECT_THAT(race.legs("1"), HasSubstr("3 0:22:00 place 2 handover\n"));
  EXPECT_THAT(race.legs("2"), HasSubstr("3 0:21:00 place 1 handover\n"));
}

// An exchange that no mat heard: two legs have one time together, the team's stands.
TEST(Relay, AnExchangeNotHeardLeavesTheTotal) {
  const RaceScript race(meadow(R"(
    09:20:00 meadow chip:A1
    10:01:00 meadow chip:C1
    10:25:00 meadow chip:D1
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:20:00 place 1 start
    2 - handover
    3 - handover
    4 0:24:00 place 1 handover
  )"));
  EXPECT_THAT(race.standings(), HasSubstr("1 1 FIN net 1:25:00 gun 1:25:00"));
  EXPECT_EQ(race.attention(), "look exchange-missing 1 x2\n");
}

// A team with one chip for all: the visits are taken in their order, as for laps.
TEST(Relay, OneChipForTheTeam) {
  const RaceScript race(meadow(R"(
    runner 3
    09:20:00 meadow 3
    09:41:00 meadow 3
    10:01:00 meadow 3
    10:25:00 meadow 3
  )"));
  EXPECT_EQ(race.legs("3"), lines(R"(
    1 0:20:00 place 1 start
    2 0:21:00 place 1 handover
    3 0:20:00 place 1 handover
    4 0:24:00 place 1 handover
  )"));
}

// A number taken down by hand is the team's, though a runner's chip is called the same.
TEST(Relay, ANumberIsTheTeamsAndNoRunners) {
  const RaceScript race(meadow(R"(
    runner 3 legs 1:A3,2:B3,3:C3,4:3
    09:20:00 meadow chip:A3
    09:41:00 meadow bib:3
    10:01:00 meadow chip:C3
    10:25:00 meadow chip:3
  )"));
  EXPECT_THAT(race.legs("3"), HasSubstr("2 0:21:00 place 1 handover\n"));
  EXPECT_THAT(race.legs("3"), HasSubstr("4 0:24:00 place 1 handover\n"));
}

// One runner for two legs, with one chip.
TEST(Relay, ARunnerOfTwoLegs) {
  const RaceScript race(meadow(R"(
    runner 3 legs 1:E3,2:F3,3:E3,4:F3
    09:20:00 meadow chip:E3
    09:41:00 meadow chip:F3
    10:01:00 meadow chip:E3
    10:25:00 meadow chip:F3
  )"));
  EXPECT_EQ(race.legs("3"), lines(R"(
    1 0:20:00 place 1 start
    2 0:21:00 place 1 handover
    3 0:20:00 place 1 handover
    4 0:24:00 place 1 handover
  )"));
}

// A chip of two teams is nobody's, as everywhere.
TEST(Relay, AChipOfTwoTeamsIsListed) {
  const RaceScript race(meadow(R"(
    runner 3 legs 1:A1,2:B3,3:C3,4:D3
    09:20:00 meadow chip:A1
  )"));
  EXPECT_THAT(race.verdicts("3"), HasSubstr("ambiguous-chip"));
  EXPECT_THAT(race.attention(), HasSubstr("act ambiguous-chip"));
}

// Complaint 14. C runs second and B third. Legs as entered would leave B with 41 minutes and C
// with none; both exchanges are heard once they are taken the other way round.
TEST(Relay, AnotherOrderIsRecognisedAndListed) {
  const RaceScript race(meadow(R"(
    09:20:00 meadow chip:A1
    09:20:02 meadow chip:C1
    09:41:00 meadow chip:C1
    09:41:02 meadow chip:B1
    10:01:00 meadow chip:B1
    10:25:00 meadow chip:D1
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:20:00 place 1 start
    2 0:21:00 place 1 handover by 3
    3 0:20:00 place 1 handover by 2
    4 0:24:00 place 1 handover
  )"));
  EXPECT_EQ(race.attention(),
            "look leg-order 1 (leg 2 by the runner of leg 3, leg 3 by the runner of leg 2)\n");
}

// Three who changed places among themselves: D, A, B, C.
TEST(Relay, AnOrderOfAllFour) {
  const RaceScript race(meadow(R"(
    09:20:00 meadow chip:D1
    09:41:00 meadow chip:A1
    10:01:00 meadow chip:B1
    10:25:00 meadow chip:C1
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:20:00 place 1 start by 4
    2 0:21:00 place 1 handover by 1
    3 0:20:00 place 1 handover by 2
    4 0:24:00 place 1 handover by 3
  )"));
}

// B was not heard coming in, C was heard going out: that is not where C's leg ended.
TEST(Relay, TheReadOfWhoGoesOutEndsNoLeg) {
  const RaceScript race(meadow(R"(
    09:20:00 meadow chip:A1
    09:41:00 meadow chip:C1
    10:01:00 meadow chip:C1
    10:25:00 meadow chip:D1
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:20:00 place 1 start
    2 - handover
    3 - handover
    4 0:24:00 place 1 handover
  )"));
}

// B was not heard coming in, and A stands about at the exchange later. A did not run the second
// leg: C had left long before.
TEST(Relay, SomebodyStandingAboutIsNoOtherOrder) {
  const RaceScript race(meadow(R"(
    09:19:40 meadow chip:B1
    09:20:00 meadow chip:A1
    09:41:00 meadow chip:C1
    09:51:00 meadow chip:A1
    10:01:00 meadow chip:C1
    10:25:00 meadow chip:D1
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:20:00 place 1 start
    2 - handover
    3 - handover
    4 0:24:00 place 1 handover
  )"));
  EXPECT_THAT(race.attention(), HasSubstr("look exchange-missing 1 x2\n"));
}

// While the race is on, somebody who warms up at the exchange is no other order either.
TEST(Relay, ARunnerWhoWaitsEarlyIsNoOtherOrder) {
  const std::string so_far = meadow(R"(
    09:20:00 meadow chip:A1
    09:38:00 meadow chip:C1
  )");
  EXPECT_THAT(RaceScript(so_far, Closing::ByFacts).legs("1"), HasSubstr("2 - handover\n"));
  EXPECT_THAT(RaceScript(so_far + "    09:41:00 meadow chip:B1\n", Closing::ByFacts).legs("1"),
              HasSubstr("2 0:21:00 place 1 handover\n"));
}

/// The mass start of leg 3 is at 9:45, that of leg 4 at 10:10.
std::string with_mass_starts(const std::string& more) {
  return R"(
    race relay rules usatf-road
    points start@gate 0, x1@meadow 5000 leg 1, x2@meadow 10000 leg 2
    points x3@meadow 15000 leg 3, end@meadow 20000 leg 4
    wave A 09:00:00
    wave M3 09:45:00 leg 3
    wave M4 10:10:00 leg 4
    runner 1 legs 1:A1,2:B1,3:C1,4:D1
  )" + more;
}

// B comes in at 9:50, five minutes after C left with the mass start; D hands nothing over and
// leaves with C's arrival at 10:05, before the second mass start. The team's time is the sum of the
// four: 85 minutes, though it came home 80 minutes after the gun.
TEST(Relay, AMassStartSendsOutWhoHasNotBegun) {
  const RaceScript race(with_mass_starts(R"(
    09:24:00 meadow chip:A1
    09:50:00 meadow chip:B1
    10:05:00 meadow chip:C1
    10:20:00 meadow chip:D1
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:24:00 place 1 start
    2 0:26:00 place 1 handover
    3 0:20:00 place 1 mass-start
    4 0:15:00 place 1 handover
  )"));
  EXPECT_EQ(race.splits("1"), lines(R"(
    x1 0:24:00 gun 0:24:00 place 1
    x2 0:50:00 gun 0:50:00 place 1
    x3 1:10:00 gun 1:10:00 place 1
    end 1:25:00 gun 1:25:00 place 1
  )"));
  EXPECT_THAT(race.standings(), HasSubstr("1 1 FIN net 1:25:00 gun 1:25:00"));
}

// C, out with the mass start, is back before B: who was heard says whose leg it was.
TEST(Relay, BehindAMassStartALaterLegMayEndFirst) {
  const RaceScript race(with_mass_starts(R"(
    09:30:00 meadow chip:A1
    10:04:00 meadow chip:C1
    10:06:00 meadow chip:B1
    10:22:00 meadow chip:D1
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:30:00 place 1 start
    2 0:36:00 place 1 handover
    3 0:19:00 place 1 mass-start
    4 0:18:00 place 1 handover
  )"));
  EXPECT_THAT(race.standings(), HasSubstr("gun 1:43:00"));
}

// A is still out when leg 3 is sent out: B leaves with that gun as well.
TEST(Relay, AMassStartSendsOutEarlierLegsToo) {
  const RaceScript race(with_mass_starts(R"(
    09:48:00 meadow chip:A1
    10:08:00 meadow chip:B1
    10:09:00 meadow chip:C1
    10:30:00 meadow chip:D1
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:48:00 place 1 start
    2 0:23:00 place 1 mass-start
    3 0:24:00 place 1 mass-start
    4 0:21:00 place 1 handover
  )"));
}

// One number for the whole team, taken by hand: in the order of the times.
TEST(Relay, AMassStartOfATeamWithOneChip) {
  const RaceScript race(with_mass_starts(R"(
    runner 2
    09:48:00 meadow 2
    10:08:00 meadow 2
    10:12:00 meadow 2
    10:30:00 meadow 2
  )"));
  EXPECT_EQ(race.legs("2"), lines(R"(
    1 0:48:00 place 1 start
    2 0:23:00 place 1 mass-start
    3 0:27:00 place 1 mass-start
    4 0:20:00 place 1 mass-start
  )"));
}

// B was not heard at x2. Whether C left with B or with the mass start nobody can say, and what the
// team took hangs on it: no time, no place, and a person is asked. A read taken by hand settles it.
TEST(Relay, AnExchangeNotHeardBeforeAMassStartNeedsAPerson) {
  const std::string reads = R"(
    09:24:00 meadow chip:A1
    10:05:00 meadow chip:C1
    10:20:00 meadow chip:D1
  )";
  const RaceScript race(with_mass_starts(reads));
  EXPECT_EQ(race.standings(), "- 1 UNR start gun\n");
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:24:00 place 1 start
    2 - handover
    3 - mass-start
    4 0:15:00 place 1 handover
  )"));
  EXPECT_EQ(race.attention(), "act exchange-missing 1 x2 count 1\n");
  const RaceScript settled(with_mass_starts(
      reads + "09:50:00 meadow bib:1 =by-hand\nrule 1 force-read by-hand point x2"));
  EXPECT_THAT(settled.standings(), HasSubstr("1 1 FIN net 1:25:00 gun 1:25:00"));
}

// The gun of a mass start is a gun like any other: said again, everybody is timed anew.
TEST(Relay, TheGunOfAMassStartMoves) {
  const RaceScript race(with_mass_starts(R"(
    09:24:00 meadow chip:A1
    09:50:00 meadow chip:B1
    10:05:00 meadow chip:C1
    10:20:00 meadow chip:D1
    gun relay M3 09:46:00
  )"));
  EXPECT_THAT(race.legs("1"), HasSubstr("3 0:19:00 place 1 mass-start\n"));
  EXPECT_THAT(race.standings(), HasSubstr("gun 1:24:00"));
}

// Until it has fired, exchanges alone begin the legs, and nothing is missing.
TEST(Relay, AMassStartWithoutAGunHoldsNobodyUp) {
  const RaceScript race(R"(
    race relay
    points start@gate 0, x1@meadow 5000 leg 1, end@meadow 10000 leg 2
    wave A 09:00:00
    wave M2 leg 2
    runner 1
    09:20:00 meadow 1
    09:41:00 meadow 1
  )");
  EXPECT_THAT(race.standings(), HasSubstr("1 1 FIN net 0:41:00 gun 0:41:00"));
  EXPECT_EQ(race.attention(), "");
}

// A leg that was not finished: the team has no time, the other legs keep theirs and their places.
TEST(Relay, ALegNotFinished) {
  const std::string script = meadow(std::string(kTeamTwo) + R"(
    09:19:00 meadow chip:A1
    09:39:00 meadow chip:B1
    10:01:00 meadow chip:C1
    10:25:00 meadow chip:D1
    rule 1 dnf point x2 =stopped
  )");
  const RaceScript race(script);
  EXPECT_EQ(race.standings(), lines(R"(
    1 2 FIN net 1:26:00 gun 1:26:00 start gun
    - 1 DNF start gun
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:19:00 place 1 start
    2 DNF handover
    3 0:22:00 place 2 handover
    4 0:24:00 place 2 handover
  )"));
  EXPECT_THAT(race.splits("1"), HasSubstr("x2 place -\n"));
  EXPECT_THAT(RaceScript(script + "    undo stopped\n").standings(), HasSubstr("1 1 FIN"));
  EXPECT_THAT(RaceScript(script + "    rule 1 reinstate\n").standings(), HasSubstr("1 1 FIN"));
}

// B was held up before the hand-over by an official and left at 9:26: the referee says so. The six
// minutes are nobody's.
TEST(Relay, ALegStartedByRuling) {
  const RaceScript race(meadow(R"(
    09:20:00 meadow chip:A1
    09:46:00 meadow chip:B1
    10:06:00 meadow chip:C1
    10:30:00 meadow chip:D1
    rule 1 start 09:26:00 point x1
  )"));
  EXPECT_EQ(race.legs("1"), lines(R"(
    1 0:20:00 place 1 start
    2 0:20:00 place 1 ruling
    3 0:20:00 place 1 handover
    4 0:24:00 place 1 handover
  )"));
  EXPECT_THAT(race.standings(), HasSubstr("gun 1:24:00"));
}

// Equal legs share the place, though they ended at different instants; two that left and came in
// together are in the order in which the mat heard them.
TEST(Relay, EqualLegs) {
  const RaceScript race(meadow(R"(
    09:20:00 meadow chip:A1 seq 1
    09:20:00 meadow chip:A2 seq 2
    09:40:00 meadow chip:B1 seq 3
    09:42:00 meadow chip:B2 seq 4
    10:00:00 meadow chip:C1 seq 5
    10:02:00 meadow chip:C2 seq 6
  )"));
  EXPECT_THAT(race.legs("1"), HasSubstr("1 0:20:00 place 1 start\n"));
  EXPECT_THAT(race.legs("2"), HasSubstr("1 0:20:00 place 2 start\n"));
  EXPECT_THAT(race.legs("1"), HasSubstr("3 0:20:00 place 1= handover\n"));
  EXPECT_THAT(race.legs("2"), HasSubstr("3 0:20:00 place 1= handover\n"));
}

// Shortened to the second exchange: two legs are the race.
TEST(Relay, ShortenedAtAnExchange) {
  const RaceScript race(meadow(std::string(kTeamTwo) + "    shorten relay x2\n"));
  EXPECT_THAT(race.standings(), HasSubstr("1 2 FIN net 0:42:00 gun 0:42:00"));
  EXPECT_EQ(race.legs("2"), lines(R"(
    1 0:20:00 place 1 start
    2 0:22:00 place 1 handover
  )"));
}

// Mats on the way belong to the leg that passes them.
TEST(Relay, APointWithinALeg) {
  const RaceScript race(R"(
    race relay
    points start@gate 0, x1@meadow 5000 leg 1, top@hill 7000, end@meadow 10000 leg 2
    wave A 09:00:00
    runner 1 legs 1:A1,2:B1
    09:10:00 hill chip:A1
    09:20:00 meadow chip:A1
    09:32:00 hill chip:B1
    09:41:00 meadow chip:B1
  )");
  EXPECT_EQ(race.splits("1"), lines(R"(
    x1 0:20:00 gun 0:20:00 place 1
    top 0:32:00 gun 0:32:00 place 1
    end 0:41:00 gun 0:41:00 place 1
  )"));
  EXPECT_THAT(race.verdicts("1"), HasSubstr("09:10:00 hill 1 outside-leg"));
}

// Two legs and their points, as the event file has them.
TEST(Relay, LegsOfARace) {
  model::Race race;
  race.points.resize(4);
  EXPECT_FALSE(model::is_relay(race));
  race.points[1].leg = "up";
  race.points[3].leg = "down";
  EXPECT_TRUE(model::is_relay(race));
  const auto legs = model::legs_of(race);
  ASSERT_EQ(legs.size(), 2u);
  EXPECT_EQ(legs[1].id, "down");
  EXPECT_EQ(legs[1].from, 1u);
  EXPECT_EQ(legs[1].to, 3u);
}

}  // namespace
}  // namespace hs::scoring
