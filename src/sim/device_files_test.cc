// Every file a simulated box writes must be read whole by `formats`: same number of reads, each at
// the very instant and of the very chip.
#include "sim/device_files.h"

#include <gtest/gtest.h>

#include "formats/chip_file.h"

namespace hs::sim {
namespace {

Box box_of(FileFormat format) {
  Box box;
  box.mat = "5k";
  box.name = "P5k";
  box.serial = "H01D81";
  box.format = format;
  box.clock = right_clock();
  const bool fine = format == FileFormat::Csv || format == FileFormat::Mylaps;
  box.resolution = fine ? base::Duration(1000) : base::Duration(10000);
  return box;
}

std::vector<Detection> detections(std::size_t count) {
  std::vector<Detection> out;
  Random random(1, 1);
  base::RaceTime at = local_time(std::chrono::hours(9));
  for (std::size_t i = 0; i < count; ++i) {
    Detection one;
    at += base::Duration(random.between(1, 3000000));
    one.at = at;
    one.written = at;
    one.chip = static_cast<ChipNumber>(random.between(1001, 99999));
    one.antenna = static_cast<std::uint8_t>(random.between(1, 4));
    one.rssi_dbm = -60;
    one.hits = static_cast<std::uint16_t>(random.between(1, 99));
    out.push_back(one);
  }
  return out;
}

model::Event event_of_the_day() {
  model::Event event;
  event.date = kEventDate;
  event.timezone = kEventZone;
  event.begins = local_time(base::Duration(0));
  event.offsets = {{event.begins, kEventOffset}};
  return event;
}

class DeviceFile : public testing::TestWithParam<FileFormat> {};

TEST_P(DeviceFile, IsReadBackLineForLine) {
  const Box box = box_of(GetParam());
  const std::vector<Detection> written = detections(57);
  const std::string bytes = read_file_of(box, written);
  model::SourceConfig source;
  source.mat = box.mat;
  source.format = name_of(box.format);
  const auto file =
      formats::parse_chip_file(source, event_of_the_day(), {"x", bytes, std::nullopt, "x.mrk"});
  ASSERT_TRUE(file.has_value()) << file.error().text();
  EXPECT_TRUE(file->bad.empty());
  ASSERT_EQ(file->streams.size(), 1U);
  const auto& reads = file->streams[0].reads;
  ASSERT_EQ(reads.size(), written.size());
  for (std::size_t i = 0; i < reads.size(); ++i) {
    EXPECT_EQ(reads[i].tag.view(), std::to_string(written[i].chip));
    EXPECT_EQ(reads[i].time, dial_at(box, written[i].at));
  }
}

INSTANTIATE_TEST_SUITE_P(AllFormats, DeviceFile,
                         testing::Values(FileFormat::ChronoTrack, FileFormat::Csv,
                                         FileFormat::Ipico, FileFormat::Mylaps),
                         [](const auto& one) { return std::string(name_of(one.param)); });

TEST(MarkerFile, TimeChangeStandsBeforeTheFirstReadOnTheNewDial) {
  Box box = box_of(FileFormat::ChronoTrack);
  const std::vector<Detection> reads = detections(10);
  ClockSpan right;
  right.from = reads[4].at;
  box.clock.front().ahead = std::chrono::hours(1);
  box.clock.push_back(right);
  box.markers.push_back({reads[4].at, "TimeChange", "", true});
  const std::string markers = marker_file_of(box, reads);
  EXPECT_NE(markers.find(",TimeChange,5,"), std::string::npos) << markers;
}

TEST(Dial, IsCutToTheResolutionAndRunsAhead) {
  Box box = box_of(FileFormat::ChronoTrack);
  box.clock.front().ahead = std::chrono::milliseconds(1500);
  box.clock.front().known_correction = -std::chrono::milliseconds(1500);
  const base::RaceTime at = local_time(std::chrono::hours(9)) + base::Duration(123456);
  const base::Duration shown = dial_at(box, at).time_since_epoch();
  EXPECT_EQ(shown.count() % 10000, 0);
  EXPECT_EQ(known_time(box, at), at - base::Duration(3456));
}

TEST(Dial, DriftsByItsParts) {
  Box box = box_of(FileFormat::Csv);
  box.clock.front().drift_per_billion = 6000;
  const base::RaceTime at = box.clock.front().from + std::chrono::hours(5);
  // 6 microseconds a second over five hours.
  EXPECT_EQ(known_time(box, at) - at, std::chrono::milliseconds(108));
}

}  // namespace
}  // namespace hs::sim
