#include "sim/emulators/chronotrack_source.h"

#include <gtest/gtest.h>

#include "sim/emulators/emulator_test_support.h"

namespace hs::sim {
namespace {

ChronotrackSetup setup_of(std::vector<std::string> locations, const std::string& reader) {
  ChronotrackSetup setup;
  setup.readers.assign(locations.size(), reader);
  setup.locations = std::move(locations);
  setup.connection_id = "b617be00";
  return setup;
}

/// A source that was greeted with these init lines.
void greet(ChronotrackSource& source, const std::vector<std::string>& init) {
  source.connect(after_seconds(0));
  EXPECT_EQ(source.due(after_seconds(0)), "SimpleClient~0.5.0~CTP01\r\n");
  std::string greeting = "TimeChip~Version 2013 rev 1~" + std::to_string(init.size()) + "\r\n";
  for (const std::string& line : init) greeting += line + "\r\n";
  EXPECT_EQ(answer(source, greeting, after_seconds(0)), "");
}

TEST(ChronotrackSource, AnswersCommandsBehindTheGreeting) {
  ChronotrackSource source(setup_of({"Start", "5K", "Finish"}, "117F37"));
  greet(source, {"stream-mode=push", "pushmode-ack=false"});
  EXPECT_EQ(answer(source, "ping\r\n", after_seconds(1)), "ack~ping\r\n");
  EXPECT_EQ(answer(source, "getlocations\r\n", after_seconds(1)),
            "ack~getlocations~Start~5K~Finish\r\n");
  EXPECT_EQ(answer(source, "getconnectionid\r\n", after_seconds(1)),
            "ack~getconnectionid~b617be00\r\n");
  EXPECT_EQ(answer(source, "geteventinfo\r\n", after_seconds(1)), "ack~geteventinfo~Event~1~\r\n");
  EXPECT_EQ(answer(source, "dance\r\n", after_seconds(1)), "err~dance~unknown command\r\n");
  EXPECT_EQ(source.tally().not_understood, 1U);
}

TEST(ChronotrackSource, PushesALineAsDocumented) {
  ChronotrackSource source(setup_of({"START"}, "117F37"));
  for (int i = 0; i < 24; ++i) {
    DeviceRead read = chip_read("50101", "2013-05-01T15:54:48.909");
    read.antennas = 8;
    source.hear(read);
  }
  greet(source, {"stream-mode=push"});
  EXPECT_EQ(answer(source, "start~START~24\r\n", after_seconds(1)),
            "ack~start\r\nCT01_13~24~START~50101~15:54:48.90~1~117F37~8\r\n");
}

TEST(ChronotrackSource, SendsGunsWhenAskedTo) {
  ChronotrackSource source(setup_of({"start"}, "DF239A"));
  for (int i = 0; i < 3; ++i) source.hear(chip_read("7", "2013-05-01T07:40:00"));
  source.hear(gun_read("Gun", "2013-05-01T07:45:01.01"));
  greet(source, {"guntimes=true", "tagevent-format=CT01_33"});
  EXPECT_EQ(answer(source, "start~start~4\r\n", after_seconds(1)),
            "ack~start\r\nCT01_33~4~start~guntime~07:45:01.01~0~DF239A~0\r\n");
}

TEST(ChronotrackSource, UsesTheNumberOfAGunUpThatNobodyWants) {
  ChronotrackSource source(setup_of({"A"}, "R"));
  source.hear(gun_read("Gun", "2013-05-01T07:45:00"));
  source.hear(chip_read("7", "2013-05-01T07:45:01"));
  greet(source, {});
  EXPECT_EQ(answer(source, "start\r\n", after_seconds(1)),
            "ack~start\r\nCT01_13~2~A~7~07:45:01.00~1~R~1\r\n");
  EXPECT_TRUE(source.all_delivered());
}

TEST(ChronotrackSource, WritesTimesInEachFormat) {
  const std::vector<std::pair<std::string, std::string>> formats = {
      {"normal", "18:13:55.31"},
      {"iso", "2025-02-01T18:13:55.31"},
      {"unix", "1738433635.31"},
      {"msecs", "65635310"}};
  for (const auto& [format, time] : formats) {
    ChronotrackSource source(setup_of({"A"}, "R"));
    source.hear(chip_read("7", "2025-02-01T18:13:55.317"));
    greet(source, {"time-format=" + format});
    EXPECT_EQ(answer(source, "start\r\n", after_seconds(1)),
              "ack~start\r\nCT01_13~1~A~7~" + time + "~1~R~1\r\n");
  }
}

TEST(ChronotrackSource, SendsNothingUnaskedBehindANewConnection) {
  ChronotrackSource source(setup_of({"A", "B"}, "R"));
  source.hear(chip_read("7", "2025-02-01T08:00:00"));
  greet(source, {});
  (void)answer(source, "start\r\n", after_seconds(1));
  EXPECT_TRUE(source.all_delivered());
  source.disconnect();
  source.hear(chip_read("8", "2025-02-01T08:00:01"));
  greet(source, {});
  EXPECT_EQ(source.due(after_seconds(30)), "");
  EXPECT_FALSE(source.all_delivered());
  EXPECT_EQ(answer(source, "start~A~2\r\n", after_seconds(31)),
            "ack~start\r\nCT01_13~2~A~8~08:00:01.00~1~R~1\r\n");
  EXPECT_TRUE(source.all_delivered());
  EXPECT_EQ(source.tally().repeated, 0U);
}

TEST(ChronotrackSource, StopsAndRefusesWhatDoesNotExist) {
  ChronotrackSource source(setup_of({"A"}, "R"));
  greet(source, {});
  (void)answer(source, "start\r\n", after_seconds(1));
  EXPECT_EQ(answer(source, "stop~A\r\n", after_seconds(2)), "ack~stop\r\n");
  source.hear(chip_read("7", "2025-02-01T08:00:00"));
  EXPECT_EQ(source.due(after_seconds(3)), "");
  EXPECT_EQ(answer(source, "start~B\r\n", after_seconds(3)), "err~start~unknown location\r\n");
  EXPECT_EQ(answer(source, "start~A~x\r\n", after_seconds(3)),
            "err~start~not a number to start from\r\n");
}

}  // namespace
}  // namespace hs::sim
