#include "readers/ultra_session.h"

#include <gtest/gtest.h>

#include "readers/connection_test_support.h"

namespace hs::readers {
namespace {

using namespace test;

const std::string kGreeting = "Connected,1299939000\n";
const std::string kAll(
    "8\0\0"
    "0\r0\r",
    7);

enum class Sent { Live, Again };

/// A read as the box sends it, with this number of its log.
std::string read_line(std::uint64_t number, Sent sent = Sent::Live) {
  return "0,413A45,12999392" + std::to_string(10 + number % 90) + ",407,1,-8," +
         (sent == Sent::Again ? "1" : "0") + ",1,1,1,456789," + std::to_string(number) + "\n";
}

/// A request for the numbers from `from` to `to`, with NULs or zeros.
std::string by_number(std::string_view from, std::string_view to,
                      std::string_view filling = std::string_view("\0\0", 2)) {
  return "6" + std::string(filling) + std::string(from) + "\r" + std::string(to) + "\r";
}

/// Has greeted, answered and been asked for all.
void greet(DeviceSession& session) {
  (void)take(session, kGreeting + "S=10\n12:34:56 08-05-2026 (1)\nV=25.1000\n");
}

TEST(UltraSession, AfterTheGreetingItAsksOneThingAfterTheOtherAndThenForAll) {
  const Connection connection("ultra");
  const auto session = connection.session();
  EXPECT_EQ(session->opened(), "");
  EXPECT_FALSE(session->state().is_ready);
  EXPECT_EQ(take(*session, kGreeting).replies, "?");
  EXPECT_TRUE(session->state().is_ready);
  EXPECT_EQ(take(*session, "S=10\n").replies, "r");
  EXPECT_EQ(take(*session, "12:34:56 08-05-2026 (1)\n").replies, "700");
  EXPECT_EQ(take(*session, "V=25.0000\n").replies, kAll);
  EXPECT_EQ(take(*session, "S=10\n").replies, "");
}

TEST(UltraSession, ABoxThatAnswersNothingIsAskedTheNextThingAtEachHeartbeat) {
  const Connection connection("ultra");
  const auto session = connection.session();
  const std::string beat = "V=24.9\r\n";
  EXPECT_EQ(take(*session, "1,Connected,0\r\n" + beat + beat + beat + beat).replies,
            "?r700" + kAll);
}

TEST(UltraSession, NothingEverStartsStopsOrSetsABox) {
  const Connection connection("ultra");
  const auto session = connection.session();
  std::string sent = session->opened();
  sent += take(*session, kGreeting + "S=00\n12:34:56 08-05-2026 (1)\n").replies;
  for (std::uint64_t number : {1u, 5u, 9u, 2u, 7u, 100u}) {
    sent += take(*session, read_line(number) + "V=20.0\nV=20.0\nV=20.0\n").replies;
    sent += session->quiet().reply;
  }
  EXPECT_EQ(sent.find_first_of("SRtNuUs"), std::string::npos);
}

TEST(UltraSession, ANumberThatDoesNotFollowIsAskedForByNumber) {
  const Connection connection("ultra");
  const auto session = connection.session();
  greet(*session);
  EXPECT_EQ(take(*session, read_line(12)).replies, "");
  EXPECT_EQ(take(*session, read_line(13)).replies, "");
  EXPECT_EQ(take(*session, read_line(17)).replies, by_number("14", "16"));
  EXPECT_EQ(take(*session, read_line(14, Sent::Again) + read_line(15, Sent::Again)).replies, "");
  EXPECT_EQ(take(*session, read_line(16, Sent::Again) + read_line(18)).replies, "");
}

TEST(UltraSession, TheSameNumberTwiceAsksForNothing) {
  const Connection connection("ultra");
  const auto session = connection.session();
  greet(*session);
  EXPECT_EQ(take(*session, read_line(12) + read_line(12)).replies, "");
}

TEST(UltraSession, ALogThatWasClearedIsAskedForFromItsBeginning) {
  const Connection connection("ultra");
  const auto session = connection.session();
  greet(*session);
  (void)take(*session, read_line(500));
  EXPECT_EQ(take(*session, read_line(3)).replies, by_number("1", "2"));
  EXPECT_EQ(take(*session, read_line(4)).replies, "");
  EXPECT_EQ(take(*session, read_line(1)).replies, "");
}

TEST(UltraSession, WithoutAGreetingItAsksForWhatLiesBeforeTheFirstRead) {
  Connection connection("ultra");
  EXPECT_EQ(take(*connection.session(), read_line(4)).replies, by_number("1", "3"));
  connection.last_stored = [](std::string_view device, std::string_view epoch) {
    EXPECT_EQ(device, "box 1/reader 1");
    EXPECT_EQ(epoch, "");
    return std::optional<std::uint64_t>(9);
  };
  EXPECT_EQ(take(*connection.session(), read_line(14)).replies, by_number("10", "13"));
  EXPECT_EQ(take(*connection.session(), read_line(10)).replies, "");
}

TEST(UltraSession, ARequestThatNothingFollowsIsSpeltTheOtherWayOnce) {
  const Connection connection("ultra");
  const auto session = connection.session();
  greet(*session);
  EXPECT_EQ(take(*session, "V=25.0\n").replies, "");
  EXPECT_EQ(take(*session, "V=25.0\n").replies, "8000\r0\r");
  EXPECT_EQ(take(*session, "V=25.0\nV=25.0\nV=25.0\n").replies, "");
  // Now it is understood, and stays.
  (void)take(*session, read_line(1, Sent::Again) + read_line(2));
  EXPECT_EQ(take(*session, read_line(5)).replies, by_number("3", "4", "00"));
  EXPECT_EQ(take(*session, "V=25.0\nV=25.0\nV=25.0\n").replies, "");
}

TEST(UltraSession, ReadsOfTwoBoxesAreFollowedApart) {
  const Connection connection("ultra");
  const auto session = connection.session();
  greet(*session);
  const std::string other = "0,413A46,1299939251,407,1,-8,0,1,2,1,456789,900\n";
  EXPECT_EQ(take(*session, read_line(12) + other + read_line(13)).replies, "");
}

TEST(UltraSession, ALowBatteryAndABoxThatDoesNotReadAreTrouble) {
  const Connection connection("ultra");
  const auto session = connection.session();
  (void)take(*session, "V=25.0000\n");
  EXPECT_EQ(session->state().battery_millivolts, std::optional<int>(25'000));
  EXPECT_EQ(session->state().trouble, "");
  (void)take(*session, "V=22.9999\n");
  EXPECT_EQ(session->state().battery_millivolts, std::optional<int>(22'999));
  EXPECT_NE(session->state().trouble.find("battery"), std::string::npos);
  (void)take(*session, "V=99999999999\nV=\nV=x\nS=00\n");
  EXPECT_EQ(session->state().battery_millivolts, std::optional<int>(22'999));
  EXPECT_NE(session->state().trouble.find("does not read"), std::string::npos);
}

TEST(UltraSession, ItsAnswerTellsHowFarItsClockIsAhead) {
  const Connection connection("ultra");
  const auto session = connection.session();
  (void)take(*session, "10:00:03 08-05-2026 (1)\n");  // 08:00:03Z.
  EXPECT_EQ(session->state().clock_ahead, std::optional<base::Duration>(3'000'000));
}

TEST(UltraSession, TheStartButtonIsAGunAndTheSameWhenSentAgain) {
  const Connection connection("ultra");
  const auto session = connection.session();
  const Said once = take(*session, "0,0,1299939251,407,0,0,0,1,1,1,456789,12\n");
  const Said again = take(*session, read_line(13) + "0,0,1299939251,407,0,0,1,1,1,1,456789,12\n");
  EXPECT_EQ(markers_of(once), 1u);
  EXPECT_EQ(markers_of(again), 1u);
  const auto known = identities(again.streams);
  EXPECT_TRUE(known.contains(*identities(once.streams).begin()));
}

std::string a_day() {
  std::string out = kGreeting + "S=10\r\n12:34:56 08-05-2026 (1)\r\nV=25.0000\r";
  for (std::uint64_t number = 1; number < 30; ++number) out += read_line(number);
  return out + "0,0,1299939251,407,0,0,0,1,1,1,456789,30\n" + "0,413A45,x\n" + read_line(34) +
         read_line(31, Sent::Again) + read_line(31, Sent::Again) +
         "1,413A45,812,\"2021-05-08 07:24:28.640\",1,2\r\n";
}

TEST(UltraSession, HowTheBytesAreCutUpMakesNoDifference) {
  expect_same_in_pieces(Connection("ultra"), a_day() + "0,413A45,12999392");
}

TEST(UltraSession, AConnectionGivesWhatItsFileGives) {
  expect_as_file(Connection("ultra"), a_day());
}

TEST(UltraSession, HalfALineWaitsForItsEnd) {
  const Connection connection("ultra");
  const auto session = connection.session();
  const std::string line = read_line(1);
  EXPECT_TRUE(reads_of(take(*session, line.substr(0, 20))).empty());
  const Said rest = take(*session, line.substr(20));
  EXPECT_EQ(reads_of(rest).size(), 1u);
  EXPECT_EQ(rest.through, line.size());
  EXPECT_EQ(rest.thanks, "");
}

TEST(UltraSession, RubbishCostsItselfAndALineWithoutEndEndsTheConnection) {
  const Connection connection("ultra");
  expect_survives_rubbish(connection, kGreeting + read_line(1));
  const auto session = connection.session();
  EXPECT_EQ(take(*session, std::string(UltraSession::kMostLineBytes, '0')).give_up, "");
  EXPECT_NE(take(*session, "0").give_up, "");
}

}  // namespace
}  // namespace hs::readers
