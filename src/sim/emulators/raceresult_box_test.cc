#include "sim/emulators/raceresult_box.h"

#include <gtest/gtest.h>

#include "sim/emulators/emulator_test_support.h"

namespace hs::sim {
namespace {

constexpr const char* kDay = "2023-02-27T13:27:52.432";

RaceresultSetup test_mode() {
  RaceresultSetup setup;
  setup.mode = RaceresultSetup::Mode::Test;
  return setup;
}

TEST(RaceresultBox, ComesUpAsDocumented) {
  RaceresultSetup setup = test_mode();
  setup.gps = RaceresultSetup::Gps::No;
  setup.power_up = {2023, 2, 27};
  RaceresultBox box(setup);
  const EmulatorTime now = after_seconds(0, "2023-02-27T00:00:00");
  box.connect(now);
  EXPECT_EQ(answer(box, "GETPROTOCOL\r\n", now), "GETPROTOCOL;2.0;1.0;2.6\r\n");
  EXPECT_EQ(answer(box, "SETPROTOCOL;2.0\r\n", now), "SETPROTOCOL;2.0\r\n");
  EXPECT_EQ(answer(box, "SETPROTOCOL;<=3.3\r\n", now), "SETPROTOCOL;2.6\r\n");
  EXPECT_EQ(answer(box, "STARTOPERATION\r\n", now),
            "STARTOPERATION;OK;0000-00-00;00:00:00.000\r\n");
  EXPECT_EQ(answer(box, "GETTIME\r\n", after_seconds(0, "2023-02-27T00:02:12.942")),
            "GETTIME;0000-00-00;00:02:12.942\r\n");
  EXPECT_EQ(answer(box, "GETTIME\r\n", after_seconds(0, "2023-02-28T00:00:01")),
            "GETTIME;0000-00-01;00:00:01.000\r\n");
  EXPECT_EQ(answer(box, "PING\r\n", now), "PING\r\n");
}

TEST(RaceresultBox, TellsItsNameAndStatus) {
  RaceresultBox box({});
  const EmulatorTime now = after_seconds(0, kDay);
  box.connect(now);
  EXPECT_EQ(answer(box, "GETCONFIG;GENERAL;BOXNAME\r\n", now),
            "GETCONFIG;GENERAL;BOXNAME;BOX;D-5001\r\n");
  const std::string status = answer(box, "GETSTATUS\r\n", now);
  EXPECT_EQ(status.substr(0, 47), "GETSTATUS;2023-02-27;13:27:52.432;1;11111111;1;");
  // The command, then 25 fields: latitude and longitude share one.
  EXPECT_EQ(split_fields(status, ';').size(), 26U);
}

TEST(RaceresultBox, SetsItsClockOnlyWhileStopped) {
  RaceresultBox box({});
  const EmulatorTime now = after_seconds(0, "2026-01-01T00:00:00");
  box.connect(now);
  EXPECT_EQ(answer(box, "SETTIME;2023-02-27;13:27:52.432\r\n", now), "");
  EXPECT_EQ(answer(box, "STOPOPERATION\r\n", now), "STOPOPERATION;OK\r\n");
  EXPECT_EQ(answer(box, "SETTIME;2023-02-27;13:27:52.432\r\n", now),
            "SETTIME;2023-02-27;13:27:52.432\r\n");
  EXPECT_EQ(answer(box, "GETTIME\r\n", after_seconds(1, "2026-01-01T00:00:00")),
            "GETTIME;2023-02-27;13:27:53.432\r\n");
}

TEST(RaceresultBox, WritesEightFieldsForOldHosts) {
  RaceresultSetup setup;
  setup.gps = RaceresultSetup::Gps::No;
  setup.power_up = {2026, 9, 20};
  setup.event_id = "6692";
  setup.internal_data = "09ca52";
  RaceresultBox box(setup);
  DeviceRead read = chip_read("33", "2026-09-20T00:00:02.773");
  read.hits = 12;
  read.rssi_dbm = -68;
  box.hear(read);
  box.connect(after_seconds(0));
  EXPECT_EQ(answer(box, "SETPROTOCOL;1.2\r\n1\r\n", after_seconds(0)),
            "SETPROTOCOL;1.2\r\n1;33;0000-00-00;00:00:02.773;6692;12;-68;09ca52\r\n");
}

TEST(RaceresultBox, WritesTwentyFieldsSince16) {
  RaceresultBox box({});
  DeviceRead read = chip_read("CHIP1", "2026-09-20T09:00:00.000");
  read.rssi_dbm = -70;
  box.hear(read);
  box.connect(after_seconds(0));
  const std::string line = answer(box, "1\r\n", after_seconds(0));
  EXPECT_EQ(line, "1;CHIP1;2026-09-20;09:00:00.000;0;1;-70;;0;;;;;;;;BOX;1;;D-5001\r\n");
  EXPECT_EQ(split_fields(line, ';').size(), 20U);
}

TEST(RaceresultBox, GivesBlocksThatEndWithAnEmptyLine) {
  RaceresultBox box({});
  for (int i = 0; i < 3; ++i) box.hear(chip_read("7", "2026-09-20T09:00:00"));
  box.connect(after_seconds(0));
  EXPECT_EQ(answer(box, "PASSINGS\r\n", after_seconds(0)), "PASSINGS;3;1\r\n");
  const std::string block = answer(box, "2:32\r\n", after_seconds(0));
  EXPECT_EQ(block.substr(0, 4), "2;7;");
  EXPECT_EQ(std::count(block.begin(), block.end(), '\n'), 3);
  EXPECT_EQ(block.substr(block.size() - 4), "\r\n\r\n");
  EXPECT_EQ(answer(box, "4:32\r\n", after_seconds(0)), "ONLY 3 PASSINGS\r\n");
  EXPECT_EQ(answer(box, "9\r\n", after_seconds(0)), "ONLY 3 PASSINGS\r\n");
}

TEST(RaceresultBox, PushesFromTheNextPassingOnAndOldOnesArePulled) {
  RaceresultBox box({});
  box.hear(chip_read("7", "2026-09-20T09:00:00"));
  box.connect(after_seconds(0));
  EXPECT_EQ(answer(box, "SETPUSHPASSINGS;1;0\r\n", after_seconds(0)), "SETPUSHPASSINGS;1;0\r\n");
  EXPECT_EQ(box.due(after_seconds(1)), "");
  box.hear(chip_read("8", "2026-09-20T09:00:01"));
  EXPECT_EQ(box.due(after_seconds(1)).substr(0, 7), "#P;2;8;");
  EXPECT_FALSE(box.all_delivered());
  EXPECT_EQ(answer(box, "1\r\n", after_seconds(2)).substr(0, 4), "1;7;");
  EXPECT_TRUE(box.all_delivered());
  box.disconnect();
  box.connect(after_seconds(3));
  box.hear(chip_read("9", "2026-09-20T09:00:02"));
  EXPECT_EQ(box.due(after_seconds(3)), "") << "a new connection has to ask again";
}

TEST(RaceresultBox, StoresNothingInTestModeAndNumbersAnewInEachFile) {
  RaceresultBox box(test_mode());
  box.connect(after_seconds(0));
  box.hear(chip_read("5", "2026-09-20T09:00:00"));
  EXPECT_EQ(answer(box, "PASSINGS\r\n", after_seconds(0)), "PASSINGS;0;0\r\n");
  (void)answer(box, "STARTOPERATION\r\n", after_seconds(0));
  box.hear(chip_read("6", "2026-09-20T09:00:00"));
  EXPECT_EQ(answer(box, "PASSINGS\r\n", after_seconds(0)), "PASSINGS;1;1\r\n");
  (void)answer(box, "STOPOPERATION\r\nSTARTOPERATION\r\n", after_seconds(0));
  EXPECT_EQ(answer(box, "PASSINGS\r\n", after_seconds(0)), "PASSINGS;0;2\r\n");
  box.hear(chip_read("7", "2026-09-20T09:00:00"));
  EXPECT_EQ(answer(box, "1\r\n", after_seconds(0)).substr(0, 4), "1;7;");
  EXPECT_EQ(answer(box, "GETFILE;1\r\n", after_seconds(0)).substr(0, 4), "1;6;");
}

TEST(RaceresultBox, SendsAGunAsChip99999AndLiesAboutTimeWhenTold) {
  WireTroubles troubles;
  troubles.dial_ahead = std::chrono::hours(1);
  RaceresultBox box({}, troubles);
  box.hear(gun_read("Gun", "2026-09-20T09:00:00"));
  box.connect(after_seconds(0));
  EXPECT_EQ(answer(box, "1\r\n", after_seconds(0)).substr(0, 33),
            "1;99999;2026-09-20;10:00:00.000;0");
}

TEST(RaceresultBox, CountsNothingAsSentBehindADroppedConnection) {
  WireTroubles troubles;
  troubles.drop_every = 2;
  RaceresultBox box({}, troubles);
  for (int i = 0; i < 5; ++i) box.hear(chip_read("7", "2026-09-20T09:00:00"));
  box.connect(after_seconds(0));
  const std::string sent = answer(box, "1:32\r\n", after_seconds(0));
  EXPECT_EQ(std::count(sent.begin(), sent.end(), '\n'), 2);
  EXPECT_EQ(box.tally().sent, 2U);
}

TEST(RaceresultBox, CountsWhatItDoesNotUnderstand) {
  RaceresultBox box({});
  box.connect(after_seconds(0));
  EXPECT_EQ(answer(box, "DANCE\r\n0\r\n1:x\r\nGETFILE;7\r\nSETPROTOCOL;x\r\n", after_seconds(0)),
            "");
  EXPECT_EQ(box.tally().not_understood, 5U);
}

}  // namespace
}  // namespace hs::sim
