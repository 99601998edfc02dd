#include "readers/raceresult_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "readers/session_test_support.h"

namespace hs::readers {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using test::at;
using test::told;
using test::World;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// The answer to GETSTATUS of a box in file 17, at 09:00 by its clock.
std::string status(const std::string& operation, const std::string& file = "17",
                   const std::string& errors = "0") {
  return "GETSTATUS;2021-05-08;09:00:00.000;1;11110000;" + operation + ";" + file +
         ";1;49.0,8.4;1;87;31;35;866;0;;;;;;1;1;0;0;" + errors + ";\r\n";
}

constexpr const char* kBox = "GETCONFIG;GENERAL;BOXNAME;MAT 1;D-5012\r\n";

std::string passing(int number, const std::string& tag = "33", const std::string& file = "17",
                    const std::string& time = "09:00:00.100",
                    const std::string& date = "2021-05-08") {
  return std::to_string(number) + ";" + tag + ";" + date + ";" + time +
         ";6692;12;-68;09ca52;0;;;;;;;;MAT 1;" + file + ";3;D-5012\r\n";
}

std::string pushed(int number, const std::string& tag = "33", const std::string& file = "17") {
  return "#P;" + passing(number, tag, file);
}

struct Connection {
  World world{"raceresult"};
  [[nodiscard]] RaceresultSession session() const { return RaceresultSession(world.context()); }
};

Heard take(RaceresultSession& session, std::string_view bytes) {
  return session.take(bytes, at(hours(9)));
}

/// Up to the answers of the beginning, for a box in operation with `count` passings in file 17.
std::string begin(RaceresultSession& session, int count, const std::string& operation = "1") {
  return take(session, "GETPROTOCOL;2.0;1.0;2.6\r\nSETPROTOCOL;2.6\r\n" + std::string(kBox) +
                           status(operation) + "GETTIME;2021-05-08;09:00:00.000\r\n" +
                           "SETPUSHPASSINGS;1;0\r\nPASSINGS;" + std::to_string(count) + ";17\r\n")
      .reply;
}

TEST(RaceresultSession, TheProtocolIsTheHighestThatBothKnowAndPushComesBeforeTheCount) {
  for (const auto& [offered, wanted] :
       {std::pair{"2.0;1.0;2.0", "SETPROTOCOL;2.0\r\n"},
        std::pair{"1.0;1.0;1.6", "SETPROTOCOL;1.6\r\n"},
        std::pair{"2.0;1.0;3.2", "SETPROTOCOL;2.6\r\n"},
        std::pair{"2.0;1.0;2.10", "SETPROTOCOL;2.6\r\n"}, std::pair{"x", ""}}) {
    const Connection connection;
    RaceresultSession session = connection.session();
    EXPECT_EQ(session.opened(), "GETPROTOCOL\r\n");
    EXPECT_EQ(take(session, std::string("GETPROTOCOL;") + offered + "\r\n").reply,
              std::string(wanted) +
                  "SETPUSHPREWARNS;0\r\nGETCONFIG;GENERAL;BOXNAME\r\nGETSTATUS\r\nGETTIME\r\n"
                  "SETPUSHPASSINGS;1;0\r\nPASSINGS\r\n")
        << offered;
    EXPECT_EQ(take(session, "GETPROTOCOL;2.0;1.0;2.6\r\n").reply, "") << "asked once";
  }
}

TEST(RaceresultSession, ABoxThatDoesNotKnowItsProtocolIsAskedTheRest) {
  const Connection connection;
  RaceresultSession session = connection.session();
  EXPECT_THAT(session.quiet().reply, HasSubstr("SETPUSHPASSINGS;1;0\r\nPASSINGS\r\n"));
  EXPECT_EQ(session.quiet().reply, "GETSTATUS\r\nGETTIME\r\nPASSINGS\r\n");
}

TEST(RaceresultSession, NothingThatChangesTheBoxIsEverSent) {
  const Connection connection;
  for (const char* operation : {"0", "1"}) {
    RaceresultSession session = connection.session();
    std::string sent = session.opened() + begin(session, 250, operation);
    for (int i = 0; i < 5; ++i) sent += session.quiet().reply;
    sent += take(session, pushed(400) + pushed(7, "34", "19") + "STOPOPERATION;OK\r\n\r\n").reply;
    for (const char* word : {"STARTOPERATION", "STOPOPERATION", "SETTIME", "CLEARFILES"}) {
      EXPECT_EQ(sent.find(word), std::string::npos) << word;
    }
  }
}

TEST(RaceresultSession, WhatTheLogLacksIsFetchedInBlocks) {
  Connection connection;
  connection.world.stored[{"D-5012", "file 17"}] = 40;
  connection.world.stored[{"D-5012", "file 16"}] = 400;
  RaceresultSession session = connection.session();
  EXPECT_THAT(begin(session, 190), testing::EndsWith("PASSINGS\r\n41:100\r\n"));
  std::string block;
  for (int number = 41; number <= 140; ++number) block += passing(number);
  EXPECT_EQ(take(session, block).reply, "");
  EXPECT_EQ(take(session, "\r\n").reply, "141:50\r\n");
  block.clear();
  for (int number = 141; number <= 190; ++number) block += passing(number);
  EXPECT_EQ(take(session, block + "\r\n" + pushed(191)).reply, "");
}

TEST(RaceresultSession, AReadIsKnownByBoxFileAndNumber) {
  const Connection connection;
  RaceresultSession session = connection.session();
  (void)begin(session, 0);
  EXPECT_THAT(told(take(session, pushed(1) + pushed(2, "99999"))).reads,
              ElementsAre("D-5012/file 17/MAT 1 1 6692-33 2021-05-08T09:00:00.1Z",
                          "D-5012/file 17/MAT 1 gun 3 2021-05-08T09:00:00.1Z"));
  EXPECT_EQ(session.state().locations, (std::set<std::string>{"MAT 1"}));
}

TEST(RaceresultSession, AGapInWhatIsPushedIsFetched) {
  const Connection connection;
  RaceresultSession session = connection.session();
  (void)begin(session, 0);
  EXPECT_EQ(take(session, pushed(1)).reply, "");
  EXPECT_EQ(take(session, pushed(4)).reply, "2:3\r\n");
  EXPECT_EQ(take(session, passing(2) + passing(3) + passing(4) + "\r\n").reply, "");
}

TEST(RaceresultSession, WhatTheBoxDoesNotHaveIsSaidAndNotAskedForForEver) {
  const Connection connection;
  RaceresultSession session = connection.session();
  (void)begin(session, 0);
  EXPECT_EQ(take(session, pushed(3)).reply, "1:3\r\n");
  EXPECT_EQ(take(session, passing(3) + "\r\n").reply, "3:1\r\n");
  EXPECT_EQ(take(session, passing(3) + "\r\n").reply, "");
  EXPECT_EQ(session.state().trouble, "2 passings of file 17 are not to be had from the box");
  EXPECT_EQ(take(session, pushed(6)).reply, "4:3\r\n");
  EXPECT_EQ(take(session, "ONLY 3 PASSINGS\r\n").reply, "");
}

TEST(RaceresultSession, ABoxInTestModeIsSaidAndItsNumbersNameNothing) {
  const Connection connection;
  RaceresultSession session = connection.session();
  (void)begin(session, 5, "0");
  EXPECT_EQ(session.state().trouble,
            "the box is in test mode and stores nothing: start the operation on it");
  const Heard test = take(session, pushed(1, "40"));
  EXPECT_THAT(told(test).reads, ElementsAre("D-5012//MAT 1 - 6692-40 2021-05-08T09:00:00.1Z"));
  EXPECT_EQ(test.reply, "GETSTATUS\r\n") << "the operation may have begun";
  EXPECT_EQ(take(session, status("1")).reply, "PASSINGS\r\n");
  EXPECT_EQ(take(session, "PASSINGS;1;17\r\n").reply, "1:1\r\n");
  EXPECT_THAT(told(take(session, passing(1, "41") + "\r\n")).reads,
              ElementsAre("D-5012/file 17/MAT 1 1 6692-41 2021-05-08T09:00:00.1Z"));
  EXPECT_EQ(session.state().trouble, "");
}

TEST(RaceresultSession, AnotherFileBeginsAnewFromWhatTheLogHasOfIt) {
  const Connection connection;
  RaceresultSession session = connection.session();
  (void)begin(session, 0);
  (void)take(session, pushed(1) + pushed(2));
  // The push says it first; until the box confirms it the number names nothing.
  const Heard first = take(session, pushed(1, "50", "18"));
  EXPECT_EQ(first.reply, "GETSTATUS\r\n");
  EXPECT_THAT(told(first).reads, ElementsAre("D-5012//MAT 1 - 6692-50 2021-05-08T09:00:00.1Z"));
  EXPECT_EQ(take(session, status("1", "18")).reply, "PASSINGS\r\n");
  EXPECT_EQ(take(session, "PASSINGS;1;18\r\n").reply, "1:1\r\n");
  EXPECT_THAT(told(take(session, passing(1, "50", "18") + "\r\n")).reads,
              ElementsAre("D-5012/file 18/MAT 1 1 6692-50 2021-05-08T09:00:00.1Z"));
  EXPECT_EQ(session.state().trouble, "");
}

TEST(RaceresultSession, AFileThatEndedBeforeItWasFetchedIsSaid) {
  const Connection connection;
  RaceresultSession session = connection.session();
  (void)begin(session, 30);
  (void)take(session, passing(1) + passing(2));
  (void)take(session, "PASSINGS;0;18\r\n");
  EXPECT_EQ(session.state().trouble,
            "file 17 ended before all of it was fetched, from passing 3 on: read it from the box");
}

TEST(RaceresultSession, ABoxWithLessThanTheLogIsFetchedFromTheFirstAndSaid) {
  Connection connection;
  connection.world.stored[{"D-5012", "file 17"}] = 40;
  RaceresultSession session = connection.session();
  EXPECT_THAT(begin(session, 5), testing::EndsWith("1:5\r\n"));
  EXPECT_THAT(session.state().trouble, HasSubstr("fewer passings (5) than the log"));
}

TEST(RaceresultSession, TheQuietIsUsedToAskHowTheBoxIsAndFindsALostPush) {
  const Connection connection;
  RaceresultSession session = connection.session();
  (void)begin(session, 0);
  EXPECT_EQ(session.quiet().reply, "GETSTATUS\r\nGETTIME\r\nPASSINGS\r\n");
  EXPECT_EQ(take(session, "PASSINGS;2;17\r\n").reply, "1:2\r\n");
  (void)session.quiet();
  EXPECT_EQ(take(session, "PASSINGS;2;17\r\n").reply, "1:2\r\n") << "it was not answered";
}

TEST(RaceresultSession, NameBatteryClockAndFaultsAreInTheState) {
  const Connection connection;
  RaceresultSession session = connection.session();
  (void)begin(session, 0);
  EXPECT_EQ(session.state().name, "MAT 1");
  EXPECT_EQ(session.state().battery_percent, 87);
  EXPECT_EQ(session.state().clock_ahead, base::Duration(0));
  EXPECT_EQ(session.state().trouble, "");
  (void)take(session, "GETTIME;2021-05-08;09:00:01.520\r\n" + status("1", "17", "257"));
  EXPECT_EQ(session.state().clock_ahead, base::Duration(0)) << "the status came last";
  (void)take(session, "GETTIME;2021-05-08;09:00:01.520\r\n");
  EXPECT_EQ(session.state().clock_ahead, milliseconds(1520));
  EXPECT_EQ(session.state().trouble,
            "the UHF reader reports an error; the time is not in step with GPS");
}

TEST(RaceresultSession, TheClockIsComparedOnTheDialOfTheSource) {
  Connection connection;
  connection.world.source.clock = model::DeviceClock::Utc;
  RaceresultSession utc = connection.session();
  (void)take(utc, "GETTIME;2021-05-08;07:00:00.000\r\n");
  EXPECT_EQ(utc.state().clock_ahead, base::Duration(0));
  connection.world.source.clock = model::DeviceClock::Fixed;
  connection.world.source.fixed_offset = hours(3);
  RaceresultSession fixed = connection.session();
  (void)take(fixed, "GETTIME;2021-05-08;10:00:02.000\r\n");
  EXPECT_EQ(fixed.state().clock_ahead, seconds(2));
  connection.world.source.clock = model::DeviceClock::Free;
  RaceresultSession free = connection.session();
  (void)take(free, "GETTIME;0000-00-00;00:02:12.942\r\n");
  EXPECT_EQ(free.state().clock_ahead, std::nullopt);
}

TEST(RaceresultSession, ABoxThatCountsDaysIsHeldToTheEventsDayAndThatIsSaid) {
  const Connection connection;
  RaceresultSession session = connection.session();
  (void)begin(session, 0);
  const auto reads =
      told(take(session, "#P;" + passing(1, "33", "17", "23:59:59.900", "0000-00-00") + "#P;" +
                             passing(2, "33", "17", "00:00:00.100", "0000-00-01")))
          .reads;
  EXPECT_THAT(reads, ElementsAre("D-5012/file 17/MAT 1 1 6692-33 2021-05-08T23:59:59.9Z",
                                 "D-5012/file 17/MAT 1 2 6692-33 2021-05-09T00:00:00.1Z"));
  EXPECT_EQ(session.state().trouble,
            "the box counts days instead of saying a date: its day 0 is taken as 2021-05-08");
  // Started the evening before, it is a day ahead, and the clock says so.
  (void)take(session, "GETTIME;0000-00-01;09:00:00.000\r\n");
  EXPECT_EQ(session.state().clock_ahead, hours(24));
}

TEST(RaceresultSession, OldBoxesWithoutStatusAndFileAreFetchedFromTheFirst) {
  const Connection connection;
  RaceresultSession session = connection.session();
  EXPECT_THAT(take(session, "GETPROTOCOL;1.0;1.0;1.2\r\nPASSINGS;1\r\n").reply,
              testing::EndsWith("PASSINGS\r\n1:1\r\n"));
  EXPECT_THAT(told(take(session, "1;33;0000-00-00;09:00:02.773;6692;12;-68;09ca52\r\n\r\n")).reads,
              ElementsAre("raceresult//raceresult - 6692-33 2021-05-08T09:00:02.773Z"));
}

TEST(RaceresultSession, RubbishIsPassedOverAndALineWithoutEndEndsTheConnection) {
  const Connection connection;
  RaceresultSession session = connection.session();
  const Heard rubbish = take(session, ";;;\r\n\x01\xff\r\nGETSTATUS\r\nGETSTATUS;;;;;;;\r\n" +
                                          std::string(3, '\0') + "\r\nPASSINGS;-1;x\r\n#Q;1\r\n");
  EXPECT_EQ(rubbish.reply, "");
  EXPECT_THAT(rubbish.deliveries, IsEmpty());
  const auto bad = told(take(session, "1;2\r\n#P;\r\n999999999999999999999;3;4;5;6;7\r\n"));
  EXPECT_EQ(bad.bad, 3u);
  const std::string endless(RaceresultSession::kMostLineBytes, '1');
  EXPECT_EQ(take(session, endless).give_up, "");
  EXPECT_NE(take(session, "1").give_up, "");
}

std::string long_text() {
  return "GETPROTOCOL;2.0;1.0;2.6\r\n" + std::string(kBox) + status("1") + "PASSINGS;3;17\r\n" +
         passing(1) + passing(2, "34") + pushed(4, "36") + passing(3, "35") + "\r\n" +
         pushed(4, "36") + pushed(5, "99999") + "1;bad\r\n" + pushed(9, "37") + "#P;10;3";
}

TEST(RaceresultSession, HowTheBytesAreCutUpMakesNoDifference) {
  const Connection connection;
  const std::string text = long_text();
  RaceresultSession whole_session = connection.session();
  auto whole = test::take_in_pieces(whole_session, text, text.size(), at(hours(9)));
  EXPECT_EQ(whole.reads.size(), 7u);
  EXPECT_EQ(whole.bad, 1u);
  EXPECT_EQ(whole.through, text.size() - 8) << "up to the CR of the last whole line";
  std::sort(whole.reads.begin(), whole.reads.end());
  for (std::size_t piece = 1; piece < 120; ++piece) {
    RaceresultSession session = connection.session();
    auto cut = test::take_in_pieces(session, text, piece, at(hours(9)));
    std::sort(cut.reads.begin(), cut.reads.end());
    EXPECT_EQ(cut.replies, whole.replies) << piece;
    EXPECT_EQ(cut.reads, whole.reads) << piece;
    EXPECT_EQ(cut.bad, whole.bad) << piece;
  }
}

TEST(RaceresultSession, ARecordedConnectionGivesWhatItsFileGives) {
  const Connection connection;
  RaceresultSession session = connection.session();
  const std::string text = long_text();
  const auto live = told(take(session, text)).reads;
  EXPECT_EQ(live, test::reads_of_file(connection.world, text));
}

}  // namespace
}  // namespace hs::readers
