#include "readers/chronotrack_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "readers/session_test_support.h"

namespace hs::readers {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::at;
using test::told;
using test::World;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kGreeting = "SimpleClient~0.5.0~CTP01\r\n";
constexpr const char* kAnswers =
    "ack~getconnectionid~b617\r\n"
    "ack~getlocations~Start~Finish\r\n";
constexpr const char* kReads =
    "CT01_33~4~Start~guntime~2021-05-08T08:00:55.16~0~DF239A~0\r\n"
    "CT01_33~5~Start~50101~2021-05-08T08:00:58.90~1~117F37~8\r\n"
    "CT01_13~1~Finish~50101~2021-05-08T09:30:58.91~1~117F38~2\r\n";

struct Connection {
  World world{"chronotrack"};
  [[nodiscard]] ChronotrackSession session() const { return ChronotrackSession(world.context()); }
};

Heard take(ChronotrackSession& session, std::string_view bytes) {
  return session.take(bytes, at(hours(9)));
}

TEST(ChronotrackSession, AGreetingIsAnsweredWithAsManyWishesAsItSaysAndAQuestion) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  EXPECT_EQ(session.opened(), "");
  const Heard heard = take(session, kGreeting);
  EXPECT_EQ(heard.reply,
            "Homestretch~1~7\r\nstream-mode=push\r\npushmode-ack=false\r\ntime-format=iso\r\n"
            "location=multi\r\nguntimes=true\r\nnewlocations=true\r\nconnection-id=true\r\n"
            "getconnectionid\r\n");
  EXPECT_EQ(session.state().name, "SimpleClient");
  EXPECT_FALSE(session.state().is_ready);
}

TEST(ChronotrackSession, EveryLocationIsAskedForFromTheFirstReadThatTheLogLacks) {
  Connection connection;
  connection.world.stored[{"Finish", "b617"}] = 4530;
  connection.world.stored[{"Start", "older"}] = 99;
  ChronotrackSession session = connection.session();
  (void)take(session, kGreeting);
  EXPECT_EQ(take(session, "ack~getconnectionid~b617\r\n").reply, "getlocations\r\n");
  EXPECT_EQ(take(session, "ack~getlocations~Start~Finish\r\n").reply,
            "start~Start~1\r\nstart~Finish~4531\r\n");
  EXPECT_TRUE(session.state().is_ready);
  EXPECT_EQ(session.state().locations, (std::set<std::string>{"Start", "Finish"}));
}

TEST(ChronotrackSession, ReadsAndGunsAreDeliveredWithNothingToThankFor) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  (void)take(session, std::string(kGreeting) + kAnswers);
  const Heard heard = take(session, kReads);
  EXPECT_THAT(told(heard).reads, ElementsAre("Start/b617/Start 5 50101 2021-05-08T08:00:58.9Z",
                                             "Start/b617/Start gun 5 2021-05-08T08:00:55.16Z",
                                             "Finish/b617/Finish 1 50101 2021-05-08T09:30:58.91Z"));
  ASSERT_EQ(heard.deliveries.size(), 1u);
  EXPECT_EQ(heard.deliveries[0].acknowledge, "");
  EXPECT_EQ(heard.reply, "");
}

TEST(ChronotrackSession, ANewLocationIsLookedUpAndStarted) {
  Connection connection;
  ChronotrackSession session = connection.session();
  (void)take(session, std::string(kGreeting) + kAnswers);
  EXPECT_EQ(take(session, "CT01_33~7~30k~newlocation~2021-05-08T09:15:21.00~0~ED932A~0\r\n").reply,
            "getlocations\r\n");
  EXPECT_EQ(take(session, "ack~getlocations~Start~Finish~30k\r\n").reply, "start~30k~1\r\n");
  // The same one again: its box was connected anew.
  connection.world.stored[{"30k", "b617"}] = 12;
  (void)take(session, "CT01_33~13~30k~newlocation~2021-05-08T09:25:21.00~0~ED932A~0\r\n");
  EXPECT_EQ(take(session, "ack~getlocations~Start~Finish~30k\r\n").reply, "start~30k~13\r\n");
}

TEST(ChronotrackSession, WithoutAConnectionIdAllIsAskedForAndKnownByChipAndTime) {
  Connection connection;
  connection.world.stored[{"Start", ""}] = 7;
  ChronotrackSession session = connection.session();
  (void)take(session, kGreeting);
  EXPECT_EQ(take(session, "err~getconnectionid~unknown command\r\n").reply, "getlocations\r\n");
  EXPECT_EQ(take(session, "ack~getlocations~Start\r\n").reply, "start~Start~1\r\n");
  EXPECT_THAT(told(take(session, "CT01_33~5~Start~501~2021-05-08T08:00:58.90~1~11~8\r\n")).reads,
              ElementsAre("Start//Start - 501 2021-05-08T08:00:58.9Z"));
}

TEST(ChronotrackSession, WhoKnowsNoneOfTheQuestionsIsAskedToStart) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  (void)take(session, kGreeting);
  EXPECT_EQ(session.quiet().reply, "ping\r\ngetlocations\r\n");
  EXPECT_EQ(session.quiet().reply, "ping\r\nstart\r\n");
  EXPECT_EQ(session.quiet().reply, "ping\r\n");
}

TEST(ChronotrackSession, AStartThatIsRefusedIsAskedForOnceWithoutANumberAndThenSaid) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  (void)take(session, std::string(kGreeting) + kAnswers);
  EXPECT_EQ(take(session, "err~start~no resume\r\nerr~start~no resume\r\n").reply, "start\r\n");
  EXPECT_EQ(session.state().trouble, "the source refuses 'start': no resume");
}

TEST(ChronotrackSession, ARefusedWishIsSaidOnlyWhereItCostsReads) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  (void)take(session, kGreeting);
  EXPECT_EQ(take(session, "err~location~unknown\r\nerr~time-format~no\r\n").reply, "");
  EXPECT_EQ(session.state().trouble, "");
  (void)take(session, "err~stream-mode~pull only\r\n");
  EXPECT_EQ(session.state().trouble, "the source refuses 'stream-mode': pull only");
}

TEST(ChronotrackSession, ASilentSourceGetsOurGreetingAfterTwoSeconds) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  EXPECT_EQ(session.quiet_after(), std::chrono::seconds(2));
  EXPECT_EQ(session.quiet().reply, "Homestretch~1~CTP01\r\n");
  EXPECT_EQ(session.quiet_after(), std::chrono::seconds(10));
  // One that answers with its own wishes and asks to start, as some do it.
  EXPECT_EQ(take(session, "PointCam~1.0.0~2\r\nstream-mode=push\r\ntime-format=normal\r\n").reply,
            "getconnectionid\r\n");
  EXPECT_EQ(take(session, "start~finish\r\nping\r\n").reply, "ack~start~finish\r\nack~ping\r\n");
}

TEST(ChronotrackSession, ASilentSourceThatGreetsLateIsAnsweredAsEver) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  (void)session.quiet();
  EXPECT_THAT(take(session, kGreeting).reply, HasSubstr("Homestretch~1~7\r\nstream-mode=push"));
}

TEST(ChronotrackSession, TimesWithoutADateAreOfTheDayThatItIsAndAreSaid) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  (void)take(session, std::string(kGreeting) + kAnswers);
  const auto before =
      told(session.take("CT01_33~1~Start~7~23:59:59.90~0~X~1\r\n", at(hours(24) - minutes(0))));
  EXPECT_THAT(before.reads, ElementsAre("Start/b617/Start 1 7 2021-05-08T23:59:59.9Z"));
  // The first of a connection that begins behind midnight, one of before and one in milliseconds.
  ChronotrackSession after = connection.session();
  (void)take(after, std::string(kGreeting) + kAnswers);
  EXPECT_THAT(told(after.take("CT01_33~2~Start~8~00:10:00.00~0~X~1\r\n"
                              "CT01_33~3~Start~8~23:50:00.00~0~X~1\r\n"
                              "CT01_33~4~Start~9~660000~0~X~1\r\n",
                              at(hours(24) + minutes(11))))
                  .reads,
              ElementsAre("Start/b617/Start 2 8 2021-05-09T00:10:00Z",
                          "Start/b617/Start 3 8 2021-05-08T23:50:00Z",
                          "Start/b617/Start 4 9 2021-05-09T00:11:00Z"));
  EXPECT_THAT(after.state().trouble, HasSubstr("without a date"));
}

TEST(ChronotrackSession, PlayedAgainYearsLaterTimesWithoutADateAreOfTheEventsDay) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  EXPECT_THAT(
      told(session.take("CT01_33~1~Start~7~08:00:00.00~0~X~1\r\n", at(hours(90'000)))).reads,
      ElementsAre("Start//Start - 7 2021-05-08T08:00:00Z"));
}

TEST(ChronotrackSession, ABadLineCostsItselfAlsoAloneInItsPiece) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  const auto alone = told(take(session, "CT01_33~1~Start~7~yesterday~0~X~1\r\n"));
  EXPECT_EQ(alone.bad, 1u);
  const auto among = told(take(session, std::string("CT01_33~~\r\nTO~1~2~3\r\n") + kReads));
  EXPECT_EQ(among.bad, 2u);
  EXPECT_EQ(among.reads.size(), 3u);
}

TEST(ChronotrackSession, RubbishIsPassedOverAndALineWithoutEndEndsTheConnection) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  const Heard rubbish = take(session, "~~~\r\n\x01\xff\r\nGET / HTTP/1.1\r\n\n\n" +
                                          std::string(3, '\0') + "\r\n~CTP01\r\n");
  EXPECT_EQ(rubbish.reply, "");
  EXPECT_THAT(rubbish.deliveries, IsEmpty());
  EXPECT_EQ(rubbish.give_up, "");
  const std::string endless(ChronotrackSession::kMostLineBytes, 'x');
  EXPECT_EQ(take(session, endless).give_up, "");
  EXPECT_NE(take(session, "x").give_up, "");
}

TEST(ChronotrackSession, ManyLocationsAreReadButNotAllAskedFor) {
  const Connection connection;
  ChronotrackSession session = connection.session();
  std::string answer = "ack~getlocations";
  for (int i = 0; i < 2000; ++i) answer += "~L" + std::to_string(i);
  (void)take(session, kGreeting);
  const std::string reply = take(session, answer + "\r\n").reply;
  EXPECT_EQ(static_cast<std::size_t>(std::count(reply.begin(), reply.end(), '\n')),
            ChronotrackSession::kMostLocations);
  EXPECT_EQ(session.state().locations.size(), ChronotrackSession::kMostLocations);
  EXPECT_EQ(told(take(session, "CT01_33~1~M1~7~2021-05-08T09:00:00.00~0~X~1\r\n")).reads.size(),
            1u);
}

TEST(ChronotrackSession, HowTheBytesAreCutUpMakesNoDifference) {
  const Connection connection;
  // With a read sent twice and half a line at the end.
  const std::string text =
      std::string(kGreeting) + kAnswers + "ack~ping\r\n" + kReads + kReads + "CT01_33~9~Start~5";
  ChronotrackSession whole_session = connection.session();
  const auto whole = test::take_in_pieces(whole_session, text, text.size(), at(hours(9)));
  EXPECT_EQ(whole.reads.size(), 6u);
  EXPECT_EQ(whole.through, text.size() - 18) << "up to the CR of the last whole line";
  for (std::size_t piece = 1; piece < 80; ++piece) {
    ChronotrackSession session = connection.session();
    auto cut = test::take_in_pieces(session, text, piece, at(hours(9)));
    // One piece names a stream once, so that its guns come behind its reads.
    std::sort(cut.reads.begin(), cut.reads.end());
    auto sorted = whole;
    std::sort(sorted.reads.begin(), sorted.reads.end());
    EXPECT_EQ(cut.replies, sorted.replies) << piece;
    EXPECT_EQ(cut.reads, sorted.reads) << piece;
    EXPECT_EQ(cut.bad + cut.give_up.size(), 0u) << piece;
  }
}

TEST(ChronotrackSession, ARecordedConnectionGivesWhatItsFileGives) {
  const Connection connection;
  const std::string text = std::string(kGreeting) + kAnswers + kReads;
  ChronotrackSession session = connection.session();
  EXPECT_EQ(told(take(session, text)).reads, test::reads_of_file(connection.world, text));
}

}  // namespace
}  // namespace hs::readers
