#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hs::test_support {

/// Many connections with one server of this machine, all served in the caller's thread.
///
/// Each comes from a loopback address of its own, as a crowd does, or all from one, as a village
/// behind a router does.
///
/// Errors:  a connection that cannot be had, or that the server ends, is not open; nothing else.
/// Threads: one.
class Crowd {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  enum class From : std::uint8_t { AddressesOfTheirOwn, OneAddress };
  /// Called with what one of them got; never empty.
  using Heard = std::function<void(std::size_t client, std::string_view bytes)>;

  explicit Crowd(std::uint16_t port, From from = From::AddressesOfTheirOwn);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  /// So many more connect, from the address of this number on: two crowds with other ones are other
  /// people, and nobody has that of this machine itself. How many got in.
  std::size_t join(std::size_t count, std::size_t first_address = 0);

  /// Sends; what the server does not take at once goes out while `listen` runs.
  void say(std::size_t client, std::string_view text);

  /// Gives what comes to `heard` until `until`, or until `stop` was called in there.
  void listen(Instant until, const Heard& heard);
  void stop() { stops_ = true; }

  /// From now on `listen` passes over one of them, who must have said everything.
  void deafen(std::size_t client);
  /// At most so many bytes of one, at once; empty where nothing is there.
  [[nodiscard]] std::string hear(std::size_t client, std::size_t most);

  [[nodiscard]] std::size_t size() const { return members_.size(); }
  /// As far as anybody has noticed: one that is deaf notices by `hear`.
  [[nodiscard]] bool is_open(std::size_t client) const { return members_[client].socket >= 0; }
  [[nodiscard]] std::size_t open() const;

 private:
  struct Member {
    int socket = -1;
    std::string unsent;
  };
  void leave(std::size_t client);
  void send_unsent(std::size_t client);
  void watch(std::size_t client) const;

  std::uint16_t port_;
  From from_;
  int epoll_ = -1;
  std::vector<Member> members_;
  std::vector<char> room_;
  bool stops_ = false;
};

/// Lets this process open as many files as the system allows it. How many that is.
std::size_t raise_open_files();

}  // namespace hs::test_support
