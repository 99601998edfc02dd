#include "readers/llrp_session.h"

#include <gtest/gtest.h>

#include "readers/connection_test_support.h"
#include "readers/llrp_message.h"

namespace hs::readers {
namespace {

using namespace test;

std::string bytes_of(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return out;
}

std::string big_endian(std::uint64_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>((value >> (8 * i)) & 0xff);
  return out;
}

std::string message(std::uint16_t type, std::string_view body, std::uint32_t id = 0) {
  return big_endian(0x0400u | type, 2) + big_endian(10 + body.size(), 4) + big_endian(id, 4) +
         std::string(body);
}

std::string tlv(std::uint16_t type, std::string_view body) {
  return big_endian(type, 2) + big_endian(4 + body.size(), 2) + std::string(body);
}

std::string status(std::uint16_t code, std::string_view words = {}) {
  return tlv(287, big_endian(code, 2) + big_endian(words.size(), 2) + std::string(words));
}

/// What a reader says when a connection stands, at a time of its UTC clock.
std::string connected(base::RaceTime at = kReceived, std::uint16_t attempt = 0) {
  const auto micros = static_cast<std::uint64_t>(at.time_since_epoch().count());
  return message(63, tlv(246, tlv(128, big_endian(micros, 8)) + tlv(256, big_endian(attempt, 2))));
}

/// The same of a reader that knows only how long it has been on.
std::string connected_without_clock(std::uint64_t uptime) {
  return message(63, tlv(246, tlv(129, big_endian(uptime, 8)) + tlv(256, big_endian(0, 2))));
}

/// "I am 001625FFFF1125D6".
const std::string kIdentity = message(12, status(0) + tlv(218, bytes_of("000008001625ffff1125d6")));

std::string rospecs(std::uint32_t id, std::uint8_t state) {
  return message(36,
                 status(0) + tlv(177, big_endian(id, 4) + big_endian(0, 1) + big_endian(state, 1)));
}

/// One tag of the reader above.
std::string tag(std::string_view epc, std::uint64_t micros, std::uint8_t time_type = 2) {
  return tlv(240, bytes_of("8d" + std::string(epc)) +
                      bytes_of("89ff1125d6"
                               "810002"
                               "86c9") +
                      big_endian(0x80u | time_type, 1) + big_endian(micros, 8));
}

constexpr const char* kEpc = "3000abcdef00000000000003";
constexpr std::uint64_t kSeen = 1'778'227'255'160'000;  ///< 2026-05-08T08:00:55.160Z

/// What is in a text of messages, by type.
std::vector<int> types_of(std::string_view bytes) {
  std::vector<int> out;
  while (const auto head = formats::llrp::read_head(bytes)) {
    out.push_back(head->type);
    bytes.remove_prefix(std::min<std::size_t>(head->length, bytes.size()));
  }
  EXPECT_TRUE(bytes.empty());
  return out;
}

using Types = std::vector<int>;

TEST(LlrpMessage, WhatIsSentIsWhatTheStandardSays) {
  EXPECT_EQ(llrp::get_identification(1), bytes_of("04020000001100000001"
                                                  "0000"
                                                  "01"
                                                  "0000"
                                                  "0000"));
  EXPECT_EQ(llrp::get_rospecs(2), bytes_of("041a0000000a00000002"));
  EXPECT_EQ(llrp::delete_rospec(3, 0), bytes_of("04150000000e00000003"
                                                "00000000"));
  EXPECT_EQ(llrp::enable_rospec(4, 9), bytes_of("04180000000e00000004"
                                                "00000009"));
  EXPECT_EQ(llrp::start_rospec(5, 9), bytes_of("04160000000e00000005"
                                               "00000009"));
  EXPECT_EQ(llrp::enable_events_and_reports(6), bytes_of("04400000000a00000006"));
  EXPECT_EQ(llrp::keepalive_ack(7), bytes_of("04480000000a00000007"));
  EXPECT_EQ(llrp::set_reader_config(8, 10'000), bytes_of("04030000003200000008"
                                                         "00"
                                                         "00f40019"
                                                         "00f50007000380"
                                                         "00f50007000480"
                                                         "00f50007000880"
                                                         "00dc0009"
                                                         "0100002710"
                                                         "00e20005"
                                                         "80"));
  EXPECT_EQ(llrp::add_rospec(9, 0x1125d6), bytes_of("04140000004b00000009"
                                                    "00b10041"
                                                    "001125d6"
                                                    "00"
                                                    "00"
                                                    "00b20012"
                                                    "00b3000500"
                                                    "00b600090000000000"
                                                    "00b70018"
                                                    "0001"
                                                    "0000"
                                                    "00b800090000000000"
                                                    "00ba0007000101"
                                                    "00ed000d"
                                                    "01"
                                                    "0001"
                                                    "00ee00069780"));
}

TEST(LlrpSession, ANewReaderIsToldWhatToReadOneCommandAfterTheOther) {
  const Connection connection("llrp");
  const auto session = connection.session();
  EXPECT_EQ(session->opened(), "");
  EXPECT_EQ(types_of(take(*session, connected()).replies), Types{2});
  EXPECT_EQ(types_of(take(*session, kIdentity).replies), Types{26});
  EXPECT_EQ(types_of(take(*session, message(36, status(0))).replies), Types{3});
  EXPECT_EQ(types_of(take(*session, message(13, status(0))).replies), Types{21});
  const Said added = take(*session, message(31, status(0)));
  EXPECT_EQ(types_of(added.replies), Types{20});
  EXPECT_NE(added.replies.find(bytes_of("ff1125d6")), std::string::npos);
  EXPECT_EQ(types_of(take(*session, message(30, status(0))).replies), Types{24});
  EXPECT_FALSE(session->state().is_ready);
  EXPECT_EQ(types_of(take(*session, message(34, status(0))).replies), Types{22});
  EXPECT_EQ(types_of(take(*session, message(32, status(0))).replies), Types{64});
  EXPECT_TRUE(session->state().is_ready);
  EXPECT_EQ(session->state().name, "reader 001625FFFF1125D6");
  EXPECT_EQ(session->state().trouble, "");
}

TEST(LlrpSession, AReaderThatStillReadsForUsIsLeftAloneAndGivesWhatItHeld) {
  const Connection connection("llrp");
  const auto session = connection.session();
  const Said said =
      take(*session, connected() + kIdentity + rospecs(0xff1125d6, 2) + message(13, status(0)));
  EXPECT_EQ(types_of(said.replies), (Types{2, 26, 3, 64}));
  EXPECT_TRUE(session->state().is_ready);
  // Another's, or one that stands still, is replaced.
  for (const std::string& other : {rospecs(77, 2), rospecs(0xff1125d6, 1)}) {
    const Said replaced =
        take(*connection.session(), connected() + kIdentity + other + message(13, status(0)));
    EXPECT_EQ(types_of(replaced.replies), (Types{2, 26, 3, 64, 21}));
  }
}

TEST(LlrpSession, AReaderThatAnswersNoQuestionsIsSetUpAllTheSame) {
  const Connection connection("llrp");
  const auto session = connection.session();
  std::string bytes = connected() + message(100, status(109, "unsupported message"), 1) +
                      message(100, status(109, "unsupported message"), 2);
  for (const std::uint16_t type : std::vector<std::uint16_t>{13, 31, 30, 34, 32}) {
    bytes += message(type, "");
  }
  EXPECT_EQ(types_of(take(*session, bytes).replies), (Types{2, 26, 3, 21, 20, 24, 22, 64}));
}

TEST(LlrpSession, AnAnswerThatDoesNotComeHoldsUpNothingForLong) {
  const Connection connection("llrp");
  const auto session = connection.session();
  EXPECT_EQ(types_of(session->quiet().reply), Types{2});
  EXPECT_EQ(types_of(session->quiet().reply), Types{26});
  EXPECT_EQ(types_of(session->quiet().reply), Types{3});
  EXPECT_EQ(types_of(session->quiet().reply), Types{21});
  EXPECT_EQ(types_of(session->quiet().reply), Types{20});
  EXPECT_EQ(types_of(session->quiet().reply), Types{24});
  EXPECT_EQ(types_of(session->quiet().reply), Types{22});
  EXPECT_EQ(types_of(session->quiet().reply), Types{64});
  EXPECT_EQ(types_of(session->quiet().reply), Types{2});
}

TEST(LlrpSession, ARefusedCommandIsTroubleInTheReadersWords) {
  const Connection connection("llrp");
  const auto session = connection.session();
  (void)take(*session, connected() + kIdentity + message(36, status(0)) + message(13, status(0)) +
                           message(31, status(0)));
  const Said said = take(*session, message(30, status(101, "too many\x01 antennas")));
  EXPECT_EQ(types_of(said.replies), Types{24});
  EXPECT_EQ(session->state().trouble,
            "the reader refused ADD_ROSPEC: too many\\x01 antennas (status 101)");
}

TEST(LlrpSession, AnErrorCountsAsTheAnswerToTheMessageItNames) {
  const Connection connection("llrp");
  const auto session = connection.session();
  (void)take(*session, connected() + kIdentity + message(36, status(0)));
  EXPECT_EQ(take(*session, message(100, status(100, "no"), 2)).replies, "");
  EXPECT_EQ(types_of(take(*session, message(100, status(100, "no"), 3)).replies), Types{21});
  EXPECT_NE(session->state().trouble.find("no (status 100)"), std::string::npos);
}

TEST(LlrpSession, AReaderThatSomebodyElseHasEndsTheConnection) {
  const Connection connection("llrp");
  for (const std::uint16_t attempt : std::vector<std::uint16_t>{1, 2, 3, 4, 99}) {
    const auto session = connection.session();
    const Said said = take(*session, connected(kReceived, attempt));
    EXPECT_NE(said.give_up, "") << attempt;
    EXPECT_EQ(said.replies, "");
  }
  EXPECT_NE(take(*connection.session(), message(63, tlv(246, tlv(257, "")))).give_up, "");
  EXPECT_NE(take(*connection.session(), message(4, status(0))).give_up, "");
}

TEST(LlrpSession, KeepalivesAreAnsweredWithTheirNumber) {
  const Connection connection("llrp");
  EXPECT_EQ(take(*connection.session(), message(62, "", 0xabcd)).replies,
            bytes_of("04480000000a0000abcd"));
}

TEST(LlrpSession, TagsAreReadByUtcWhateverTheSourcesClock) {
  const Connection connection("llrp");
  const auto session = connection.session();
  const std::string report = message(61, tag(kEpc, kSeen) + tag(kEpc, kSeen + 5));
  const Said said = take(*session, report);
  ASSERT_EQ(reads_of(said).size(), 2u);
  ASSERT_EQ(said.streams.size(), 1u);
  EXPECT_EQ(said.streams[0].stream.device, "reader FF1125D6");
  EXPECT_EQ(said.streams[0].stream.clock, model::DeviceClock::Utc);
  EXPECT_EQ(said.streams[0].stream.mat, "arch");
  const model::Read read = reads_of(said)[0];
  EXPECT_EQ(read.tag.view(), "3000ABCDEF00000000000003");
  EXPECT_EQ(read.antenna, 2);
  EXPECT_EQ(read.rssi_dbm, -55);
  EXPECT_EQ(read.time.time_since_epoch().count(), static_cast<std::int64_t>(kSeen));
  EXPECT_EQ(said.through, report.size());
}

TEST(LlrpSession, TheBeginningTellsHowFarItsClockIsAhead) {
  const Connection connection("llrp");
  const auto session = connection.session();
  (void)take(*session, connected(kReceived + std::chrono::milliseconds(1'500)));
  EXPECT_EQ(session->state().clock_ahead, std::optional<base::Duration>(1'500'000));
}

TEST(LlrpSession, AReaderWithoutAClockCountsFromTheBeginningOfTheConnection) {
  const Connection connection("llrp");
  const auto session = connection.session();
  constexpr std::uint64_t kUptime = 90'000'000;
  constexpr std::uint8_t kFirstSeenUptime = 3;
  const std::string bytes = connected_without_clock(kUptime) +
                            message(61, tag(kEpc, kUptime + 7'000'000, kFirstSeenUptime));
  const Said said = take(*session, bytes);
  ASSERT_EQ(reads_of(said).size(), 1u);
  const model::Stream& stream = said.streams[0].stream;
  const auto utc = reads_of(said)[0].time.time_since_epoch() + stream.offset;
  EXPECT_EQ(stream.clock, model::DeviceClock::Utc);
  EXPECT_EQ(base::RaceTime(utc), kReceived + std::chrono::seconds(7));
  EXPECT_EQ(said.through, 0u);  // Without its beginning the rest would say nothing.
  // As a file its clock is free, and its reads are the same.
  const formats::ChipFile file = as_file(connection, bytes);
  EXPECT_EQ(file.streams[0].stream.clock, model::DeviceClock::Free);
  EXPECT_EQ(identities(file.streams), identities(said.streams));
}

TEST(LlrpSession, AntennasAndAFullMemoryAreTrouble) {
  const Connection connection("llrp");
  const auto session = connection.session();
  const auto event = [](std::string_view body) { return message(63, tlv(246, body)); };
  (void)take(*session, event(tlv(255, bytes_of("000002"))) + event(tlv(255, bytes_of("000003"))));
  EXPECT_EQ(session->state().trouble, "not connected to the reader: antenna 2 3");
  (void)take(*session, event(tlv(255, bytes_of("010002"))) + event(tlv(255, bytes_of("010003"))));
  EXPECT_EQ(session->state().trouble, "");
  (void)take(*session, event(tlv(251, "")));
  EXPECT_NE(session->state().trouble.find("memory was full"), std::string::npos);
}

/// A connection from its beginning, with damage that costs single tags.
std::string a_day() {
  return connected() + kIdentity + message(36, status(0)) + message(13, status(0)) +
         message(31, status(0)) + message(30, status(0)) + message(34, status(0)) +
         message(32, status(0)) + message(61, tag(kEpc, kSeen) + tag(kEpc, kSeen + 9)) +
         message(62, "", 5) + message(61, tlv(240, bytes_of("810001"))) +
         message(61, tlv(240, bytes_of("f1")) + tag(kEpc, kSeen + 20)) + message(1023, "????") +
         message(61, tag(kEpc, kSeen));
}

TEST(LlrpSession, HowTheBytesAreCutUpMakesNoDifference) {
  expect_same_in_pieces(Connection("llrp"), a_day() + message(61, tag(kEpc, kSeen)).substr(0, 40));
}

TEST(LlrpSession, AConnectionGivesWhatItsFileGives) { expect_as_file(Connection("llrp"), a_day()); }

TEST(LlrpSession, HalfAMessageWaitsForTheOtherHalf) {
  const Connection connection("llrp");
  const auto session = connection.session();
  const std::string report = message(61, tag(kEpc, kSeen));
  EXPECT_TRUE(reads_of(take(*session, report.substr(0, 17))).empty());
  EXPECT_EQ(reads_of(take(*session, report.substr(17))).size(), 1u);
}

TEST(LlrpSession, RubbishAndAnEndlessMessageEndTheConnection) {
  const Connection connection("llrp");
  EXPECT_NE(take(*connection.session(), "GET / HTTP/1.1\r\n").give_up, "");
  EXPECT_NE(take(*connection.session(), bytes_of("043d00000003")).give_up, "");
  const auto session = connection.session();
  EXPECT_NE(take(*session, bytes_of("043d001000010000000000")).give_up, "");
  expect_survives_rubbish(connection, a_day());
}

TEST(LlrpSession, ReportsOfRealReadersGiveWhatTheirFilesGive) {
  std::string bytes;
  for (int i = 1; i <= 9; ++i) {
    const auto body =
        shared_file("protocols/llrp/ROAccessReport-00" + std::to_string(i) + ".bytes");
    if (!body) GTEST_SKIP() << "no captures of readers here";
    bytes += message(61, *body);
  }
  expect_as_file(Connection("llrp"), bytes);
  expect_same_in_pieces(Connection("llrp"), bytes);
  EXPECT_EQ(reads_of(take(*Connection("llrp").session(), bytes)).size(), 9u);
}

TEST(LlrpSession, WhatARealReaderSaysOfItselfIsItsName) {
  const auto body = shared_file("protocols/llrp/GetReaderConfigResponse-000.bytes");
  if (!body) GTEST_SKIP() << "no captures of readers here";
  const Connection connection("llrp");
  const auto session = connection.session();
  (void)take(*session, message(12, *body));
  EXPECT_EQ(session->state().name, "reader 001625FFFF1125D6");
}

}  // namespace
}  // namespace hs::readers
