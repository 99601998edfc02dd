#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "server/http_message.h"

namespace boost::asio {
class io_context;
}

namespace hs::server {

/// What one client, or all of them, may take of a listener.
struct HttpLimits {
  std::size_t header_bytes = 8 * 1024;
  std::size_t body_bytes = 1024 * 1024;
  std::size_t connections = 20'000;
  /// A whole village stands behind one router. Not of a proxy that is trusted.
  std::size_t connections_per_address = 1'000;
  std::optional<double> requests_per_second = 200;  ///< An address; absent: no limit.
  double requests_at_once = 400;
  std::chrono::seconds request_within = std::chrono::seconds(60);  ///< From the last answer on.
  std::chrono::seconds taken_within = std::chrono::seconds(30);    ///< An answer, by the client.
};

/// Whether a proxy is believed who asks (the last of X-Forwarded-For), whose limits then hold, and
/// that TLS was spoken with them (the last of X-Forwarded-Proto).
enum class ForwardedFor : std::uint8_t {
  Ignore,
  TrustLoopback,  ///< A proxy on this machine.
};

/// Answers requests. `handle` is called on the loop's thread and must be quick; `answer` is called
/// once, then or later, from any thread.
class RequestHandler {
 public:
  using Answer = std::function<void(Response)>;
  RequestHandler() = default;
  RequestHandler(const RequestHandler&) = delete;
  RequestHandler& operator=(const RequestHandler&) = delete;
  virtual ~RequestHandler() = default;
  virtual void handle(std::shared_ptr<const Request> request, Answer answer) = 0;
};

/// The thread on which all sockets of all listeners are served.
class HttpLoop {
 public:
  HttpLoop();
  /// Ends the thread; listeners must be gone.
  ~HttpLoop();
  HttpLoop(const HttpLoop&) = delete;
  HttpLoop& operator=(const HttpLoop&) = delete;

  /// Runs `task` on the thread, soon. Threads: from any.
  void post(std::function<void()> task);
  /// Runs `task` on the thread every `period` until the loop ends. Must not throw.
  void every(std::chrono::milliseconds period, std::function<void()> task);
  /// Runs `task` on the thread and waits for it. Not from the thread itself.
  void run(const std::function<void()>& task);

  [[nodiscard]] boost::asio::io_context& context();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One address on which HTTP/1.1 is served: keep-alive, one request of a connection at a time,
/// everything a client may take bounded. A client that asks what no handler understands, or too
/// much, or too slowly, costs itself an answer or its connection, and nobody else anything.
///
/// Threads: made and ended on any but the loop's.
class HttpListener {
 public:
  struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: a free one.
    HttpLimits limits;
    ForwardedFor forwarded_for = ForwardedFor::Ignore;
  };

  /// Begins to accept. Errors: InvalidInput for an address that is none; Busy where the port is
  /// taken; Io. `loop` and `handler` must outlive it.
  [[nodiscard]] static base::Result<std::unique_ptr<HttpListener>> open(HttpLoop& loop,
                                                                        RequestHandler& handler,
                                                                        const Options& options);
  /// Accepts nobody more, lets answers under way go out for at most three seconds, then ends all
  /// connections.
  ~HttpListener();
  HttpListener(const HttpListener&) = delete;
  HttpListener& operator=(const HttpListener&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::string url() const;  ///< "http://127.0.0.1:8261".
  /// How many are open now. Threads: from any.
  [[nodiscard]] std::size_t connections() const;

 private:
  struct State;
  explicit HttpListener(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

/// "ADDRESS:PORT", "[::1]:8261"; a port alone ("8261") is on 127.0.0.1.
/// Errors: InvalidInput saying what was expected.
struct ListenAddress {
  std::string address;
  std::uint16_t port = 0;
};
[[nodiscard]] base::Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace hs::server
