// Our LLRP session against a reader made of somebody else's library (llrp_reader.mjs), over a real
// socket. Skipped with a word where Node or the library (`npm ci` in tests/e2e) is not there.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include "readers/llrp_session.h"

namespace hs {
namespace {

constexpr std::chrono::seconds kLongest(15);
constexpr int kQuietMs = 2'000;

/// A program whose output is read line by line.
class Program {
 public:
  explicit Program(const std::string& command) : pipe_(popen(command.c_str(), "r")) {}
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() { (void)wait(); }

  /// The next line without its end; empty at the end.
  std::string line() {
    std::array<char, 4096> part{};
    if (pipe_ == nullptr || std::fgets(part.data(), part.size(), pipe_) == nullptr) return {};
    std::string out(part.data());
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
  }

  /// Its exit code, once it has ended.
  int wait() {
    if (pipe_ == nullptr) return -1;
    FILE* const pipe = pipe_;
    pipe_ = nullptr;
    return pclose(pipe);
  }

 private:
  FILE* pipe_;
};

/// A connection to a port of this machine.
class Socket {
 public:
  explicit Socket(int port) : handle_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* const plain = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    is_open_ = ::connect(handle_, plain, sizeof(address)) == 0;
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { ::close(handle_); }

  [[nodiscard]] bool is_open() const { return is_open_; }

  void send(const std::string& bytes) {
    if (bytes.empty()) return;
    const auto sent = ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    is_open_ = is_open_ && sent == static_cast<ssize_t>(bytes.size());
  }

  /// What came; empty where nothing came for `kQuietMs`, or the other side closed.
  std::string receive() {
    pollfd wanted{handle_, POLLIN, 0};
    if (::poll(&wanted, 1, kQuietMs) <= 0) return {};
    std::array<char, 4096> part{};
    const auto got = ::recv(handle_, part.data(), part.size(), 0);
    if (got <= 0) is_open_ = false;
    return std::string(part.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  }

 private:
  int handle_;
  bool is_open_ = false;
};

std::string tools() {
  const char* source = std::getenv("HS_SOURCE_DIR");
  return std::string(source != nullptr ? source : ".") + "/tests/e2e";
}

/// What a session made of a reader.
struct Heard {
  std::set<std::string> tags;
  std::set<std::int64_t> seconds;
  std::set<std::string> devices;
};

void note(const readers::Heard& heard, Heard& out) {
  EXPECT_EQ(heard.give_up, "");
  for (const auto& delivery : heard.deliveries) {
    for (const auto& bad : delivery.bad) ADD_FAILURE() << bad.message;
    for (const auto& stream : delivery.streams) {
      out.devices.insert(stream.stream.device);
      for (const auto& read : stream.reads) {
        out.tags.insert(read.tag.str());
        out.seconds.insert(read.time.time_since_epoch().count() / 1'000'000);
        EXPECT_EQ(read.hits, 3);
      }
    }
  }
}

/// Talks until the reader closes the connection.
Heard talk(readers::LlrpSession& session, Socket& socket) {
  Heard out;
  socket.send(session.opened());
  const auto end = std::chrono::steady_clock::now() + kLongest;
  while (socket.is_open() && std::chrono::steady_clock::now() < end) {
    const std::string bytes = socket.receive();
    const auto heard = bytes.empty() ? session.quiet() : session.take(bytes, base::RaceTime());
    socket.send(heard.reply);
    note(heard, out);
  }
  return out;
}

TEST(LlrpReader, OfAnotherLibraryIsSetUpReadAndKeptAlive) {
  if (std::system("command -v node >/dev/null") != 0) GTEST_SKIP() << "no node on this machine";
  if (!std::filesystem::exists(tools() + "/node_modules/llrpjs")) {
    GTEST_SKIP() << "run `npm ci` in tests/e2e for this test";
  }
  Program reader("cd '" + tools() + "' && exec timeout 30 node llrp_reader.mjs 2>&1");
  const std::string first = reader.line();
  ASSERT_EQ(first.substr(0, 5), "port ") << first;
  Socket socket(std::stoi(first.substr(5)));
  ASSERT_TRUE(socket.is_open());

  model::SourceConfig source;
  source.mat = "arch";
  const model::Event event;
  readers::LlrpSession session({source, event, "llrp", {}});
  const Heard heard = talk(session, socket);
  std::string told;
  for (std::string line = reader.line(); !line.empty(); line = reader.line()) told += line + "\n";
  EXPECT_EQ(reader.wait(), 0) << told;

  EXPECT_EQ(heard.tags.size(), 25u);
  EXPECT_TRUE(heard.tags.contains("300000000000000000000018"));
  EXPECT_TRUE(heard.tags.contains("E2801111111111111111111111111114"));
  EXPECT_EQ(heard.seconds.size(), 25u);
  EXPECT_TRUE(heard.seconds.contains(1'778'227'255));
  EXPECT_EQ(heard.devices, std::set<std::string>{"reader FF1125D6"});
  EXPECT_EQ(session.state().name, "reader 001625FFFF1125D6");
  EXPECT_EQ(session.state().trouble, "");
  // What the other library understood of what we sent.
  for (const char* words :
       {"\"PeriodicTriggerValue\":10000", "\"HoldEventsAndReportsUponReconnect\":1",
        "\"ROSpecID\":4279313878", "\"ROReportTrigger\":\"Upon_N_Tags_Or_End_Of_AISpec\",\"N\":1",
        "acknowledged 4711"}) {
    EXPECT_NE(told.find(words), std::string::npos) << words << " in " << told;
  }
}

}  // namespace
}  // namespace hs
