// Implementation notes
//
// One thread steps: it looks at the time, tells the devices what they hear by now, and the links
// ask the devices for bytes. The race's time is reckoned from the clock at each step and never
// added up, so a machine that is busy for a second is a second behind and not slower for ever.
#include "sim/live_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "sim/event_files.h"
#include "sim/heard_race.h"

namespace hs::sim {

namespace {

constexpr std::uint32_t kMostSpeed = 10000;
constexpr base::Duration kStep = std::chrono::milliseconds(10);
constexpr base::Duration kProgressEvery = std::chrono::milliseconds(250);
constexpr base::Duration kLeadIn = std::chrono::minutes(15);

void add(const DeviceTally& tally, DeviceTally& sum) {
  sum.heard += tally.heard;
  sum.sent += tally.sent;
  sum.repeated += tally.repeated;
  sum.acknowledged += tally.acknowledged;
  sum.connections += tally.connections;
  sum.not_understood += tally.not_understood;
}

std::string words_of(const LiveDeviceReport& device) {
  const DeviceTally& tally = device.tally;
  std::string out = fmt::format("heard {}, sent {}", tally.heard, tally.sent);
  if (device.acknowledges) out += fmt::format(", acknowledged {}", tally.acknowledged);
  out += fmt::format(", repeated {}, connected {} times", tally.repeated, tally.connections);
  if (tally.not_understood > 0) {
    out += fmt::format(", {} commands not understood", tally.not_understood);
  }
  if (!device.delivered) out += ": NOT ALL DELIVERED";
  return out;
}

/// The wait that `per_mille` of the waits do not exceed. `waits` is sorted and not empty.
base::Duration quantile(const std::vector<base::Duration>& waits, std::size_t per_mille) {
  return waits[std::min(waits.size() - 1, waits.size() * per_mille / 1000)];
}

}  // namespace

/// Where `play` is.
struct LiveRun::Pace {
  using Phase = LiveProgress::Phase;
  Phase phase = Phase::Connecting;
  base::RaceTime begin;
  base::Duration running_since{0}, delivering_since{0};
  base::Duration played{0};  ///< How long it has run, up to the end of the delivery.
  base::Duration said{0};
  std::optional<std::size_t> missing;  ///< A device that nobody was connected to in time.
};

base::Result<std::unique_ptr<LiveRun>> LiveRun::prepare(const SimulationRequest& request,
                                                        const LiveOptions& options) {
  if (options.speed == 0 || options.speed > kMostSpeed) {
    return base::fail(
        base::ErrorCode::InvalidInput,
        fmt::format("found the speed {}, expected 1 to {}", options.speed, kMostSpeed));
  }
  SimulationRequest live = request;
  for (const Trouble trouble : troubles_of_files_only()) live.leave_out.push_back(trouble);
  std::vector<DealtDevice> dealt;
  HS_TRY(HeardRace race, hear_race(live, [&dealt](Plan& plan) {
           dealt = deal_devices(plan);
           set_resolutions(dealt, plan);
         }));
  std::unique_ptr<LiveRun> run(new LiveRun(std::move(race), std::move(dealt), options));
  HS_TRY_VOID(run->take_addresses());
  const Plan& plan = run->race_.plan;
  SimulatedEvent& event = run->event_;
  event.files.push_back({"event.toml", live_event_toml(plan, run->sources_)});
  event.files.push_back({"entrants.csv", entrants_csv(plan, run->race_.field)});
  std::string rulings = rulings_of(run->race_);
  if (!rulings.empty()) event.files.push_back({"rulings.jsonl", std::move(rulings)});
  event.truth = truth_of(run->race_, {});
  return run;
}

LiveRun::LiveRun(HeardRace race, std::vector<DealtDevice> dealt, const LiveOptions& options)
    : race_(std::move(race)), options_(options) {
  for (DealtDevice& device : dealt) {
    std::unique_ptr<Emulator> emulator = make_emulator(device, race_.plan, options.troubles);
    HeardQueue heard(race_, device);
    reads_ += heard.size();
    devices_.push_back({std::move(device), std::move(emulator), std::move(heard)});
  }
}

bool LiveRun::is_taken(const std::string& address) const {
  return std::any_of(sources_.begin(), sources_.end(),
                     [&](const LiveSource& source) { return source.address == address; });
}

base::Result<void> LiveRun::take_addresses() {
  for (const Standing& standing : devices_) {
    std::string address;
    if (standing.emulator->role() == Emulator::Role::Answers) {
      HS_TRY(address, links_.answer(*standing.emulator, "127.0.0.1:0"));
    } else {
      // The system may give a free port twice; no two devices share one.
      do {
        HS_TRY(address, free_address());
      } while (is_taken(address));
      HS_TRY_VOID(links_.call(*standing.emulator, address));
    }
    sources_.push_back(source_of(standing.dealt, race_.plan, address));
  }
  return {};
}

base::RaceTime LiveRun::begins() const {
  base::RaceTime gun = race_.plan.waves.front().gun;
  for (const PlanWave& wave : race_.plan.waves) gun = std::min(gun, wave.gun);
  return gun - kLeadIn;
}

base::Result<LiveReport> LiveRun::play(
    const std::function<void(const LiveProgress&)>& on_progress) {
  Pace pace;
  pace.begin = begins();
  const auto dial = [this, &pace](base::Duration since) {
    const base::Duration run =
        pace.phase == Pace::Phase::Connecting ? base::Duration(0) : since - pace.running_since;
    const base::RaceTime at = pace.begin + run * options_.speed;
    return base::ReaderTime(at.time_since_epoch() + kEventOffset);
  };
  const auto on_step = [this, &pace, &on_progress](base::Duration since) {
    const Pace::Phase before = pace.phase;
    const DeviceLinks::Going going = step(pace, since);
    const bool said_long_ago = since - pace.said >= kProgressEvery;
    if (on_progress && (pace.phase != before || said_long_ago)) {
      pace.said = since;
      on_progress(progress(pace, since));
    }
    return going;
  };
  links_.run(kStep, on_step, dial);
  if (pace.missing) {
    return base::fail(base::ErrorCode::Io,
                      fmt::format("nobody served the {} at {} within {} s",
                                  sources_[*pace.missing].device, sources_[*pace.missing].address,
                                  options_.connect_within / std::chrono::seconds(1)));
  }
  return report(pace);
}

std::optional<std::size_t> LiveRun::not_connected() const {
  for (std::size_t i = 0; i < devices_.size(); ++i) {
    if (!devices_[i].emulator->is_connected()) return i;
  }
  return std::nullopt;
}

DeviceLinks::Going LiveRun::step(Pace& pace, base::Duration since) {
  using Phase = Pace::Phase;
  if (stops_) return DeviceLinks::Going::Stop;
  if (pace.phase == Phase::Connecting) {
    const std::optional<std::size_t> missing = not_connected();
    if (missing && since < options_.connect_within) return DeviceLinks::Going::On;
    pace.missing = missing;
    if (missing) return DeviceLinks::Going::Stop;
    pace.phase = Phase::Running;
    pace.running_since = since;
  }
  if (pace.phase == Phase::Running &&
      tell_all(pace.begin + (since - pace.running_since) * options_.speed)) {
    pace.phase = Phase::Delivering;
    pace.delivering_since = since;
  }
  if (pace.phase == Phase::Delivering) {
    const bool late = since - pace.delivering_since > options_.deliver_within;
    if (all_delivered() || late) pace.phase = Phase::Done;
  }
  if (pace.phase != Phase::Done) pace.played = since - pace.running_since;
  const bool leaves = options_.after == AfterTheRace::Leave;
  return pace.phase == Phase::Done && leaves ? DeviceLinks::Going::Stop : DeviceLinks::Going::On;
}

/// Whether that was everything.
bool LiveRun::tell_all(base::RaceTime now) {
  bool all = true;
  for (Standing& standing : devices_) {
    standing.heard.tell(*standing.emulator, now);
    all = all && standing.heard.is_empty();
  }
  return all;
}

bool LiveRun::all_delivered() const {
  return std::all_of(devices_.begin(), devices_.end(),
                     [](const Standing& standing) { return standing.emulator->all_delivered(); });
}

LiveProgress LiveRun::progress(const Pace& pace, base::Duration since) const {
  LiveProgress progress;
  progress.phase = pace.phase;
  if (pace.phase != Pace::Phase::Connecting) {
    progress.at = pace.begin + (since - pace.running_since) * options_.speed;
  }
  progress.devices = devices_.size();
  progress.reads = reads_;
  for (const Standing& standing : devices_) {
    progress.connected += standing.emulator->is_connected() ? 1U : 0U;
    add(standing.emulator->tally(), progress.tally);
  }
  return progress;
}

LiveReport LiveRun::report(const Pace& pace) {
  LiveReport report;
  report.reads = reads_;
  report.took = pace.played;
  report.delivered = true;
  std::vector<base::Duration> waits;
  for (std::size_t i = 0; i < devices_.size(); ++i) {
    LiveDeviceReport device;
    device.kind = devices_[i].dealt.kind;
    device.address = sources_[i].address;
    for (const model::Location& location : sources_[i].locations) {
      device.mats.push_back(location.mat);
    }
    device.tally = devices_[i].emulator->tally();
    device.acknowledges = devices_[i].emulator->acknowledges();
    device.delivered = devices_[i].heard.is_empty() && devices_[i].emulator->has_delivered_all();
    report.delivered = report.delivered && device.delivered;
    add(device.tally, report.tally);
    if (auto* mylaps = dynamic_cast<MylapsClient*>(devices_[i].emulator.get())) {
      for (const MylapsAck& ack : mylaps->take_acks()) {
        waits.push_back(ack.acknowledged - ack.sent);
      }
    }
    report.devices.push_back(std::move(device));
  }
  if (!waits.empty()) {
    std::sort(waits.begin(), waits.end());
    report.wait_median = quantile(waits, 500);
    report.wait_99 = quantile(waits, 990);
  }
  return report;
}

std::string LiveReport::words() const {
  std::string out;
  for (const LiveDeviceReport& device : devices) {
    out += fmt::format("{:<12} {:<22} {}: {}\n", name_of(device.kind), device.address,
                       fmt::join(device.mats, ", "), words_of(device));
  }
  out += fmt::format("{} of {} reads sent in {:.1f} s", tally.sent, reads,
                     static_cast<double>(took.count()) / 1e6);
  if (wait_median && wait_99) {
    out += fmt::format("; acknowledged after {} ms (median), {} ms (99 of 100)",
                       wait_median->count() / 1000, wait_99->count() / 1000);
  }
  return out + '\n';
}

}  // namespace hs::sim
