#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/time.h"
#include "server/http_listener.h"
#include "server/rate_limit.h"

namespace hs::server {

/// What the connections of one listener share. Only the loop's thread touches it.
struct ConnectionShared {
  HttpLoop* loop = nullptr;
  RequestHandler* handler = nullptr;
  HttpLimits limits;
  ForwardedFor forwarded_for = ForwardedFor::Ignore;
  std::unique_ptr<RateLimit> rate;  ///< Null: no limit.
};

/// Who is at the other end of a socket.
struct Peer {
  std::string address;  ///< Without a port; IPv4 as such, also where it came in over IPv6.
  bool is_v6 = false;   ///< The socket.
  /// Our own proxy: what it says of who asks, and how, is believed.
  bool is_proxy = false;
};

/// One client's connection, until either side ends it. Internal to the listener.
///
/// Threads: the loop's alone.
class Connection {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  /// Reads the first request.
  virtual void start() = 0;
  /// Ends now.
  virtual void close() = 0;
  /// Ends as soon as no answer is under way.
  virtual void finish() = 0;
  /// Ends it where the client has been too slow; called about once a second.
  virtual void sweep(Instant now) = 0;
};

/// Takes an accepted socket over. `ended` is called once, on the loop's thread.
[[nodiscard]] std::shared_ptr<Connection> make_connection(std::shared_ptr<ConnectionShared> shared,
                                                          int native_socket, Peer peer,
                                                          std::function<void()> ended);

}  // namespace hs::server
