#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "base/check.h"
#include "log/race_file.h"
#include "model/fact_codec.h"
#include "support/harbour_ten.h"
#include "support/temp_folder.h"

// A real `homestretch serve` hears a device over a real socket and is killed with SIGKILL while
// reads pour in. Whatever it has thanked for must be in the race file then; the device sends the
// rest again, as devices do, and in the end every read is there once. HS_KILLS says how often (4
// of ten of them), HS_SEED repeats a run.

namespace hs {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr int kRunners = 500;
constexpr int kMessages = 3000;
constexpr int kReadsOfAMessage = 4;

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string chip(int runner) { return "AB" + std::to_string(10000 + runner % kRunners); }

/// Chip and time of a read of a message: no two are the same.
std::string time_of(int message, int read) {
  const int milliseconds = message * kReadsOfAMessage + read;
  char text[64];
  std::snprintf(text, sizeof text, "10:%02d:%02d.%03d", milliseconds / 60'000,
                milliseconds / 1000 % 60, milliseconds % 1000);
  return text;
}

std::string message(int number) {
  std::string out = "Start@Passing";
  for (int read = 0; read < kReadsOfAMessage; ++read) {
    out += "@t=" + time_of(number, read) + "|c=" + chip(number * kReadsOfAMessage + read) +
           "|d=260508|dv=4";
  }
  return out + "@" + std::to_string(number) + "@$";
}

std::uint16_t free_port() {
  asio::io_context io;
  tcp::acceptor acceptor(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  return acceptor.local_endpoint().port();
}

void write_event(const std::string& folder, std::uint16_t port) {
  std::ofstream(folder + "/event.toml", std::ios::binary) << test::kHarbourTen << R"([[source]]
device = "mylaps"
clock = "utc"
locations = { "Start" = "arch" }
listen = "127.0.0.1:)" << port << "\"\n";
  std::ofstream entrants(folder + "/entrants.csv", std::ios::binary);
  entrants << "bib,chips,name,race,wave\n";
  for (int i = 0; i < kRunners; ++i) {
    entrants << i + 1 << "," << chip(i) << ",Runner " << i + 1 << ",10k,A\n";
  }
}

/// The program, serving.
class Serving {
 public:
  explicit Serving(const std::string& folder) {
    const char* program = std::getenv("HS_PROGRAM");
    HS_CHECK(program != nullptr, "the test does not know the program");
    id_ = ::fork();
    HS_CHECK(id_ >= 0, "a test could not start a process");
    if (id_ == 0) {
      const int nowhere = ::open("/dev/null", O_WRONLY);
      ::dup2(nowhere, STDOUT_FILENO);
      ::execl(program, program, "serve", folder.c_str(), "--listen", "127.0.0.1:0", "--no-watch",
              nullptr);
      ::_exit(127);
    }
  }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;
  ~Serving() {
    if (id_ > 0) (void)end(SIGKILL);
  }
  /// The status it ended with.
  int end(int signal) {
    ::kill(id_, signal);
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = -1;
    return status;
  }

 private:
  pid_t id_ = -1;
};

/// A device that keeps what it was not thanked for and sends it again to whoever is there.
class Device {
 public:
  explicit Device(std::uint16_t port) : port_(port), thread_([this] { run(); }) {}
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  ~Device() {
    is_ending_ = true;
    thread_.join();
  }
  [[nodiscard]] std::set<int> thanked_for() const {
    const std::lock_guard lock(mutex_);
    return thanked_;
  }
  [[nodiscard]] bool is_done() const { return thanked_for().size() == kMessages; }

 private:
  void run() {
    while (!is_ending_ && !is_done()) {
      asio::io_context io;
      tcp::socket socket(io);
      boost::system::error_code error;
      socket.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port_), error);
      if (!error) talk(socket);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  /// Sends some, reads the thanks, and so on, until the connection is lost.
  void talk(tcp::socket& socket) {
    boost::system::error_code error;
    std::string heard;
    for (int number = 0; number < kMessages && !is_ending_; ++number) {
      const std::set<int> before = thanked_for();
      std::string some;
      std::size_t sent = 0;
      for (; number < kMessages && sent < 8; ++number) {
        if (before.count(number) > 0) continue;
        some += message(number);
        ++sent;
      }
      --number;
      if (some.empty()) break;
      asio::write(socket, asio::buffer(some), error);
      while (!error && sent > 0) {
        const std::size_t length =
            asio::read_until(socket, asio::dynamic_buffer(heard), '$', error);
        if (error) return;
        note(heard.substr(0, length));
        heard.erase(0, length);
        --sent;
      }
      if (error) return;
    }
  }

  void note(const std::string& answer) {
    const std::string wanted = "AckPassing@";
    const std::size_t at = answer.find(wanted);
    ASSERT_NE(at, std::string::npos) << answer;
    const std::lock_guard lock(mutex_);
    thanked_.insert(std::atoi(answer.c_str() + at + wanted.size()));
  }

  std::uint16_t port_;
  std::atomic<bool> is_ending_{false};
  mutable std::mutex mutex_;
  std::set<int> thanked_;
  std::thread thread_;
};

bool is_listening_within(std::uint16_t port, std::chrono::milliseconds time) {
  constexpr std::chrono::milliseconds kStep{10};
  for (auto waited = std::chrono::milliseconds(0); waited < time; waited += kStep) {
    asio::io_context io;
    tcp::socket socket(io);
    boost::system::error_code error;
    socket.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port), error);
    if (!error) return true;
    std::this_thread::sleep_for(kStep);
  }
  return false;
}

/// Chip and dial of every read in the log, as often as it is there.
std::multiset<std::string> reads_in(const std::string& path) {
  std::multiset<std::string> out;
  log::OpenOptions reading;
  reading.mode = log::OpenMode::ReadOnly;
  const auto file = log::RaceFile::open(path, reading);
  EXPECT_TRUE(file) << file.error().text();
  if (!file) return out;
  EXPECT_TRUE(file->verify());
  const auto done = file->replay([&](const log::StoredFact& fact) -> base::Result<void> {
    if (fact.kind != model::FactKind::Read) return {};
    HS_TRY(const model::Read read, model::decode_read(fact.body));
    out.insert(read.tag.str() + " " + std::to_string(read.time.time_since_epoch().count()));
    return {};
  });
  EXPECT_TRUE(done) << done.error().text();
  return out;
}

std::string key(int number, int read) {
  constexpr std::int64_t kTen = 1778234400;  // 2026-05-08T10:00:00 UTC.
  const std::int64_t milliseconds = number * kReadsOfAMessage + read;
  return chip(number * kReadsOfAMessage + read) + " " +
         std::to_string((kTen * 1000 + milliseconds) * 1000);
}

TEST(ServeKill, WhatADeviceWasThankedForIsInTheRaceFileWhenTheProgramIsKilled) {
  if (std::getenv("HS_PROGRAM") == nullptr) GTEST_SKIP() << "HS_PROGRAM is not set";
  const std::uint64_t kills = (number_from_environment("HS_KILLS", 10) * 4 + 9) / 10;
  const std::uint64_t seed = number_from_environment("HS_SEED", std::random_device()());
  SCOPED_TRACE("HS_SEED=" + std::to_string(seed));
  std::printf("HS_SEED=%llu, %llu kills\n", static_cast<unsigned long long>(seed),
              static_cast<unsigned long long>(kills));
  std::mt19937_64 random(seed);
  const test::TempFolder folder;
  const std::uint16_t port = free_port();
  write_event(folder.path(), port);
  const std::string name = folder.path().substr(folder.path().rfind('/') + 1);
  const std::string race = folder / (name + ".race");

  Device device(port);
  for (std::uint64_t i = 0; i < kills; ++i) {
    Serving serving(folder.path());
    const std::size_t before = device.thanked_for().size();
    // Into the middle of things: some more messages are stored, and then at any moment.
    for (int wait = 0; wait < 2000; ++wait) {
      if (device.is_done() || device.thanked_for().size() > before + random() % 400) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 5000));
    const std::set<int> thanked = device.thanked_for();
    EXPECT_TRUE(WIFSIGNALED(serving.end(SIGKILL)));
    const std::multiset<std::string> reads = reads_in(race);
    for (const int number : thanked) {
      for (int read = 0; read < kReadsOfAMessage; ++read) {
        ASSERT_EQ(reads.count(key(number, read)), 1U) << "message " << number;
      }
    }
  }
  Serving serving(folder.path());
  for (int wait = 0; wait < 6000 && !device.is_done(); ++wait) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_TRUE(device.is_done());
  // Before it listens it ends like any program that is asked to.
  EXPECT_TRUE(is_listening_within(port, std::chrono::seconds(30)));
  const int status = serving.end(SIGTERM);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  const std::multiset<std::string> reads = reads_in(race);
  EXPECT_EQ(reads.size(), static_cast<std::size_t>(kMessages * kReadsOfAMessage));
  for (int number = 0; number < kMessages; ++number) {
    for (int read = 0; read < kReadsOfAMessage; ++read) {
      EXPECT_EQ(reads.count(key(number, read)), 1U);
    }
  }
}

}  // namespace
}  // namespace hs
