#include "sim/emulators/ultra_box.h"

#include <gtest/gtest.h>

#include "sim/emulators/emulator_test_support.h"

namespace hs::sim {
namespace {

using namespace std::string_literals;

/// The documented read: 1299939251 s behind 1980-01-01.
DeviceRead documented_read() {
  DeviceRead read = chip_read("413A45", "2021-03-11T14:14:11.407");
  read.rssi_dbm = -8;
  return read;
}

UltraSetup setup_of(std::uint64_t first_log) {
  UltraSetup setup;
  setup.first_log = first_log;
  setup.reader_time = 1;
  setup.start_time = 456789;
  return setup;
}

TEST(UltraBox, SendsAReadAsDocumented) {
  UltraBox box(setup_of(12));
  box.connect(after_seconds(0));
  EXPECT_EQ(box.due(after_seconds(0)), "Connected,0\n");
  box.hear(documented_read());
  EXPECT_EQ(box.due(after_seconds(1)), "0,413A45,1299939251,407,1,-8,0,1,1,1,456789,12\n");
  EXPECT_TRUE(box.all_delivered());
}

TEST(UltraBox, BeatsEveryTenSeconds) {
  UltraBox box({});
  box.connect(after_seconds(0));
  (void)box.due(after_seconds(0));
  EXPECT_EQ(box.due(after_seconds(9)), "");
  EXPECT_EQ(box.due(after_seconds(10)), "V=25.0000\n");
  EXPECT_EQ(box.due(after_seconds(19)), "");
  EXPECT_EQ(box.due(after_seconds(20)), "V=25.0000\n");
}

TEST(UltraBox, GreetsWithTheTimeOfTheLastReadItSent) {
  UltraBox box(setup_of(1));
  box.connect(after_seconds(0));
  box.hear(documented_read());
  (void)box.due(after_seconds(0));
  box.disconnect();
  box.connect(after_seconds(5));
  EXPECT_EQ(box.due(after_seconds(5)), "Connected,1299939251\n");
}

TEST(UltraBox, RewindsByNumberWithNulBytesAndWithZeros) {
  for (const std::string& pad : {"\0\0"s, "00"s}) {
    UltraBox box(setup_of(10));
    for (const char* chip : {"A", "B", "C"}) {
      box.hear(chip_read(chip, "2021-03-11T14:14:11"));
    }
    box.connect(after_seconds(0));
    EXPECT_EQ(box.due(after_seconds(0)), "Connected,0\n") << "what it heard before is in the log";
    EXPECT_EQ(answer(box, "6" + pad + "11\r12\r", after_seconds(1)),
              "0,B,1299939251,0,1,0,1,1,1,1,456789,11\n0,C,1299939251,0,1,0,1,1,1,1,456789,12\n");
  }
}

TEST(UltraBox, RewindsByTimeAndWhole) {
  UltraBox box(setup_of(1));
  box.hear(chip_read("A", "2021-03-11T14:14:11"));
  box.hear(chip_read("B", "2021-03-11T14:14:12"));
  box.connect(after_seconds(0));
  (void)box.due(after_seconds(0));
  const std::string one = answer(box, "8\0\0001299939252\r1299939260\r"s, after_seconds(1));
  EXPECT_EQ(one, "0,B,1299939252,0,1,0,1,1,1,1,456789,2\n");
  const std::string all = answer(box, "8\0\0000\r0\r"s, after_seconds(1));
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 2);
}

TEST(UltraBox, AnswersItsCommandsHoweverTheyAreCut) {
  UltraBox box({});
  const EmulatorTime now = after_seconds(0, "2026-05-08T07:08:09");
  box.connect(now);
  (void)box.due(now);
  EXPECT_EQ(answer(box, "?", now), "S=10\n");
  EXPECT_EQ(answer(box, "r", now), "07:08:09 08-05-2026 (1)\n");
  EXPECT_EQ(answer(box, "SN?R?", now), "S=00\nS=10\n");
  EXPECT_EQ(answer(box, "t 10:20:3", now), "");
  EXPECT_EQ(answer(box, "0 01-02-2027r", now), "10:20:30 01-02-2027 (1)\n");
  EXPECT_EQ(answer(box, "u\x1D\x01\xFF", now), "u\x1D\x02\n");
  EXPECT_EQ(box.tally().not_understood, 0U);
}

TEST(UltraBox, SendsOnlyWhenToldIfItIsSetUpSo) {
  UltraSetup setup = setup_of(1);
  setup.sends = UltraSetup::Sends::WhenTold;
  UltraBox box(setup);
  box.connect(after_seconds(0));
  (void)box.due(after_seconds(0));
  box.hear(documented_read());
  EXPECT_EQ(box.due(after_seconds(1)), "");
  EXPECT_EQ(answer(box, "700", after_seconds(1)), "") << "the first read is only in the log";
  box.hear(documented_read());
  EXPECT_NE(box.due(after_seconds(1)), "");
  EXPECT_FALSE(box.all_delivered());
  EXPECT_NE(answer(box,
                   "60"
                   "01\r1\r",
                   after_seconds(2)),
            "");
  EXPECT_TRUE(box.all_delivered());
}

TEST(UltraBox, SendsTheGunAsChipAndAntennaZero) {
  UltraBox box(setup_of(1));
  box.connect(after_seconds(0));
  (void)box.due(after_seconds(0));
  box.hear(gun_read("Gun", "2021-03-11T14:14:11.407"));
  EXPECT_EQ(box.due(after_seconds(1)), "0,0,1299939251,407,0,0,0,1,1,1,456789,1\n");
}

TEST(UltraBox, CountsNothingAsSentBehindADroppedConnection) {
  WireTroubles troubles;
  troubles.drop_every = 3;
  UltraBox box({}, troubles);
  box.connect(after_seconds(0));
  for (int i = 0; i < 5; ++i) box.hear(documented_read());
  const std::string sent = box.due(after_seconds(0));
  EXPECT_EQ(std::count(sent.begin(), sent.end(), '\n'), 3) << "the greeting and two reads";
  EXPECT_TRUE(box.hangs_up());
  EXPECT_EQ(box.tally().sent, 2U);
  EXPECT_EQ(box.due(after_seconds(1)), "");
}

TEST(UltraBox, ThrowsAwayWhatIsNoCommand) {
  UltraBox box({});
  box.connect(after_seconds(0));
  (void)box.due(after_seconds(0));
  EXPECT_EQ(answer(box, "x\r\n6" + std::string(200, '1') + "\r1\r?", after_seconds(0)).find("S=10"),
            0U);
  EXPECT_GT(box.tally().not_understood, 0U);
}

}  // namespace
}  // namespace hs::sim
