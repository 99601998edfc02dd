#include "readers/lines_session.h"

#include <gtest/gtest.h>

#include "readers/connection_test_support.h"

namespace hs::readers {
namespace {

using namespace test;

const std::string kHeader = "mat,tag,time,antenna,rssi,device,seq,epoch\n";
const std::string kRow = "pier,413A45,2026-05-08T08:00:55.160Z,2,-61,box 7,12,race\n";

Connection anybody() {
  Connection connection("csv");
  connection.source.mat.clear();
  return connection;
}

TEST(LinesSession, ReadsAreThankedForByTheNumberOfLines) {
  const Connection connection = anybody();
  const auto session = connection.session();
  EXPECT_EQ(session->opened(), "");
  const Said said = take(*session, kHeader + kRow);
  EXPECT_EQ(said.replies, "");
  EXPECT_EQ(said.thanks, "OK 2\n");
  EXPECT_EQ(said.through, kHeader.size() + kRow.size());
  ASSERT_EQ(reads_of(said).size(), 1u);
  EXPECT_EQ(said.streams[0].stream.mat, "pier");
  EXPECT_EQ(said.streams[0].stream.device, "box 7");
  EXPECT_EQ(said.streams[0].stream.clock, model::DeviceClock::Utc);
  const model::Read read = reads_of(said)[0];
  EXPECT_EQ(read.tag.view(), "413A45");
  EXPECT_EQ(read.antenna, 2);
  EXPECT_EQ(read.rssi_dbm, -61);
  EXPECT_EQ(read.device_seq, std::optional<std::uint64_t>(12));
  EXPECT_EQ(read.line, 2u);
  EXPECT_EQ(take(*session, kRow).thanks, "OK 3\n");
}

TEST(LinesSession, JsonSaysTheSame) {
  const Connection connection = anybody();
  const Said csv = take(*connection.session(), kRow);
  const Said json =
      take(*connection.session(),
           "{\"time\":\"2026-05-08T08:00:55.160Z\",\"tag\":\"413A45\",\"mat\":\"pier\","
           "\"antenna\":2,\"rssi\":-61,\"device\":\"box 7\",\"seq\":12,"
           "\"epoch\":\"race\",\"else\":{\"a\":[1]}}\r\n");
  EXPECT_EQ(identities(json.streams), identities(csv.streams));
  EXPECT_TRUE(json.bad.empty());
  EXPECT_EQ(json.thanks, "OK 1\n");
  EXPECT_EQ(reads_of(json).size(), 1u);
}

TEST(LinesSession, WithoutAHeaderTheColumnsAreTheUsualOnes) {
  const Connection connection = anybody();
  const Said said = take(*connection.session(), "pier,413A45,2026-05-08T10:00:55\n");
  ASSERT_EQ(reads_of(said).size(), 1u);
  EXPECT_EQ(said.streams[0].stream.clock, model::DeviceClock::Local);
  EXPECT_EQ(said.streams[0].stream.utc_offset, std::chrono::hours(2));
  EXPECT_EQ(said.through, 32u);
}

TEST(LinesSession, AHeaderMayPutTheColumnsInAnotherOrderAndMustThenBeKept) {
  const Connection connection = anybody();
  const auto session = connection.session();
  const Said said = take(*session, "Time;TAG;where;Mat\n2026-05-08T08:00:55Z;413A45;x;pier\n");
  ASSERT_EQ(reads_of(said).size(), 1u);
  EXPECT_EQ(said.streams[0].stream.mat, "pier");
  EXPECT_EQ(said.through, 0u);
  EXPECT_EQ(said.thanks, "OK 2\n");
}

TEST(LinesSession, TheMatOfTheSourceIsThatOfAllItSends) {
  const Connection connection("csv");
  const auto session = connection.session();
  const Said said = take(*session, kRow + ",413A46,2026-05-08T08:00:56Z\n");
  ASSERT_EQ(reads_of(said).size(), 2u);
  for (const auto& stream : said.streams) EXPECT_EQ(stream.stream.mat, "arch");
  EXPECT_EQ(session->state().locations, std::set<std::string>{"pier"});
}

TEST(LinesSession, ANumberWithoutAnEpochIsNoIdentity) {
  const Connection connection = anybody();
  const auto one = take(*connection.session(), "pier,11,2026-05-08T08:00:55Z,1,,box 7,1\n");
  const auto two = take(*connection.session(), "pier,12,2026-05-08T09:00:55Z,1,,box 7,1\n");
  EXPECT_FALSE(reads_of(one)[0].device_seq);
  EXPECT_NE(identities(one.streams), identities(two.streams));
  // Sent again with another number, since the program was started again: the same read.
  const auto again = take(*connection.session(), "pier,11,2026-05-08T08:00:55Z,1,,box 7,2\n");
  EXPECT_EQ(identities(one.streams), identities(again.streams));
}

TEST(LinesSession, ABadLineCostsItselfAndIsToldAtOnceAndThankedForToo) {
  const Connection connection = anybody();
  const auto session = connection.session();
  const Said said = take(*session, kRow + "pier,,2026-05-08T08:00:55Z\n" + "{\"tag\":[1]}\n" +
                                       "{\"tag\":\n" + "\"pier,1\n" + kRow);
  EXPECT_EQ(reads_of(said).size(), 2u);
  EXPECT_EQ(said.thanks, "OK 6\n");
  ASSERT_EQ(said.bad.size(), 4u);
  EXPECT_EQ(said.bad[0].line, 2);
  EXPECT_EQ(said.bad[0].message, "found '', expected a chip code");
  EXPECT_EQ(said.replies.substr(0, 37), "BAD 2 found '', expected a chip code\n");
  EXPECT_EQ(std::count(said.replies.begin(), said.replies.end(), '\n'), 4);
}

TEST(LinesSession, AQuestionOfAQuoteLeftOpenDoesNotSwallowTheLinesBehindIt) {
  const Connection connection = anybody();
  const Said said = take(*connection.session(), "\"pier,11,2026-05-08T08:00:55Z\n" + kRow + "\"\n");
  EXPECT_EQ(reads_of(said).size(), 1u);
  EXPECT_EQ(said.bad.size(), 2u);
}

TEST(LinesSession, HeartbeatsAreAnsweredAndSilenceIsAsked) {
  const Connection connection = anybody();
  const auto session = connection.session();
  const Said said = take(*session, "*\n*\r\n");
  EXPECT_EQ(said.replies, "*\n*\n");
  EXPECT_EQ(said.thanks, "");
  EXPECT_TRUE(session->state().is_ready);
  EXPECT_EQ(session->quiet().reply, "?\n");
  EXPECT_EQ(take(*session, kRow).thanks, "OK 3\n");
}

TEST(LinesSession, AnEpochMakesWireAndFileOne) {
  Connection connection = anybody();
  expect_as_file(connection, kHeader + kRow +
                                 "pier,413A46,2026-05-08T08:01:55Z,1,,box 7,13,race\n" +
                                 "pier,413A47,2026-05-08T10:01:55,1,,box 7,14,race\n" + "x,y\n" +
                                 "pier,413A48,2026-05-08T10:01:56,1,,box 7,,\n");
}

std::string a_day() {
  std::string out = "*\n" + kRow + kHeader + kRow + "\n" + "{\"mat\":\"pier\"}\r\n";
  for (int i = 10; i < 40; ++i) {
    out += "pier,413A" + std::to_string(i) + ",2026-05-08T08:01:" + std::to_string(i) + "Z\r\n";
  }
  return out + "\"\n\"\n,,\rtag;time;mat\n11;2026-05-08T08:00:55Z;pier\n*\npier,413A";
}

TEST(LinesSession, HowTheBytesAreCutUpMakesNoDifference) {
  expect_same_in_pieces(anybody(), a_day());
}

TEST(LinesSession, HalfALineWaitsForItsEnd) {
  const Connection connection = anybody();
  const auto session = connection.session();
  const Said half = take(*session, kRow.substr(0, 30));
  EXPECT_EQ(half.thanks, "");
  EXPECT_TRUE(half.streams.empty() && half.bad.empty());
  EXPECT_EQ(take(*session, kRow.substr(30)).thanks, "OK 1\n");
}

TEST(LinesSession, RubbishCostsItselfAndALineWithoutEndEndsTheConnection) {
  const Connection connection = anybody();
  expect_survives_rubbish(connection, kHeader + kRow +
                                          "{\"mat\":\"pier\",\"tag\":11,"
                                          "\"time\":\"2026-05-08T08:00:55Z\"}\n");
  const auto session = connection.session();
  EXPECT_EQ(take(*session, std::string(LinesSession::kMostLineBytes, ',')).give_up, "");
  EXPECT_NE(take(*session, ",").give_up, "");
}

}  // namespace
}  // namespace hs::readers
