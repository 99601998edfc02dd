#include "readers/mylaps_session.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace hs::readers {
namespace {

struct Connection {
  model::SourceConfig source;
  model::Event event;
  Connection() {
    source.format = "mylaps";
    event.date = base::Date{2025, 3, 8};
    event.timezone = "UTC";
  }
  [[nodiscard]] MylapsSession session() const {
    return MylapsSession({source, event, "mylaps", {}});
  }
};

Heard take(MylapsSession& session, std::string_view bytes) {
  return session.take(bytes, base::RaceTime());
}

std::size_t reads_of(const Heard& heard) {
  std::size_t reads = 0;
  for (const Delivery& delivery : heard.deliveries) {
    for (const auto& stream : delivery.streams) reads += stream.reads.size();
  }
  return reads;
}

constexpr const char* kStore = "Start@Store@LZ6302115:37:40.704 5 0F  1000125030862@17@$";

TEST(MylapsSession, AGreetingIsAnsweredAtOnceAndAsksForUtc) {
  const Connection connection;
  MylapsSession session = connection.session();
  const Heard heard = take(session, "Finish@Pong@$");
  EXPECT_EQ(heard.reply, "Homestretch@AckPong@Version2.1@c|t|d|utc|dv|re|an|h|ct@$");
  EXPECT_TRUE(heard.deliveries.empty());
  EXPECT_EQ(take(session, "10KM@Pong@$\r\n").reply.substr(0, 20), "Homestretch@AckPong@");
  EXPECT_EQ(session.state().locations, (std::set<std::string>{"10KM", "Finish"}));
}

TEST(MylapsSession, LocationsWithoutEndAreNotAllKept) {
  const Connection connection;
  MylapsSession session = connection.session();
  for (int i = 0; i < 1000; ++i) {
    (void)take(session, std::to_string(i) + std::string(1000, 'x') + "@Pong@$");
  }
  EXPECT_EQ(session.state().locations.size(), 64u);
  EXPECT_LT(session.state().locations.begin()->size(), 200u);
}

TEST(MylapsSession, AHeartbeatIsAnswered) {
  const Connection connection;
  MylapsSession session = connection.session();
  EXPECT_EQ(take(session, "Finish@Ping@$").reply, "Homestretch@AckPing@$");
  EXPECT_EQ(take(session, "Finish@AckPing@$").reply, "");
  EXPECT_EQ(session.quiet().reply, "Homestretch@Ping@$");
}

TEST(MylapsSession, ReadsOfVersionOneAreThankedForOnlyWhenStored) {
  const Connection connection;
  MylapsSession session = connection.session();
  const Heard heard = take(session, kStore);
  EXPECT_EQ(heard.reply, "");
  ASSERT_EQ(heard.deliveries.size(), 1u);
  const Delivery& delivery = heard.deliveries[0];
  EXPECT_EQ(delivery.acknowledge, "Homestretch@AckStore@17@$");
  EXPECT_EQ(delivery.through, std::string(kStore).size());
  ASSERT_EQ(delivery.streams.size(), 1u);
  EXPECT_EQ(delivery.streams[0].stream.mat, "Start");
  ASSERT_EQ(delivery.streams[0].reads.size(), 1u);
  EXPECT_EQ(delivery.streams[0].reads[0].tag.view(), "LZ63021");
}

TEST(MylapsSession, ReadsOfVersionTwoAndTheirNumberWithABlankInFront) {
  const Connection connection;
  MylapsSession session = connection.session();
  const Heard heard = take(
      session,
      "10KM@Passing@t=13:11:30.904|c=0000041|ct=UH|d=120606|l=13|dv=4|re=0|an=00001111|g=0|b=41"
      "@t=13:12:21.830|c=0000039|d=120606|dv=4@ 1016@$");
  ASSERT_EQ(heard.deliveries.size(), 1u);
  EXPECT_EQ(heard.deliveries[0].acknowledge, "Homestretch@AckPassing@1016@$");
  EXPECT_EQ(reads_of(heard), 2u);
}

TEST(MylapsSession, AMarkerOfAGunIsThankedForToo) {
  const Connection connection;
  MylapsSession session = connection.session();
  const Heard heard = take(session, "Finish@Marker@t=11:03:40.347|mt=Gunshot|n=Gunshot 1@4@$");
  ASSERT_EQ(heard.deliveries.size(), 1u);
  EXPECT_EQ(heard.deliveries[0].acknowledge, "Homestretch@AckMarker@4@$");
  ASSERT_EQ(heard.deliveries[0].streams.size(), 1u);
  EXPECT_EQ(heard.deliveries[0].streams[0].markers.size(), 1u);
}

TEST(MylapsSession, ABadRecordCostsItselfAndABadMessageIsNotAskedForAgain) {
  const Connection connection;
  MylapsSession session = connection.session();
  const Heard heard =
      take(session,
           "Start@Store@LZ6302115:37:40.704 5 0F  1000125030863@LZ6302115:37:40.704 5 0F  "
           "1000125030862@17@$Start@Store@rubbish@18@$");
  ASSERT_EQ(heard.deliveries.size(), 2u);
  EXPECT_EQ(reads_of(heard), 1u);
  EXPECT_EQ(heard.deliveries[0].bad.size(), 1u);
  EXPECT_EQ(heard.deliveries[1].bad.size(), 1u);
  EXPECT_EQ(heard.deliveries[1].acknowledge, "Homestretch@AckStore@18@$");
}

TEST(MylapsSession, RubbishIsPassedOverAndAMessageWithoutEndEndsTheConnection) {
  const Connection connection;
  MylapsSession session = connection.session();
  const Heard rubbish = take(session, "$$@$@@$\x01\x02$GET / HTTP/1.1\r\n$");
  EXPECT_TRUE(rubbish.reply.empty() && rubbish.deliveries.empty() && rubbish.give_up.empty());
  const std::string endless(MylapsSession::kMostMessageBytes, 'x');
  EXPECT_TRUE(take(session, endless).give_up.empty());
  EXPECT_FALSE(take(session, "x").give_up.empty());
}

/// Everything a connection says of a text, however it is cut up.
std::string all_of(const Connection& connection, const std::string& text, std::size_t piece) {
  MylapsSession session = connection.session();
  std::string replies, out;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    const Heard heard = take(session, std::string_view(text).substr(at, piece));
    replies += heard.reply;
    for (const Delivery& delivery : heard.deliveries) {
      out += delivery.acknowledge + std::to_string(delivery.through);
      for (const auto& stream : delivery.streams) out += std::to_string(stream.reads.size()) + ",";
    }
  }
  return replies + out;
}

TEST(MylapsSession, HowTheBytesAreCutUpMakesNoDifference) {
  const Connection connection;
  const std::string text = std::string("Start@Pong@$\r\n") + kStore + "Start@Ping@$" + kStore;
  const std::string whole = all_of(connection, text, text.size());
  EXPECT_NE(whole.find("AckStore@17"), std::string::npos);
  for (std::size_t piece = 1; piece < 40; ++piece) {
    EXPECT_EQ(all_of(connection, text, piece), whole) << piece;
  }
}

TEST(MylapsSession, ARealConnectionGivesWhatItsFileGives) {
  const char* shared = std::getenv("HS_SHARED");
  const std::string path = std::string(shared != nullptr ? shared : "../shared") +
                           "/data/protocols/mylaps/racemap_sporttijden_log_head60k.txt";
  std::ifstream file(path, std::ios::binary);
  if (!file) GTEST_SKIP() << "no " << path;
  std::stringstream log;
  log << file.rdbuf();
  // The log has a time in front of each message and no '$' behind it.
  const Connection connection;
  MylapsSession session = connection.session();
  std::set<std::string> reads;
  std::size_t thanks = 0;
  std::string line;
  while (std::getline(log, line)) {
    const std::size_t at = line.find("message: ");
    const Heard heard = take(session, (at == std::string::npos ? line : line.substr(at + 9)) + "$");
    for (const Delivery& delivery : heard.deliveries) {
      thanks += delivery.acknowledge.empty() ? 0u : 1u;
      for (const auto& stream : delivery.streams) {
        for (const model::Read& read : stream.reads) {
          reads.insert(std::string(read.tag.view()) + " " +
                       std::to_string(read.time.time_since_epoch().count()) + " " +
                       std::to_string(read.antenna));
        }
      }
    }
  }
  EXPECT_GT(thanks, 20u);
  formats::ChipFileInput input;
  input.file = "log";
  std::ifstream again(path, std::ios::binary);
  std::stringstream stripped;
  while (std::getline(again, line)) {
    const std::size_t at = line.find("message: ");
    stripped << (at == std::string::npos ? line : line.substr(at + 9)) << "\n";
  }
  const std::string bytes = stripped.str();
  input.bytes = bytes;
  const auto whole = formats::parse_chip_file(connection.source, connection.event, input);
  ASSERT_TRUE(whole.has_value());
  std::set<std::string> of_file;
  for (const auto& stream : whole->streams) {
    for (const model::Read& read : stream.reads) {
      of_file.insert(std::string(read.tag.view()) + " " +
                     std::to_string(read.time.time_since_epoch().count()) + " " +
                     std::to_string(read.antenna));
    }
  }
  EXPECT_EQ(reads, of_file);
}

}  // namespace
}  // namespace hs::readers
