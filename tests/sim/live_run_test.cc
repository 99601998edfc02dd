// A simulated race over real sockets on loopback, in seconds.
#include "sim/live_run.h"

#include <gtest/gtest.h>

#include <thread>

#include "sim/wire_host.h"

namespace hs::sim_test {
namespace {

using sim::DeviceLinks;
using sim::LiveProgress;
using sim::LiveRun;

sim::SimulationRequest thirty_runners() {
  sim::SimulationRequest request;
  request.runners = 30;
  request.seed = 7;
  return request;
}

sim::LiveOptions quick() {
  sim::LiveOptions options;
  options.speed = 10000;
  options.connect_within = std::chrono::seconds(20);
  options.deliver_within = std::chrono::seconds(20);
  return options;
}

/// A host behind every address of a run, in a thread of its own until it is gone.
class Hosts {
 public:
  explicit Hosts(const LiveRun& run) {
    for (const sim::LiveSource& source : run.sources()) {
      sim::DeviceKind kind = sim::DeviceKind::Mylaps;
      for (const auto one : {sim::DeviceKind::Chronotrack, sim::DeviceKind::Raceresult,
                             sim::DeviceKind::Ultra, sim::DeviceKind::Ipico}) {
        if (source.device == sim::name_of(one)) kind = one;
      }
      hosts_.push_back(std::make_unique<WireHost>(kind));
      if (source.opened_by == sim::LiveSource::OpenedBy::Device) {
        EXPECT_TRUE(links_.answer(*hosts_.back(), source.address).has_value());
      } else {
        EXPECT_TRUE(links_.call(*hosts_.back(), source.address).has_value());
      }
    }
    thread_ = std::thread([this] {
      links_.run(
          std::chrono::milliseconds(5),
          [this](base::Duration) {
            return ends_ ? DeviceLinks::Going::Stop : DeviceLinks::Going::On;
          },
          [](base::Duration) { return base::ReaderTime(); });
    });
  }
  Hosts(const Hosts&) = delete;
  Hosts& operator=(const Hosts&) = delete;
  ~Hosts() { end(); }

  void end() {
    ends_ = true;
    if (thread_.joinable()) thread_.join();
  }

  /// Behind `end`.
  [[nodiscard]] std::size_t reads(std::size_t device) const {
    return hosts_[device]->reads().size();
  }

 private:
  std::vector<std::unique_ptr<WireHost>> hosts_;
  DeviceLinks links_;
  std::atomic<bool> ends_{false};
  std::thread thread_;
};

void expect_all_came(const sim::LiveReport& report, const Hosts& hosts) {
  EXPECT_TRUE(report.delivered) << report.words();
  EXPECT_EQ(report.tally.heard, report.reads);
  for (std::size_t i = 0; i < report.devices.size(); ++i) {
    const sim::LiveDeviceReport& device = report.devices[i];
    if (device.kind == sim::DeviceKind::Ipico) {
      // Two reads of a chip in one hundredth are one line.
      EXPECT_GT(hosts.reads(i), device.tally.heard * 9 / 10);
      EXPECT_LE(hosts.reads(i), device.tally.heard);
    } else {
      EXPECT_EQ(hosts.reads(i), device.tally.heard) << report.words();
    }
  }
}

TEST(LiveRun, BringsEveryReadOfARaceOverTheWire) {
  const auto run = LiveRun::prepare(thirty_runners(), quick());
  ASSERT_TRUE(run.has_value()) << run.error().text();
  Hosts hosts(**run);
  std::vector<LiveProgress::Phase> phases;
  const auto report = (*run)->play([&phases](const LiveProgress& progress) {
    if (phases.empty() || phases.back() != progress.phase) phases.push_back(progress.phase);
  });
  hosts.end();
  ASSERT_TRUE(report.has_value()) << report.error().text();
  expect_all_came(*report, hosts);
  EXPECT_GT(report->reads, 1000U);
  EXPECT_TRUE(report->wait_median.has_value());
  ASSERT_FALSE(phases.empty());
  EXPECT_EQ(phases.back(), LiveProgress::Phase::Done);
}

TEST(LiveRun, LosesNothingWhenConnectionsDropAndFramesAreCutAndRepeated) {
  sim::LiveOptions options = quick();
  options.troubles.copies = 2;
  options.troubles.drop_every = 300;
  options.troubles.cut_frame = 40;
  options.troubles.cut_for = std::chrono::milliseconds(100);
  const auto run = LiveRun::prepare(thirty_runners(), options);
  ASSERT_TRUE(run.has_value()) << run.error().text();
  Hosts hosts(**run);
  const auto report = (*run)->play();
  hosts.end();
  ASSERT_TRUE(report.has_value()) << report.error().text();
  expect_all_came(*report, hosts);
  EXPECT_GT(report->tally.connections, report->devices.size()) << "none was dropped";
  EXPECT_GE(report->tally.repeated, report->reads);
}

TEST(LiveRun, SaysWhomNobodyServed) {
  sim::LiveOptions options = quick();
  options.connect_within = std::chrono::milliseconds(50);
  const auto run = LiveRun::prepare(thirty_runners(), options);
  ASSERT_TRUE(run.has_value()) << run.error().text();
  const auto report = (*run)->play();
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, base::ErrorCode::Io);
  EXPECT_NE(report.error().message.find((*run)->sources().front().address), std::string::npos);
}

TEST(LiveRun, EndsWhenItIsStoppedAndSaysThatNotAllWasDelivered) {
  sim::LiveOptions options = quick();
  options.speed = 1;
  options.after = sim::AfterTheRace::Stay;
  const auto run = LiveRun::prepare(thirty_runners(), options);
  ASSERT_TRUE(run.has_value()) << run.error().text();
  Hosts hosts(**run);
  LiveRun& live = **run;
  const auto report = live.play([&live](const LiveProgress& progress) {
    if (progress.phase == LiveProgress::Phase::Running) live.stop();
  });
  ASSERT_TRUE(report.has_value());
  EXPECT_FALSE(report->delivered);
  EXPECT_LT(report->tally.heard, report->reads);
}

TEST(LiveRun, RefusesASpeedThatIsNone) {
  sim::LiveOptions options;
  options.speed = 0;
  const auto run = LiveRun::prepare(thirty_runners(), options);
  ASSERT_FALSE(run.has_value());
  EXPECT_EQ(run.error().code, base::ErrorCode::InvalidInput);
}

}  // namespace
}  // namespace hs::sim_test
