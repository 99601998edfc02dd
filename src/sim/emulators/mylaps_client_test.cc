// Byte for byte against the examples of the vendor's description (V2) and of a real log (V1).
#include "sim/emulators/mylaps_client.h"

#include <gtest/gtest.h>

#include "sim/emulators/emulator_test_support.h"

namespace hs::sim {
namespace {

constexpr const char* kV1 = "Test@AckPong@$";
constexpr const char* kV2 = "Test@AckPong@Version2.1@$";

MylapsSetup setup_of(std::vector<std::string> locations, std::uint64_t first_message = 1) {
  MylapsSetup setup;
  setup.locations = std::move(locations);
  setup.first_message = first_message;
  return setup;
}

DeviceRead documented_read() {
  DeviceRead read = chip_read("41", "2012-06-06T13:11:30.904");
  read.occurrence = 13;
  read.antennas = 0x0F;
  read.bib = "41";
  return read;
}

TEST(MylapsClient, SaysEachLocationAndNothingBeforeTheAnswer) {
  MylapsClient client(setup_of({"Start", "Finish"}));
  client.hear(documented_read());
  client.connect(after_seconds(0));
  EXPECT_EQ(client.due(after_seconds(0)), "Start@Pong@$Finish@Pong@$");
  EXPECT_EQ(client.due(after_seconds(60)), "");
}

TEST(MylapsClient, SendsV2AsDocumented) {
  MylapsClient client(setup_of({"10KM"}, 1016));
  client.hear(documented_read());
  client.connect(after_seconds(0));
  EXPECT_EQ(client.due(after_seconds(0)), "10KM@Pong@$");
  EXPECT_EQ(answer(client, kV2, after_seconds(1)),
            "10KM@Passing@t=13:11:30.904|c=0000041|ct=UH|d=120606|l=13|dv=4|re=0|an=00001111|g=0|"
            "b=41|n=41@1016@$");
}

TEST(MylapsClient, SendsV1RecordsWithTheChecksumOfARealLog) {
  MylapsClient client(setup_of({"Finish"}));
  DeviceRead read = chip_read("LZ63021", "2025-03-08T15:37:40.704");
  read.antennas = 0x0F;
  client.hear(read);
  client.connect(after_seconds(0));
  (void)client.due(after_seconds(0));
  EXPECT_EQ(answer(client, kV1, after_seconds(1)),
            "Finish@Store@LZ6302115:37:40.704 5 0F  1000125030862@1@$");
}

TEST(MylapsClient, SendsTheFieldsAskedForAndNoOthers) {
  MylapsSetup setup = setup_of({"Finish"});
  setup.utc_offset = std::chrono::hours(2);
  MylapsClient client(setup);
  client.hear(chip_read("41", "2012-06-06T02:00:00.904"));
  client.connect(after_seconds(0));
  (void)client.due(after_seconds(0));
  EXPECT_EQ(answer(client, "Test@AckPong@Version2.1@c|utc|ut@$", after_seconds(1)),
            "Finish@Passing@c=0000041|utc=1338940800904|ut=1338948000904@1@$");
}

TEST(MylapsClient, RepeatsAMessageEvery20SecondsUntilItIsAcknowledged) {
  MylapsClient client(setup_of({"Finish"}));
  client.hear(documented_read());
  client.connect(after_seconds(0));
  (void)client.due(after_seconds(0));
  const std::string first = answer(client, kV2, after_seconds(0));
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(client.due(after_seconds(19)), "");
  EXPECT_EQ(client.due(after_seconds(20)), first);
  EXPECT_EQ(client.due(after_seconds(40)), first);
  EXPECT_FALSE(client.all_delivered());
  EXPECT_EQ(answer(client, "Test@AckPassing@ 1@$", after_seconds(41)), "");
  EXPECT_EQ(client.due(after_seconds(60)), "");
  EXPECT_TRUE(client.all_delivered());
  EXPECT_EQ(client.tally().repeated, 2U);
  const std::vector<MylapsAck> acks = client.take_acks();
  ASSERT_EQ(acks.size(), 1U);
  EXPECT_EQ(acks[0].reads, 1U);
  EXPECT_EQ(acks[0].acknowledged - acks[0].sent, std::chrono::seconds(41));
  EXPECT_TRUE(client.take_acks().empty());
}

TEST(MylapsClient, SendsWhatWasNotAcknowledgedAgainOverANewConnection) {
  MylapsClient client(setup_of({"Finish"}));
  client.hear(documented_read());
  client.connect(after_seconds(0));
  (void)client.due(after_seconds(0));
  const std::string first = answer(client, kV2, after_seconds(0));
  client.disconnect();
  client.connect(after_seconds(1));
  EXPECT_EQ(client.due(after_seconds(1)), "Finish@Pong@$");
  EXPECT_EQ(answer(client, kV2, after_seconds(1)), first);
  EXPECT_EQ(client.tally().connections, 2U);
}

TEST(MylapsClient, SendsGunsAsMarkersInBothVersions) {
  const DeviceRead gun = gun_read("Gunshot 1", "2012-06-06T11:03:40.347");
  MylapsClient v2(setup_of({"Finish"}, 4));
  v2.hear(gun);
  v2.connect(after_seconds(0));
  (void)v2.due(after_seconds(0));
  EXPECT_EQ(answer(v2, kV2, after_seconds(0)),
            "Finish@Marker@t=11:03:40.347|mt=Gunshot|n=Gunshot 1@4@$");
  EXPECT_EQ(answer(v2, "Test@AckMarker@4@$", after_seconds(0)), "");
  EXPECT_TRUE(v2.all_delivered());

  MylapsClient v1(setup_of({"Start - Finish"}));
  v1.hear(gun_read("Extern gunshot", "2025-04-13T05:57:56.027"));
  v1.connect(after_seconds(0));
  (void)v1.due(after_seconds(0));
  EXPECT_EQ(answer(v1, kV1, after_seconds(0)),
            "Start - Finish@Marker@2025-04-13 05:57:56.027|ext-gun|Extern gunshot@1@$");
}

TEST(MylapsClient, AnswersAPingOnceALocation) {
  MylapsClient client(setup_of({"5K", "10K"}));
  client.connect(after_seconds(0));
  (void)client.due(after_seconds(0));
  EXPECT_EQ(answer(client, "Server@Ping@$\r\n", after_seconds(1)), "5K@AckPing@$10K@AckPing@$");
}

TEST(MylapsClient, TellsItsLocations) {
  MylapsClient client(setup_of({"Start", "5K"}));
  client.connect(after_seconds(0));
  (void)client.due(after_seconds(0));
  EXPECT_EQ(answer(client, "X@GetLocations@$", after_seconds(1)),
            "Toolkit@GetLocations@ln=Start@ln=5K@$");
  EXPECT_EQ(answer(client, "X@GetInfo@5K@$", after_seconds(1, "2000-03-31T00:36:02.529")),
            "5K@AckGetInfo@id=2|n=5K|mac=00D069400002|ant=2|time=954462963529@$");
}

TEST(MylapsClient, PutsAtMostFiftyReadsOfOneLocationInAMessage) {
  MylapsClient client(setup_of({"A", "B"}));
  for (int i = 0; i < 60; ++i) client.hear(documented_read());
  DeviceRead other = documented_read();
  other.location = 1;
  client.hear(other);
  client.connect(after_seconds(0));
  (void)client.due(after_seconds(0));
  const std::string sent = answer(client, kV2, after_seconds(0));
  EXPECT_EQ(std::count(sent.begin(), sent.end(), '$'), 3);
  EXPECT_NE(sent.find("B@Passing@"), std::string::npos);
  EXPECT_EQ(client.tally().sent, 61U);
}

TEST(MylapsClient, DoesNotHearAcknowledgementsThatAreLost) {
  WireTroubles troubles;
  troubles.lose_ack_every = 2;
  MylapsSetup setup = setup_of({"Finish"});
  setup.reads_a_message = 1;
  MylapsClient client(setup, troubles);
  client.hear(documented_read());
  client.hear(documented_read());
  client.connect(after_seconds(0));
  (void)client.due(after_seconds(0));
  (void)answer(client, kV2, after_seconds(0));
  client.receive("T@AckPassing@1@$T@AckPassing@2@$", after_seconds(1));
  EXPECT_EQ(client.tally().acknowledged, 1U);
  EXPECT_NE(client.due(after_seconds(20)).find("@2@$"), std::string::npos);
  client.receive("T@AckPassing@2@$", after_seconds(21));
  EXPECT_TRUE(client.all_delivered());
}

TEST(MylapsClient, CountsWhatItDoesNotUnderstandAndGoesOn) {
  MylapsClient client(setup_of({"Finish"}));
  client.hear(documented_read());
  client.connect(after_seconds(0));
  (void)client.due(after_seconds(0));
  client.receive("rubbish$X@Nonsense@$X@AckPassing@x@$", after_seconds(0));
  EXPECT_EQ(client.tally().not_understood, 3U);
  EXPECT_NE(answer(client, kV2, after_seconds(0)), "");
}

}  // namespace
}  // namespace hs::sim
