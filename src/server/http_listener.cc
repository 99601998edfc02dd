#include "server/http_listener.h"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "base/check.h"
#include "server/http_connection.h"

// Implementation notes: the state belongs to the loop's thread, but for the count of connections
// that are open, on which the end of the listener waits.

namespace hs::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::chrono::seconds kEndWithin{3};
constexpr std::chrono::milliseconds kSweepEvery{1000};
constexpr std::chrono::milliseconds kRetryAccept{100};

tl::unexpected<base::Error> refused(const HttpListener::Options& options,
                                    const boost::system::error_code& failed) {
  const std::string where = options.address + ":" + std::to_string(options.port);
  if (failed == asio::error::address_in_use) {
    return base::fail(base::ErrorCode::Busy,
                      "port " + std::to_string(options.port) + " of " + options.address +
                          " is taken by another program: end it, or give another port");
  }
  return base::fail(base::ErrorCode::Io, "cannot listen on " + where + ": " + failed.message());
}

}  // namespace

struct HttpListener::State : std::enable_shared_from_this<HttpListener::State> {
  explicit State(HttpLoop& of) : loop(of), acceptor(of.context()), timer(of.context()) {}

  HttpLoop& loop;
  std::shared_ptr<ConnectionShared> shared = std::make_shared<ConnectionShared>();
  std::string address;
  std::uint16_t port = 0;

  // The loop's alone.
  tcp::acceptor acceptor;
  asio::steady_timer timer;
  std::unordered_set<std::shared_ptr<Connection>> connections;
  std::unordered_map<std::string, std::size_t> per_address;
  bool is_ending = false;

  std::mutex mutex;
  std::condition_variable changed;
  std::size_t open = 0;

  void accept();
  void take(tcp::socket socket);
  [[nodiscard]] Peer peer_at(const asio::ip::address& from) const;
  void sweep();
  void ended(const std::shared_ptr<Connection>& connection, const std::string& from);
};

void HttpListener::State::accept() {
  acceptor.async_accept(
      [self = shared_from_this()](const boost::system::error_code& failed, tcp::socket socket) {
        if (self->is_ending) return;
        if (!failed) {
          self->take(std::move(socket));
          self->accept();
          return;
        }
        // Out of descriptors, mostly: those who are in are served, and later others are let in.
        self->timer.expires_after(kRetryAccept);
        self->timer.async_wait([self](const boost::system::error_code&) {
          if (!self->is_ending) self->accept();
        });
      });
}

Peer HttpListener::State::peer_at(const asio::ip::address& from) const {
  // A listener on [::] sees 127.0.0.1 as ::ffff:127.0.0.1.
  const bool is_mapped = from.is_v6() && from.to_v6().is_v4_mapped();
  const asio::ip::address plain =
      is_mapped ? asio::ip::make_address_v4(asio::ip::v4_mapped, from.to_v6()) : from;
  const bool is_trusted = shared->forwarded_for == ForwardedFor::TrustLoopback;
  return {plain.to_string(), from.is_v6(), is_trusted && plain.is_loopback()};
}

void HttpListener::State::take(tcp::socket socket) {
  boost::system::error_code failed;
  const tcp::endpoint endpoint = socket.remote_endpoint(failed);
  if (failed) return;
  const Peer peer = peer_at(endpoint.address());
  const std::string& from = peer.address;
  std::size_t& of_address = per_address[from];
  // Behind our own proxy everybody comes from one address.
  if (connections.size() >= shared->limits.connections ||
      (!peer.is_proxy && of_address >= shared->limits.connections_per_address)) {
    if (of_address == 0) per_address.erase(from);
    return;  // The socket closes: there is no room even for an answer.
  }
  ++of_address;
  socket.set_option(tcp::no_delay(true), failed);
  const int native = socket.release(failed);
  auto holder = std::make_shared<std::weak_ptr<Connection>>();
  auto connection =
      make_connection(shared, native, peer, [self = shared_from_this(), holder, from] {
        if (const auto gone = holder->lock()) self->ended(gone, from);
      });
  *holder = connection;
  connections.insert(connection);
  {
    const std::lock_guard lock(mutex);
    open = connections.size();
  }
  connection->start();
}

void HttpListener::State::ended(const std::shared_ptr<Connection>& connection,
                                const std::string& from) {
  if (connections.erase(connection) == 0) return;
  const auto of_address = per_address.find(from);
  if (of_address != per_address.end() && --of_address->second == 0) per_address.erase(of_address);
  const std::lock_guard lock(mutex);
  open = connections.size();
  changed.notify_all();
}

void HttpListener::State::sweep() {
  // A copy: who is too slow leaves the set.
  const std::vector<std::shared_ptr<Connection>> now_open(connections.begin(), connections.end());
  const auto now = std::chrono::steady_clock::now();
  for (const auto& connection : now_open) connection->sweep(now);
}

base::Result<std::unique_ptr<HttpListener>> HttpListener::open(HttpLoop& loop,
                                                               RequestHandler& handler,
                                                               const Options& options) {
  boost::system::error_code failed;
  const asio::ip::address address = asio::ip::make_address(options.address, failed);
  if (failed) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found '" + options.address + "', expected an IP address such as 0.0.0.0");
  }
  auto state = std::make_shared<State>(loop);
  const tcp::endpoint endpoint(address, options.port);
  state->acceptor.open(endpoint.protocol(), failed);
  if (!failed) state->acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  if (!failed) state->acceptor.bind(endpoint, failed);
  if (!failed) state->acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (!failed) state->port = state->acceptor.local_endpoint(failed).port();
  if (failed) return refused(options, failed);
  state->address = address.is_v6() ? "[" + options.address + "]" : options.address;
  ConnectionShared& shared = *state->shared;
  shared.loop = &loop;
  shared.handler = &handler;
  shared.limits = options.limits;
  shared.forwarded_for = options.forwarded_for;
  if (options.limits.requests_per_second) {
    shared.rate = std::make_unique<RateLimit>(*options.limits.requests_per_second,
                                              options.limits.requests_at_once);
  }
  loop.post([state] { state->accept(); });
  loop.every(kSweepEvery, [weak = std::weak_ptr<State>(state)] {
    if (const auto self = weak.lock()) self->sweep();
  });
  return std::unique_ptr<HttpListener>(new HttpListener(std::move(state)));
}

HttpListener::HttpListener(std::shared_ptr<State> state) : state_(std::move(state)) {}

HttpListener::~HttpListener() {
  State& state = *state_;
  const auto all = [&](void (Connection::*what)()) {
    state.loop.run([&] {
      const std::vector<std::shared_ptr<Connection>> open(state.connections.begin(),
                                                          state.connections.end());
      for (const auto& connection : open) ((*connection).*what)();
    });
  };
  state.loop.run([&] {
    state.is_ending = true;
    boost::system::error_code ignored;
    state.acceptor.close(ignored);
    state.timer.cancel();
  });
  all(&Connection::finish);
  {
    std::unique_lock lock(state.mutex);
    state.changed.wait_for(lock, kEndWithin, [&] { return state.open == 0; });
  }
  all(&Connection::close);
}

std::uint16_t HttpListener::port() const { return state_->port; }

std::string HttpListener::url() const {
  return "http://" + state_->address + ":" + std::to_string(state_->port);
}

std::size_t HttpListener::connections() const {
  const std::lock_guard lock(state_->mutex);
  return state_->open;
}

base::Result<ListenAddress> parse_listen_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const std::string_view port = colon == std::string_view::npos ? text : text.substr(colon + 1);
  std::string_view address = colon == std::string_view::npos ? "127.0.0.1" : text.substr(0, colon);
  if (address.size() > 2 && address.front() == '[' && address.back() == ']') {
    address = address.substr(1, address.size() - 2);
  }
  ListenAddress out;
  const auto [end, wrong] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  boost::system::error_code failed;
  (void)asio::ip::make_address(std::string(address), failed);
  if (wrong != std::errc() || end != port.data() + port.size() || failed) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found '" + std::string(text) +
                          "', expected ADDRESS:PORT such as 127.0.0.1:8261 or 0.0.0.0:80");
  }
  out.address = std::string(address);
  return out;
}

}  // namespace hs::server
