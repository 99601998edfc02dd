#include "sim/live_devices.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "sim/emulators/chronotrack_source.h"
#include "sim/emulators/ipico_reader.h"
#include "sim/emulators/raceresult_box.h"
#include "sim/emulators/ultra_box.h"

namespace hs::sim {

namespace {

constexpr std::array<DeviceKind, 5> kInTurn = {DeviceKind::Mylaps, DeviceKind::Chronotrack,
                                               DeviceKind::Raceresult, DeviceKind::Ultra,
                                               DeviceKind::Ipico};

bool has_locations(DeviceKind kind) {
  return kind == DeviceKind::Mylaps || kind == DeviceKind::Chronotrack;
}

base::Duration resolution_of(DeviceKind kind) {
  const bool hundredths = kind == DeviceKind::Chronotrack || kind == DeviceKind::Ipico;
  return base::Duration(hundredths ? 10000 : 1000);
}

std::vector<std::string> names_of(const DealtDevice& device, const Plan& plan) {
  std::vector<std::string> names;
  for (const std::size_t box : device.boxes) names.push_back(plan.boxes[box].name);
  return names;
}

std::vector<base::RaceTime> guns_of(const Box& box) {
  std::vector<base::RaceTime> guns;
  for (const BoxMarker& marker : box.markers) {
    if (marker.type == "Gun") guns.push_back(marker.at);
  }
  return guns;
}

}  // namespace

const char* name_of(DeviceKind kind) {
  switch (kind) {
    case DeviceKind::Mylaps:
      return "mylaps";
    case DeviceKind::Chronotrack:
      return "chronotrack";
    case DeviceKind::Raceresult:
      return "raceresult";
    case DeviceKind::Ultra:
      return "ultra";
    case DeviceKind::Ipico:
      return "ipico";
  }
  return "";
}

std::vector<DealtDevice> deal_devices(const Plan& plan) {
  std::vector<DealtDevice> devices;
  for (std::size_t i = 0; i < plan.boxes.size(); ++i) {
    const DeviceKind kind = kInTurn[i % kInTurn.size()];
    const Box& box = plan.boxes[i];
    const auto shares = [&](const DealtDevice& device) {
      const Box& first = plan.boxes[device.boxes.front()];
      return device.kind == kind && has_locations(kind) && first.role == box.role &&
             first.configured_offset == box.configured_offset;
    };
    const auto found = std::find_if(devices.begin(), devices.end(), shares);
    if (found != devices.end()) {
      found->boxes.push_back(i);
    } else {
      devices.push_back({kind, {i}});
    }
  }
  return devices;
}

void set_resolutions(const std::vector<DealtDevice>& devices, Plan& plan) {
  for (const DealtDevice& device : devices) {
    for (const std::size_t box : device.boxes) {
      plan.boxes[box].resolution = resolution_of(device.kind);
    }
  }
}

std::vector<Trouble> troubles_of_files_only() {
  return {Trouble::Clock1980, Trouble::ClockReset, Trouble::ClockHour};
}

std::unique_ptr<Emulator> make_emulator(const DealtDevice& device, const Plan& plan,
                                        const WireTroubles& troubles) {
  const Box& first = plan.boxes[device.boxes.front()];
  switch (device.kind) {
    case DeviceKind::Mylaps: {
      MylapsSetup setup;
      setup.locations = names_of(device, plan);
      setup.utc_offset = kEventOffset;
      setup.after_frame = "\r\n";
      return std::make_unique<MylapsClient>(setup, troubles);
    }
    case DeviceKind::Chronotrack: {
      ChronotrackSetup setup;
      setup.locations = names_of(device, plan);
      setup.readers.clear();
      for (const std::size_t box : device.boxes) setup.readers.push_back(plan.boxes[box].serial);
      setup.connection_id = first.serial + "0001";
      setup.event_name = plan.event_name;
      return std::make_unique<ChronotrackSource>(setup, troubles);
    }
    case DeviceKind::Raceresult: {
      RaceresultSetup setup;
      setup.name = first.name;
      setup.device_id = first.serial;
      return std::make_unique<RaceresultBox>(setup, troubles);
    }
    case DeviceKind::Ultra: {
      UltraSetup setup;
      setup.ultra_id = static_cast<std::uint32_t>(device.boxes.front() + 1);
      return std::make_unique<UltraBox>(setup, troubles);
    }
    case DeviceKind::Ipico: {
      IpicoSetup setup;
      setup.reader = static_cast<std::uint8_t>(device.boxes.front());
      return std::make_unique<IpicoReader>(setup, troubles);
    }
  }
  return nullptr;
}

LiveSource source_of(const DealtDevice& device, const Plan& plan, const std::string& address) {
  const Box& first = plan.boxes[device.boxes.front()];
  LiveSource source;
  source.device = name_of(device.kind);
  source.opened_by =
      has_locations(device.kind) ? LiveSource::OpenedBy::Device : LiveSource::OpenedBy::Us;
  source.address = address;
  source.role = first.role;
  source.offset = first.configured_offset;
  for (const std::size_t box : device.boxes) {
    source.locations.push_back(
        {has_locations(device.kind) ? plan.boxes[box].name : "", plan.boxes[box].mat});
  }
  return source;
}

HeardQueue::HeardQueue(const HeardRace& race, const DealtDevice& device)
    : race_(race), boxes_(device.boxes), occurrences_(device.boxes.size()) {
  for (std::size_t i = 0; i < boxes_.size(); ++i) {
    const auto location = static_cast<std::uint32_t>(i);
    const std::vector<Detection>& heard = race.by_box[boxes_[i]];
    std::uint32_t index = 0;
    for (const Detection& detection : heard) {
      items_.push_back({detection.written, location, index++});
    }
    for (const base::RaceTime gun : guns_of(race.plan.boxes[boxes_[i]])) {
      items_.push_back({gun, location, index++});
    }
  }
  std::stable_sort(items_.begin(), items_.end(),
                   [](const Item& a, const Item& b) { return a.written < b.written; });
}

void HeardQueue::tell(Emulator& emulator, base::RaceTime now) {
  for (; next_ < items_.size() && items_[next_].written <= now; ++next_) {
    emulator.hear(read_of(items_[next_]));
  }
}

std::optional<base::RaceTime> HeardQueue::last() const {
  if (items_.empty()) return std::nullopt;
  return items_.back().written;
}

DeviceRead HeardQueue::read_of(const Item& item) {
  const std::size_t box_index = boxes_[item.location];
  const Box& box = race_.plan.boxes[box_index];
  const std::vector<Detection>& heard = race_.by_box[box_index];
  DeviceRead read;
  read.location = item.location;
  if (item.index >= heard.size()) {
    read.kind = HeardKind::Gun;
    read.at = dial_at(box, item.written);
    read.tag = "Gun";
    return read;
  }
  const Detection& detection = heard[item.index];
  std::vector<std::uint16_t>& seen = occurrences_[item.location];
  if (seen.size() <= detection.chip) seen.resize(detection.chip + 1);
  read.at = dial_at(box, detection.at);
  read.tag = std::to_string(detection.chip);
  read.occurrence = ++seen[detection.chip];
  HS_CHECK(detection.antenna >= 1 && detection.antenna <= 8, "eight antennas have a bit each");
  read.antennas = static_cast<std::uint8_t>(1U << (detection.antenna - 1U));
  read.rssi_dbm = detection.rssi_dbm;
  read.hits = detection.hits;
  return read;
}

}  // namespace hs::sim
