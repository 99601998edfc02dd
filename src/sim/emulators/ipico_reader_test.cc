// Lines of a real reader, byte for byte.
#include "sim/emulators/ipico_reader.h"

#include <gtest/gtest.h>

#include "sim/emulators/emulator_test_support.h"

namespace hs::sim {
namespace {

constexpr const char* kLine = "aa0005800012860800012603062027472353\r\n";

DeviceRead recorded_read() { return chip_read("058000128608", "2026-03-06T20:27:47.350"); }

IpicoSetup quiet() {
  IpicoSetup setup;
  setup.copies_on_wire = 1;
  setup.late_copy_after.reset();
  return setup;
}

TEST(IpicoReader, SendsALineAsRecordedWithHundredthsInHexadecimal) {
  IpicoReader reader(quiet());
  reader.connect(after_seconds(0));
  reader.hear(recorded_read());
  EXPECT_EQ(reader.due(after_seconds(0)), kLine);
  EXPECT_TRUE(reader.all_delivered());
}

TEST(IpicoReader, SendsEachLineTwiceAndOnceMoreLate) {
  IpicoReader reader({});
  reader.connect(after_seconds(0));
  DeviceRead read = recorded_read();
  read.hits = 42;
  reader.hear(read);
  EXPECT_EQ(reader.due(after_seconds(0)), std::string(kLine) + kLine);
  EXPECT_EQ(reader.due(after_seconds(4)), "");
  const std::string late = reader.due(after_seconds(5));
  EXPECT_EQ(late.substr(0, 34), "aa00058000128608152a26030620274723");
  EXPECT_EQ(reader.due(after_seconds(60)), "");
  EXPECT_EQ(reader.tally().repeated, 2U);
}

TEST(IpicoReader, TellsTheTimeAsRecorded) {
  IpicoReader reader(quiet());
  const EmulatorTime now = after_seconds(0, "2026-03-06T18:55:44.550");
  reader.connect(now);
  EXPECT_EQ(answer(reader, "ab00000222\r\n", now), "ab000902260306051855443727cf\r\n");
}

TEST(IpicoReader, SetsItsTimeAtTheNextSecond) {
  IpicoReader reader(quiet());
  const EmulatorTime now = after_seconds(0, "2026-03-06T18:55:44.500");
  reader.connect(now);
  // "ac": no checksum is looked at.
  EXPECT_EQ(answer(reader,
                   "ac000901270101051200000000"
                   "00\r\n",
                   now),
            "ab00000121\r\n");
  const std::string told =
      answer(reader, "ab00000222\r\n", after_seconds(0, "2026-03-06T18:55:45.000"));
  EXPECT_EQ(told.substr(8, 16), "2701010512000000");
}

TEST(IpicoReader, SendsTheTriggerAsRecorded) {
  IpicoReader reader(quiet());
  reader.connect(after_seconds(0));
  reader.hear(gun_read("Gun", "2026-03-06T20:04:15.270"));
  EXPECT_EQ(reader.due(after_seconds(0)), "ab000a2c260306052004151b2782ae\r\n");
}

TEST(IpicoReader, GivesWhatItHeardAloneOnlyByADownload) {
  IpicoReader reader(quiet());
  reader.hear(recorded_read());
  reader.connect(after_seconds(0));
  EXPECT_EQ(reader.due(after_seconds(0)), "");
  EXPECT_FALSE(reader.all_delivered());
  const std::string got = answer(reader, "ab00024b01011a\r\n", after_seconds(1));
  EXPECT_EQ(got.substr(got.find('\n') + 1), kLine);
  EXPECT_TRUE(reader.all_delivered());
}

TEST(IpicoReader, RefusesAWrongChecksum) {
  IpicoReader reader(quiet());
  reader.connect(after_seconds(0));
  EXPECT_EQ(answer(reader, "ab00000223\r\nzz\r\nab00003326\r\n", after_seconds(0)), "");
  EXPECT_EQ(reader.tally().not_understood, 3U);
}

}  // namespace
}  // namespace hs::sim
