#include "readers/ipico_session.h"

#include <gtest/gtest.h>

#include "readers/connection_test_support.h"

namespace hs::readers {
namespace {

using namespace test;

constexpr const char* kRead = "aa0005800012860800012603062027472353\r\n";
constexpr const char* kClock = "ab000902260306051855443727cf\r\n";
constexpr const char* kGun = "ab000a2c260306052004151b2782ae\r\n";

TEST(IpicoSession, AsksWhatTimeItIsAndNothingElse) {
  const Connection connection("ipico");
  const auto session = connection.session();
  EXPECT_EQ(session->opened(), "ab00000222\r\n");
  EXPECT_EQ(session->quiet().reply, "ab00000222\r\n");
  EXPECT_EQ(take(*session, kRead).replies, "");
}

TEST(IpicoSession, TheAnswerTellsHowFarItsClockIsAhead) {
  const Connection connection("ipico");
  const auto session = connection.session();
  EXPECT_FALSE(session->state().clock_ahead);
  // 2026-03-06T18:55:44.55 on a dial at UTC+2 is 16:55:44.55Z.
  const base::RaceTime dial(std::chrono::seconds(1'772'816'144) + std::chrono::milliseconds(550));
  (void)take(*session, kClock, dial - std::chrono::milliseconds(120));
  EXPECT_EQ(session->state().clock_ahead, std::optional<base::Duration>(120'000));
}

TEST(IpicoSession, ABoxThatNeverAnswersIsGivenTimeAndOneThatDoesIsNot) {
  const Connection connection("ipico");
  const auto session = connection.session();
  EXPECT_GE(session->quiet_after(), std::chrono::hours(1));
  (void)take(*session, kRead);
  EXPECT_GE(session->quiet_after(), std::chrono::hours(1));
  (void)take(*session, kClock);
  EXPECT_EQ(session->quiet_after(), std::chrono::seconds(10));
}

TEST(IpicoSession, AReadIsGivenAndSoIsTheGunOfTheButton) {
  const Connection connection("ipico");
  const auto session = connection.session();
  const Said said = take(*session, std::string(kRead) + kGun);
  ASSERT_EQ(reads_of(said).size(), 1u);
  EXPECT_EQ(reads_of(said)[0].tag.view(), "58000128608");
  EXPECT_EQ(markers_of(said), 1u);
  EXPECT_EQ(said.thanks, "");
  EXPECT_EQ(said.through, std::string(kRead).size() + std::string(kGun).size() - 1);
  EXPECT_EQ(session->state().name, "reader 00");
  EXPECT_EQ(session->state().locations, std::set<std::string>{"arch"});
}

TEST(IpicoSession, LinesSentTwiceAndTheButtonSentAgainAreTheSame) {
  const Connection connection("ipico");
  const auto session = connection.session();
  const Said once = take(*session, std::string(kRead) + kGun);
  // With other counters, as a reader repeats itself.
  const Said again =
      take(*session, std::string("aa0005800012860800ff2603062027472390\r\n") + kRead + kGun);
  const auto first = identities(once.streams);
  const auto second = identities(again.streams);
  EXPECT_EQ(std::set<std::string>(first.begin(), first.end()),
            std::set<std::string>(second.begin(), second.end()));
}

TEST(IpicoSession, TridentsLinesHaveStrengthAndNoChecksum) {
  const Connection connection("ipico");
  const auto session = connection.session();
  const Said said = take(*session, "aa1105800012860800012603062027472300FSc5\r\n");
  ASSERT_EQ(reads_of(said).size(), 1u);
  EXPECT_EQ(reads_of(said)[0].rssi_dbm, -59);
}

TEST(IpicoSession, ALineWithAWrongChecksumIsSaidWithItsNumber) {
  const Connection connection("ipico");
  const auto session = connection.session();
  const Said said =
      take(*session, std::string(kRead) + "aa0005800012860800012603062027482353\r\n" + kRead);
  EXPECT_EQ(reads_of(said).size(), 2u);
  ASSERT_EQ(said.bad.size(), 1u);
  EXPECT_EQ(said.bad[0].line, 2);
  EXPECT_EQ(said.bad[0].column, 35);
  EXPECT_EQ(said.bad[0].file, "test connection");
}

TEST(IpicoSession, HalfALineWaitsForItsEndHoweverLongItTakes) {
  const Connection connection("ipico");
  const auto session = connection.session();
  EXPECT_TRUE(reads_of(take(*session, "aa00058000128608")).empty());
  EXPECT_TRUE(reads_of(take(*session, "00012603062027472353")).empty());
  EXPECT_EQ(reads_of(take(*session, "\n")).size(), 1u);
}

TEST(IpicoSession, HowTheBytesAreCutUpMakesNoDifference) {
  expect_same_in_pieces(Connection("ipico"), std::string(kRead) + kGun + kClock + "rubbish\r" +
                                                 kRead + "\n\n" + kRead + "aa00");
}

TEST(IpicoSession, RubbishCostsItselfAndALineWithoutEndEndsTheConnection) {
  const Connection connection("ipico");
  expect_survives_rubbish(connection, std::string(kRead) + kGun);
  const auto session = connection.session();
  EXPECT_EQ(take(*session, std::string(IpicoSession::kMostLineBytes, 'a')).give_up, "");
  EXPECT_NE(take(*session, "a").give_up, "");
}

/// The bytes of one side of a capture: lines "MICROSECONDS R->C b'...'".
std::string bytes_of_reader(const std::string& capture) {
  std::string out;
  std::istringstream lines(capture);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find("R->C b'");
    if (at == std::string::npos) continue;
    for (std::size_t i = at + 7; i < line.size() && line[i] != '\''; ++i) {
      if (line[i] != '\\') {
        out += line[i];
      } else {
        out += line[++i] == 'r' ? '\r' : '\n';
      }
    }
  }
  return out;
}

TEST(IpicoSession, RealConnectionsGiveWhatTheirFilesGive) {
  std::size_t reads = 0;
  std::size_t guns = 0;
  for (const char* name : {"event-read", "fsls-event-tto", "fsls_multiple_reads",
                           "fsls_single_read", "guntime", "read4tags", "record-on-off"}) {
    const auto capture = shared_file("protocols/ipico/" + std::string(name) + ".txt");
    if (!capture) GTEST_SKIP() << "no captures of readers here";
    const Connection connection("ipico");
    const std::string bytes = bytes_of_reader(*capture);
    const auto session = connection.session();
    const Said said = take_pieces(*session, bytes, 7);
    const formats::ChipFile file = as_file(connection, bytes);
    EXPECT_EQ(identities(said.streams), identities(file.streams)) << name;
    EXPECT_EQ(said.bad.size(), file.bad.size()) << name;
    reads += reads_of(said).size();
    guns += markers_of(said);
    expect_same_in_pieces(connection, bytes, 40);
  }
  EXPECT_GT(reads, 60u);
  EXPECT_EQ(guns, 1u);
}

TEST(IpicoSession, AReadersStoredReadsAllHaveTheirChecksum) {
  const auto lines = shared_file("protocols/ipico/testreads_head500.txt");
  if (!lines) GTEST_SKIP() << "no captures of readers here";
  const Connection connection("ipico");
  const auto session = connection.session();
  const Said said = take(*session, *lines);
  EXPECT_EQ(reads_of(said).size(), 500u);
  EXPECT_TRUE(said.bad.empty());
  expect_as_file(connection, *lines);
}

}  // namespace
}  // namespace hs::readers
