// Reads at a socket as MYLAPS Timing & Scoring sends them: an even load, then bursts, and how long
// a read waited from the moment the device heard it to its acknowledgement.
//
//   hs_read_load 127.0.0.1:3097 --location Finish      against a running `homestretch serve`
//   hs_read_load                                       against a host that only says thanks
//
// The second form gives the floor: what generator and sockets cost without a receiver. Exit 0 when
// every read was acknowledged, 1 when not, 2 for bad arguments, 3 when nobody listened.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "sim/device_links.h"
#include "sim/emulators/mylaps_client.h"
#include "sim/wire_host.h"

namespace {

using hs::base::Duration;
using hs::sim::DeviceLinks;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration kStep = milliseconds(10);
constexpr Duration kConnectWithin = seconds(10);
constexpr std::uint32_t kFirstChip = 1001;
constexpr std::size_t kInFlight = 4096;  // As many as it takes: the receiver is measured, not us.

struct Load {
  std::string address;  // Empty: a host of our own.
  std::string location = "Finish";
  std::string from = "2026-09-20T08:00:00";  // On the device's dial.
  std::uint32_t chips = 20000;
  std::uint32_t rate = 2000;  // Reads a second.
  std::uint32_t for_seconds = 30;
  std::uint32_t bursts = 3;
  std::uint32_t burst = 20000;  // Reads, within a second.
  std::uint32_t drain_seconds = 60;
};

/// A stretch of the load: so many reads, evenly over its length, then the wait for the last
/// acknowledgement.
struct Stretch {
  std::string name;
  std::uint64_t reads = 0;
  Duration length{0};
  std::vector<Duration> waits;  // One a read.
  Duration began{0}, drained{0};
};

class Generator {
 public:
  Generator(const Load& load, hs::base::ReaderTime from, hs::sim::MylapsClient& client)
      : load_(load), from_(from), client_(client) {
    stretches_.push_back({fmt::format("{}/s", load.rate),
                          std::uint64_t{load.rate} * load.for_seconds,
                          seconds(load.for_seconds),
                          {},
                          {},
                          {}});
    for (std::uint32_t i = 0; i < load.bursts; ++i) {
      stretches_.push_back({fmt::format("burst {}", i + 1), load.burst, seconds(1), {}, {}, {}});
    }
  }

  [[nodiscard]] hs::base::ReaderTime dial(Duration since) const { return from_ + since; }

  DeviceLinks::Going step(Duration since) {
    if (!connected_) {
      if (!client_.is_connected()) {
        return since < kConnectWithin ? DeviceLinks::Going::On : DeviceLinks::Going::Stop;
      }
      connected_ = true;
      begin(since);
    }
    take_acks();
    Stretch& stretch = stretches_[at_];
    hear(stretch, since);
    const bool late = since - stretch.began > stretch.length + seconds(load_.drain_seconds);
    if (stretch.waits.size() < stretch.reads && !late) return DeviceLinks::Going::On;
    stretch.drained = since - stretch.began;
    if (late || ++at_ == stretches_.size()) return DeviceLinks::Going::Stop;
    begin(since);
    return DeviceLinks::Going::On;
  }

  [[nodiscard]] bool was_connected() const { return connected_; }
  [[nodiscard]] std::vector<Stretch>& stretches() { return stretches_; }

 private:
  void begin(Duration since) {
    stretches_[at_].began = since;
    in_stretch_ = 0;
  }

  /// Everything that is due by now in this stretch.
  void hear(const Stretch& stretch, Duration since) {
    const auto passed = static_cast<std::uint64_t>((since - stretch.began).count());
    const auto length = static_cast<std::uint64_t>(stretch.length.count());
    const std::uint64_t due = passed >= length ? stretch.reads : stretch.reads * passed / length;
    for (; in_stretch_ < due; ++in_stretch_) {
      hs::sim::DeviceRead read;
      read.at = dial(since);
      read.tag = std::to_string(kFirstChip + heard_.size() % load_.chips);
      read.occurrence = static_cast<std::uint32_t>(heard_.size() / load_.chips + 1);
      heard_.push_back(since);
      client_.hear(std::move(read));
    }
  }

  void take_acks() {
    for (const hs::sim::MylapsAck& ack : client_.take_acks()) {
      for (std::size_t i = 0; i < ack.reads; ++i) {
        stretches_[at_].waits.push_back(ack.acknowledged - heard_[ack.first_read + i]);
      }
    }
  }

  const Load& load_;
  hs::base::ReaderTime from_;
  hs::sim::MylapsClient& client_;
  std::vector<Stretch> stretches_;
  std::vector<Duration> heard_;  // When each read was.
  std::size_t at_ = 0;
  std::uint64_t in_stretch_ = 0;
  bool connected_ = false;
};

double ms(Duration wait) { return static_cast<double>(wait.count()) / 1000; }

/// Prints a line a stretch; whether everything was acknowledged.
bool print(std::vector<Stretch>& stretches) {
  bool all = true;
  std::printf("%-10s %9s %9s %9s %9s %9s %9s\n", "load", "reads", "thanked", "p50 ms", "p99 ms",
              "max ms", "drained s");
  for (Stretch& stretch : stretches) {
    std::sort(stretch.waits.begin(), stretch.waits.end());
    const std::size_t count = stretch.waits.size();
    all = all && count == stretch.reads;
    const auto at = [&](std::size_t per_mille) {
      return count == 0 ? 0.0 : ms(stretch.waits[std::min(count - 1, count * per_mille / 1000)]);
    };
    std::printf("%-10s %9llu %9zu %9.1f %9.1f %9.1f %9.1f\n", stretch.name.c_str(),
                static_cast<unsigned long long>(stretch.reads), count, at(500), at(990), at(1000),
                ms(stretch.drained) / 1000);
  }
  return all;
}

/// A host in a thread of its own that acknowledges at once.
class ThankfulHost {
 public:
  [[nodiscard]] hs::base::Result<std::string> start() {
    HS_TRY(std::string address, links_.answer(host_, "127.0.0.1:0"));
    thread_ = std::thread([this] {
      links_.run(
          kStep,
          [this](Duration) { return ends_ ? DeviceLinks::Going::Stop : DeviceLinks::Going::On; },
          [](Duration) { return hs::base::ReaderTime(); });
    });
    return address;
  }
  ThankfulHost() = default;
  ThankfulHost(const ThankfulHost&) = delete;
  ThankfulHost& operator=(const ThankfulHost&) = delete;
  ~ThankfulHost() {
    ends_ = true;
    if (thread_.joinable()) thread_.join();
  }

 private:
  hs::sim_test::WireHost host_{hs::sim::DeviceKind::Mylaps};
  DeviceLinks links_;
  std::atomic<bool> ends_{false};
  std::thread thread_;
};

int refuse(const std::string& why, int exit) {
  std::fprintf(stderr, "hs_read_load: %s\n", why.c_str());
  return exit;
}

int run(Load load) {
  const auto from = hs::base::parse_iso(load.from);
  if (!from) return refuse(from.error().text(), 2);
  ThankfulHost own;
  if (load.address.empty()) {
    const auto address = own.start();
    if (!address) return refuse(address.error().text(), 3);
    load.address = *address;
  }
  hs::sim::MylapsSetup setup;
  setup.locations = {load.location};
  setup.messages_in_flight = kInFlight;
  hs::sim::MylapsClient client(setup);
  DeviceLinks links;
  if (const auto called = links.call(client, load.address); !called) {
    return refuse(called.error().text(), 2);
  }
  Generator generator(load, hs::base::ReaderTime(Duration(from->civil.micros)), client);
  links.run(
      kStep, [&generator](Duration since) { return generator.step(since); },
      [&generator](Duration since) { return generator.dial(since); });
  if (!generator.was_connected()) return refuse("nobody listens at " + load.address, 3);
  const bool all = print(generator.stretches());
  std::printf("repeated %llu, connected %llu times\n",
              static_cast<unsigned long long>(client.tally().repeated),
              static_cast<unsigned long long>(client.tally().connections));
  return all ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  Load load;
  CLI::App program("Reads at a socket, and how long their acknowledgements take");
  program.add_option("address", load.address, "ADDRESS:PORT of a MYLAPS source; none: our own");
  program.add_option("--location", load.location, "as the event file has it");
  program.add_option("--from", load.from, "what the device's dial shows at the beginning");
  program.add_option("--chips", load.chips, "how many different")->check(CLI::Range(1, 98000));
  program.add_option("--rate", load.rate, "reads a second")->check(CLI::Range(1, 100000));
  program.add_option("--seconds", load.for_seconds, "of the even load")->check(CLI::Range(1, 3600));
  program.add_option("--bursts", load.bursts, "behind it")->check(CLI::Range(0, 100));
  program.add_option("--burst", load.burst, "reads of a burst, within a second")
      ->check(CLI::Range(1, 1000000));
  program.add_option("--drain", load.drain_seconds, "how long a stretch may drain")
      ->check(CLI::Range(1, 600));
  CLI11_PARSE(program, argc, argv);
  return run(load);
}
