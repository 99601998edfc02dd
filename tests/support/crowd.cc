#include "support/crowd.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/check.h"

namespace hs::test_support {
namespace {

constexpr std::size_t kRoom = 256U << 10U;
constexpr int kAtOnce = 512;
// 127.1.0.1 and on: all of 127.0.0.0/8 is this machine, and nobody else uses these.
constexpr std::uint32_t kFirstAddress = 0x7F010001;

sockaddr_in loopback(std::uint32_t address, std::uint16_t port) {
  sockaddr_in out{};
  out.sin_family = AF_INET;
  out.sin_port = htons(port);
  out.sin_addr.s_addr = htonl(address);
  return out;
}

}  // namespace

std::size_t raise_open_files() {
  rlimit most{};
  HS_CHECK(::getrlimit(RLIMIT_NOFILE, &most) == 0, "no limits to be read");
  most.rlim_cur = most.rlim_max;
  (void)::setrlimit(RLIMIT_NOFILE, &most);
  return static_cast<std::size_t>(most.rlim_cur);
}

Crowd::Crowd(std::uint16_t port, From from)
    : port_(port), from_(from), epoll_(::epoll_create1(EPOLL_CLOEXEC)), room_(kRoom) {
  HS_CHECK(epoll_ >= 0, "a test has no epoll");
}

Crowd::~Crowd() {
  for (const Member& one : members_) {
    if (one.socket >= 0) ::close(one.socket);
  }
  ::close(epoll_);
}

std::size_t Crowd::join(std::size_t count, std::size_t first_address) {
  std::size_t in = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    Member& one = members_.emplace_back();
    if (socket < 0) continue;
    const auto number =
        static_cast<std::uint32_t>(first_address + (from_ == From::OneAddress ? 0 : i));
    const std::uint32_t own = kFirstAddress + number;
    const sockaddr_in mine = loopback(own, 0);
    const sockaddr_in theirs = loopback(INADDR_LOOPBACK, port_);
    const bool is_in =
        ::bind(socket, reinterpret_cast<const sockaddr*>(&mine), sizeof(mine)) == 0 &&
        ::connect(socket, reinterpret_cast<const sockaddr*>(&theirs), sizeof(theirs)) == 0 &&
        ::fcntl(socket, F_SETFL, O_NONBLOCK) == 0;
    if (!is_in) {
      ::close(socket);
      continue;
    }
    one.socket = socket;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = members_.size() - 1;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
    ++in;
  }
  return in;
}

std::size_t Crowd::open() const {
  return static_cast<std::size_t>(std::count_if(members_.begin(), members_.end(),
                                                [](const Member& one) { return one.socket >= 0; }));
}

void Crowd::leave(std::size_t client) {
  Member& one = members_[client];
  if (one.socket >= 0) ::close(one.socket);
  one.socket = -1;
  one.unsent.clear();
}

void Crowd::watch(std::size_t client) const {
  const Member& one = members_[client];
  epoll_event event{};
  event.events = EPOLLIN;
  if (!one.unsent.empty()) event.events |= EPOLLOUT;
  event.data.u64 = client;
  ::epoll_ctl(epoll_, EPOLL_CTL_MOD, one.socket, &event);
}

void Crowd::deafen(std::size_t client) {
  // Not watched at all: the end of a connection would be told again and again.
  if (is_open(client)) ::epoll_ctl(epoll_, EPOLL_CTL_DEL, members_[client].socket, nullptr);
}

void Crowd::send_unsent(std::size_t client) {
  Member& one = members_[client];
  while (!one.unsent.empty()) {
    const auto sent = ::send(one.socket, one.unsent.data(), one.unsent.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return leave(client);
    if (sent < 0) return;
    one.unsent.erase(0, static_cast<std::size_t>(sent));
  }
}

void Crowd::say(std::size_t client, std::string_view text) {
  Member& one = members_[client];
  if (one.socket < 0) return;
  const bool waited = !one.unsent.empty();
  one.unsent += text;
  if (waited) return;
  send_unsent(client);
  if (!one.unsent.empty()) watch(client);
}

std::string Crowd::hear(std::size_t client, std::size_t most) {
  if (!is_open(client)) return {};
  const auto got = ::recv(members_[client].socket, room_.data(), std::min(most, room_.size()), 0);
  if (got == 0 || (got < 0 && errno != EAGAIN)) leave(client);
  return got > 0 ? std::string(room_.data(), static_cast<std::size_t>(got)) : std::string();
}

void Crowd::listen(Instant until, const Heard& heard) {
  std::array<epoll_event, kAtOnce> ready{};
  stops_ = false;
  while (!stops_) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return;
    const int count = ::epoll_wait(epoll_, ready.data(), kAtOnce, static_cast<int>(left.count()));
    for (int i = 0; i < count; ++i) {
      const auto& event = ready[static_cast<std::size_t>(i)];
      const auto client = static_cast<std::size_t>(event.data.u64);
      if ((event.events & EPOLLOUT) != 0) {
        send_unsent(client);
        if (is_open(client)) watch(client);
      }
      // Also where the server has ended it: that is heard by reading.
      if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) == 0 || !is_open(client)) continue;
      const auto got = ::recv(members_[client].socket, room_.data(), room_.size(), 0);
      if (got == 0 || (got < 0 && errno != EAGAIN)) leave(client);
      if (got > 0) heard(client, {room_.data(), static_cast<std::size_t>(got)});
    }
  }
}

}  // namespace hs::test_support
