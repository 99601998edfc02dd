#include "server/device_ports.h"

#include <gtest/gtest.h>

#include <boost/asio.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "engine/event_folder.h"
#include "support/harbour_ten.h"
#include "support/temp_folder.h"

namespace hs::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr int kRunners = 300;

std::string chip(int runner) { return "AB" + std::to_string(10000 + runner); }

/// A race day with its engine.
class Desk {
 public:
  Desk() {
    std::ofstream(temp_ / "event.toml", std::ios::binary) << test::kHarbourTen;
    std::ofstream entrants(temp_ / "entrants.csv", std::ios::binary);
    entrants << "bib,chips,name,race,wave\n";
    for (int i = 0; i < kRunners; ++i) {
      entrants << i + 1 << "," << chip(i) << ",Runner " << i + 1 << ",10k,A\n";
    }
    entrants.close();
    const auto folder = engine::read_event_folder(temp_.path(), engine::Strict::No);
    EXPECT_TRUE(folder) << folder.error().text();
    event = folder->event;
    auto day = engine::RaceDay::open(temp_ / "x.race", scoring::Closing::ByFacts);
    EXPECT_TRUE(day->take(*folder).has_value());
    race = std::make_unique<engine::LiveEngine>(std::move(*day), engine::LiveEngine::Options{});
    model::SourceConfig source;
    source.device = source.format = "mylaps";
    source.listen = "127.0.0.1:0";
    source.clock = model::DeviceClock::Utc;
    source.locations = {{"Start", "arch"}, {"Finish", "goal"}};
    event.sources = {source};
  }

  base::Result<std::unique_ptr<DevicePorts>> open(DevicePorts::Options options = {}) const {
    options.spool_folder = temp_ / "spool";
    options.retry_least = std::chrono::milliseconds(20);
    return DevicePorts::open(*race, event, options);
  }
  [[nodiscard]] std::size_t running() const {
    race->settle();
    std::size_t count = 0;
    const auto snapshot = race->snapshot();
    for (std::size_t i = 0; i < snapshot->size(); ++i) {
      const auto* runner = snapshot->runner(model::EntrantId(static_cast<std::uint32_t>(i)));
      count += runner->result.status == model::RunnerStatus::Running ? 1u : 0u;
    }
    return count;
  }

  model::Event event;
  std::unique_ptr<engine::LiveEngine> race;

 private:
  test::TempFolder temp_;
};

std::string passing(int runner, int number) {
  return "Start@Passing@t=10:00:0" + std::to_string(runner % 10) + ".000|c=" + chip(runner) +
         "|d=260508|dv=4@" + std::to_string(number) + "@$";
}

/// A device of the test's own: plain bytes over a socket.
class Device {
 public:
  explicit Device(std::uint16_t port) : socket_(io_) {
    socket_.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port));
  }
  explicit Device(tcp::acceptor& acceptor) : socket_(acceptor.accept()) {}
  void send(const std::string& bytes) { asio::write(socket_, asio::buffer(bytes)); }
  /// Everything up to and with `end`.
  std::string until(const std::string& end) {
    std::string out;
    boost::system::error_code error;
    asio::read_until(socket_, asio::dynamic_buffer(heard_), end, error);
    std::swap(out, heard_);
    return out;
  }
  [[nodiscard]] bool is_closed_by_peer() {
    char byte = 0;
    boost::system::error_code error;
    while (!error) asio::read(socket_, asio::buffer(&byte, 1), error);
    return error == asio::error::eof || error == asio::error::connection_reset;
  }

 private:
  asio::io_context io_;
  tcp::socket socket_;
  std::string heard_;
};

TEST(DevicePorts, ADeviceThatCallsIsHeardAndThanked) {
  const Desk desk;
  const auto ports = desk.open();
  ASSERT_TRUE(ports.has_value()) << ports.error().text();
  Device device((*ports)->ports().at(0));
  device.send("Start@Pong@$");
  EXPECT_NE(device.until("$").find("AckPong@Version2.1"), std::string::npos);
  device.send(passing(1, 17));
  EXPECT_NE(device.until("$").find("AckPassing@17@"), std::string::npos);
  EXPECT_EQ(desk.running(), 1u);
}

TEST(DevicePorts, SeveralConnectionsOfOneSourceAreHeardAtOnce) {
  const Desk desk;
  const auto ports = desk.open();
  ASSERT_TRUE(ports.has_value());
  std::vector<std::thread> devices;
  for (int d = 0; d < 6; ++d) {
    devices.emplace_back([&, d] {
      Device device((*ports)->ports().at(0));
      for (int i = d; i < kRunners; i += 6) {
        // In two halves, so that messages of all are open at the same time.
        const std::string message = passing(i, i);
        device.send(message.substr(0, 20));
        device.send(message.substr(20));
        EXPECT_NE(device.until("$").find("AckPassing@" + std::to_string(i) + "@"),
                  std::string::npos);
      }
    });
  }
  for (std::thread& device : devices) device.join();
  EXPECT_EQ(desk.running(), static_cast<std::size_t>(kRunners));
}

TEST(DevicePorts, WhatWasNotThankedForComesAgainAndCountsOnce) {
  const Desk desk;
  std::uint16_t port = 0;
  {
    auto ports = desk.open();
    ASSERT_TRUE(ports.has_value());
    port = (*ports)->ports().at(0);
    Device device(port);
    device.send(passing(1, 1));
    (void)device.until("$");
    device.send(passing(2, 2));  // The answer is not waited for.
  }
  const auto ports = desk.open();
  ASSERT_TRUE(ports.has_value());
  Device device((*ports)->ports().at(0));
  device.send(passing(1, 1) + passing(2, 2) + passing(3, 3));
  EXPECT_NE(device.until("AckPassing@3@$").find("AckPassing@1@"), std::string::npos);
  EXPECT_EQ(desk.running(), 3u);
}

/// Files of spools that this process has open.
std::size_t open_spools() {
  std::size_t count = 0;
  std::error_code ignored;
  for (const auto& file : std::filesystem::directory_iterator("/proc/self/fd", ignored)) {
    const auto target = std::filesystem::read_symlink(file.path(), ignored);
    if (!ignored && target.string().find(".spool") != std::string::npos) ++count;
  }
  return count;
}

TEST(DevicePorts, NothingStaysOpenBehindTheEnd) {
  const std::size_t before = open_spools();
  const Desk desk;
  {
    const auto ports = desk.open();
    ASSERT_TRUE(ports.has_value());
    Device device((*ports)->ports().at(0));
    device.send("Start@Pong@$" + passing(1, 1));
    (void)device.until("AckPassing@1@$");
    EXPECT_EQ(open_spools(), before + 1);
  }
  desk.race->settle();  // Its thread may have held what it posted into for a moment.
  EXPECT_EQ(open_spools(), before);
}

TEST(DevicePorts, ADeviceThatIsCalledIsCalledAgainWhenItIsLost) {
  Desk desk;
  asio::io_context io;
  tcp::acceptor box(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  desk.event.sources[0].listen.clear();
  desk.event.sources[0].connect = "127.0.0.1:" + std::to_string(box.local_endpoint().port());
  const auto ports = desk.open();
  ASSERT_TRUE(ports.has_value());
  for (int time = 1; time <= 3; ++time) {
    Device device(box);
    device.send(passing(time, time));
    EXPECT_NE(device.until("$").find("AckPassing@" + std::to_string(time) + "@"),
              std::string::npos);
  }
  EXPECT_EQ(desk.running(), 3u);
}

TEST(DevicePorts, ADeviceThatSendsWithoutAnEndIsHungUpOnAndOthersGoOn) {
  const Desk desk;
  const auto ports = desk.open();
  ASSERT_TRUE(ports.has_value());
  Device good((*ports)->ports().at(0));
  Device endless((*ports)->ports().at(0));
  std::thread sender([&] {
    try {
      for (int i = 0; i < 100; ++i) endless.send(std::string(1U << 20U, 'x'));
    } catch (const boost::system::system_error&) {
      // Hung up on.
    }
  });
  sender.join();
  EXPECT_TRUE(endless.is_closed_by_peer());
  good.send(passing(1, 1));
  EXPECT_NE(good.until("$").find("AckPassing@1@"), std::string::npos);
}

TEST(DevicePorts, APortThatIsTakenIsSaid) {
  Desk desk;
  const auto first = desk.open();
  ASSERT_TRUE(first.has_value());
  desk.event.sources[0].listen = "127.0.0.1:" + std::to_string((*first)->ports().at(0));
  const auto second = desk.open();
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, base::ErrorCode::Io);
  EXPECT_NE(second.error().message.find(desk.event.sources[0].listen), std::string::npos);
}

TEST(DevicePorts, TheReportSaysWhoIsThereAndWhatCame) {
  const Desk desk;
  const auto ports = desk.open();
  ASSERT_TRUE(ports.has_value());
  ASSERT_EQ((*ports)->report().size(), 1u);
  EXPECT_STREQ(name_of((*ports)->report()[0].state), "listening");
  Device device((*ports)->ports().at(0));
  device.send("Start@Pong@$" + passing(1, 1));
  (void)device.until("AckPassing@1@$");
  std::vector<DeviceReport> report;
  // Worked out four times a second.
  for (int i = 0; i < 400 && (report.empty() || report[0].line.reads == 0); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    report = (*ports)->report();
  }
  ASSERT_EQ(report.size(), 1u);
  EXPECT_STREQ(name_of(report[0].state), "connected");
  EXPECT_EQ(report[0].line.reads, 1u);
  EXPECT_EQ(report[0].line.device.locations, std::set<std::string>{"Start"});
  EXPECT_TRUE(report[0].line.acknowledges);
  EXPECT_NE(report[0].peer.find("127.0.0.1:"), std::string::npos);
}

TEST(DevicePorts, ADeviceThatTakesNoCallIsGivenUpOnAndCalledAgain) {
  // A host that lets calls ring: as many as it keeps are waiting already.
  asio::io_context io;
  tcp::acceptor acceptor(io);
  acceptor.open(tcp::v4());
  acceptor.bind({asio::ip::address_v4::loopback(), 0});
  acceptor.listen(0);
  std::vector<std::unique_ptr<tcp::socket>> callers;
  for (int i = 0; i < 4; ++i) {
    callers.push_back(std::make_unique<tcp::socket>(io));
    callers.back()->async_connect(acceptor.local_endpoint(), [](boost::system::error_code) {});
  }
  Desk desk;
  model::SourceConfig source;
  source.device = source.format = "ipico";
  source.connect = "127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
  source.mat = "goal";
  desk.event.sources = {source};
  DevicePorts::Options options;
  options.connect_within = std::chrono::milliseconds(50);
  const auto ports = desk.open(options);
  ASSERT_TRUE(ports.has_value()) << ports.error().text();
  std::string trouble;
  for (int i = 0; i < 200 && trouble.empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
    trouble = (*ports)->report().at(0).trouble;
  }
  EXPECT_EQ(trouble, "no answer");
}

}  // namespace
}  // namespace hs::server
