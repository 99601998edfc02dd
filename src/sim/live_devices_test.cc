#include "sim/live_devices.h"

#include <gtest/gtest.h>

#include <set>

#include "formats/event_file.h"
#include "sim/emulators/raceresult_box.h"

namespace hs::sim {
namespace {

HeardRace small_race() {
  SimulationRequest request;
  request.runners = 20;
  request.leave_out = troubles_of_files_only();
  auto race = hear_race(request);
  EXPECT_TRUE(race.has_value());
  return std::move(*race);
}

TEST(DealtDevices, GiveEachBoxToOneDeviceAndUseEveryKind) {
  const Plan plan = marathon_plan();
  std::multiset<std::size_t> boxes;
  std::set<DeviceKind> kinds;
  for (const DealtDevice& device : deal_devices(plan)) {
    boxes.insert(device.boxes.begin(), device.boxes.end());
    kinds.insert(device.kind);
    for (const std::size_t box : device.boxes) {
      EXPECT_EQ(plan.boxes[box].role, plan.boxes[device.boxes.front()].role);
    }
  }
  EXPECT_EQ(boxes.size(), plan.boxes.size());
  EXPECT_EQ(std::set<std::size_t>(boxes.begin(), boxes.end()).size(), plan.boxes.size());
  EXPECT_EQ(kinds.size(), 5U);
}

TEST(DealtDevices, ShareOneOnlyWhereRoleAndOffsetAreTheSame) {
  Plan plan = marathon_plan();
  const std::size_t before = deal_devices(plan).size();
  plan.boxes[5].configured_offset = std::chrono::milliseconds(1500);  // The second MYLAPS box.
  EXPECT_EQ(deal_devices(plan).size(), before + 1);
}

TEST(LiveEventFile, IsReadByTheEventReaderSourceForSource) {
  const HeardRace race = small_race();
  const std::vector<DealtDevice> devices = deal_devices(race.plan);
  std::vector<LiveSource> sources;
  for (const DealtDevice& device : devices) {
    sources.push_back(source_of(device, race.plan, "127.0.0.1:4711"));
  }
  std::vector<model::Attention> notes;
  const auto event = formats::read_event(live_event_toml(race.plan, sources), "event.toml", &notes);
  ASSERT_TRUE(event.has_value()) << event.error().text();
  ASSERT_EQ(event->sources.size(), devices.size());
  bool had_offset = false;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    const model::SourceConfig& source = event->sources[i];
    const bool answers =
        make_emulator(devices[i], race.plan, {})->role() == Emulator::Role::Answers;
    EXPECT_EQ(source.device, name_of(devices[i].kind));
    EXPECT_EQ(answers ? source.connect : source.listen, "127.0.0.1:4711");
    EXPECT_EQ(source.role, race.plan.boxes[devices[i].boxes.front()].role);
    EXPECT_EQ(source.offset, race.plan.boxes[devices[i].boxes.front()].configured_offset);
    EXPECT_EQ(source.mat.empty(), !answers);
    EXPECT_EQ(source.locations.size(), answers ? 0 : devices[i].boxes.size());
    had_offset = had_offset || source.offset.count() != 0;
  }
  EXPECT_TRUE(had_offset) << "the box that is 1.5 s off is in the field";
}

TEST(HeardQueue, TellsEverythingOnceInItsTimeWithGuns) {
  const HeardRace race = small_race();
  std::size_t guns = 0, heard = 0;
  for (const DealtDevice& device : deal_devices(race.plan)) {
    HeardQueue queue(race, device);
    const std::unique_ptr<Emulator> emulator = make_emulator(device, race.plan, {});
    std::size_t there = 0;
    for (const std::size_t box : device.boxes) {
      there += race.by_box[box].size();
      for (const BoxMarker& marker : race.plan.boxes[box].markers) guns += marker.type == "Gun";
    }
    heard += there;
    queue.tell(*emulator, local_time(std::chrono::hours(6)));
    EXPECT_EQ(emulator->tally().heard, 0U) << "no box hears before half past six";
    ASSERT_TRUE(queue.last().has_value());
    queue.tell(*emulator, *queue.last() - base::Duration(1));
    EXPECT_FALSE(queue.is_empty());
    queue.tell(*emulator, *queue.last());
    EXPECT_TRUE(queue.is_empty());
    EXPECT_EQ(emulator->tally().heard, queue.size());
  }
  EXPECT_EQ(guns, 4U);
  EXPECT_GT(heard, 300U);
}

TEST(HeardQueue, GivesTheTimeOfTheBoxesOwnDial) {
  HeardRace race = small_race();
  DealtDevice device{DeviceKind::Raceresult, {2}};  // The first box of one location, P5k.
  race.plan.boxes[2].clock.front().ahead = std::chrono::hours(1);
  race.plan.boxes[2].resolution = base::Duration(1000);
  HeardQueue queue(race, device);
  RaceresultBox box({});
  queue.tell(box, *queue.last());
  box.connect({});
  box.receive("1\r\n", {});
  const Detection& first = race.by_box[2].front();
  const std::string expected =
      base::format_time_of_day(first.at, kEventOffset + std::chrono::hours(1), 3);
  EXPECT_NE(box.due({}).find(";" + expected + ";"), std::string::npos) << expected;
}

}  // namespace
}  // namespace hs::sim
