// Implementation notes
//
// One io_context in one thread. A connection is shared by its handlers and by its link; a handler
// whose connection is no longer the link's has nothing to say. A device is asked for bytes only
// when the last ones are written, so TCP's own flow control reaches the emulator.
#include "sim/device_links.h"

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <fstream>
#include <optional>
#include <random>
#include <vector>

#include "base/check.h"

namespace hs::sim {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds kCallAgain(250);
constexpr std::chrono::milliseconds kLinger(500);
constexpr std::size_t kReadSize = 16384;
constexpr std::uint16_t kFirstPort = 10000;
constexpr std::uint16_t kGivenAwayFrom = 32768;  ///< As Linux has it.
constexpr int kPortsTried = 100;

base::Result<tcp::endpoint> parse_endpoint(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  const auto port = colon == std::string::npos
                        ? std::nullopt
                        : parse_digits(std::string_view(address).substr(colon + 1));
  error_code error;
  const auto host = asio::ip::make_address(address.substr(0, colon), error);
  if (error || !port || *port > 65535) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found '" + address + "', expected an address and a port in numbers");
  }
  return tcp::endpoint(host, static_cast<std::uint16_t>(*port));
}

std::string text_of(const tcp::endpoint& endpoint) {
  return endpoint.address().to_string() + ':' + std::to_string(endpoint.port());
}

/// The first of the ports that the system gives to whoever calls somebody or asks for any.
std::uint16_t first_given_away() {
  std::ifstream range("/proc/sys/net/ipv4/ip_local_port_range");
  unsigned first = 0;
  return range >> first && first > kFirstPort && first < kGivenAwayFrom
             ? static_cast<std::uint16_t>(first)
             : kGivenAwayFrom;
}

base::Duration micros(std::chrono::steady_clock::duration length) {
  return std::chrono::duration_cast<base::Duration>(length);
}

}  // namespace

base::Result<std::string> free_address() {
  asio::io_context context;
  std::random_device random;
  const auto below = first_given_away();
  error_code error;
  for (int tried = 0; tried < kPortsTried; ++tried) {
    const auto port = static_cast<std::uint16_t>(kFirstPort + random() % (below - kFirstPort));
    tcp::acceptor acceptor(context);
    acceptor.open(tcp::v4(), error);
    if (!error) acceptor.bind({asio::ip::address_v4::loopback(), port}, error);
    if (!error) return text_of(acceptor.local_endpoint());
  }
  return base::fail(base::ErrorCode::Io, "no free port: " + error.message());
}

struct DeviceLinks::Impl {
  struct Connection {
    explicit Connection(tcp::socket&& open) : socket(std::move(open)) {}
    tcp::socket socket;
    std::array<char, kReadSize> in{};
    std::string out;
    bool writes = false;
  };
  struct Link {
    Link(Emulator& of, asio::io_context& context) : device(of), again(context) {}
    Emulator& device;
    std::optional<tcp::acceptor> acceptor;
    std::optional<tcp::endpoint> calls;
    asio::steady_timer again;
    std::shared_ptr<Connection> connection;
  };

  void call(Link& link);
  void accept(Link& link);
  void open(Link& link, tcp::socket socket);
  void close(Link& link);
  void read(Link& link, const std::shared_ptr<Connection>& connection);
  void pump(Link& link);
  void write(Link& link, const std::shared_ptr<Connection>& connection);
  void step();
  void finish();
  [[nodiscard]] EmulatorTime now() const;

  asio::io_context context{1};
  asio::steady_timer timer{context};
  std::vector<std::unique_ptr<Link>> links;
  std::chrono::steady_clock::time_point began;
  base::Duration step_length{0};
  std::function<Going(base::Duration)> on_step;
  std::function<base::ReaderTime(base::Duration)> dial;
  bool ends = false;
};

DeviceLinks::DeviceLinks() : impl_(std::make_unique<Impl>()) {}
DeviceLinks::~DeviceLinks() = default;

base::Result<std::string> DeviceLinks::answer(Emulator& device, const std::string& address) {
  HS_TRY(const tcp::endpoint endpoint, parse_endpoint(address));
  tcp::acceptor acceptor(impl_->context);
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    const bool taken = error == asio::error::address_in_use;
    return base::fail(taken ? base::ErrorCode::Busy : base::ErrorCode::Io,
                      "cannot listen on " + address + ": " + error.message());
  }
  std::string bound = text_of(acceptor.local_endpoint());
  impl_->links.push_back(std::make_unique<Impl::Link>(device, impl_->context));
  impl_->links.back()->acceptor = std::move(acceptor);
  return bound;
}

base::Result<void> DeviceLinks::call(Emulator& device, const std::string& address) {
  HS_TRY(const tcp::endpoint endpoint, parse_endpoint(address));
  impl_->links.push_back(std::make_unique<Impl::Link>(device, impl_->context));
  impl_->links.back()->calls = endpoint;
  return {};
}

void DeviceLinks::run(base::Duration step, const std::function<Going(base::Duration)>& on_step,
                      const std::function<base::ReaderTime(base::Duration)>& dial) {
  HS_CHECK(!impl_->on_step, "a run is played once");
  impl_->began = std::chrono::steady_clock::now();
  impl_->step_length = step;
  impl_->on_step = on_step;
  impl_->dial = dial;
  for (const auto& link : impl_->links) {
    if (link->acceptor) {
      impl_->accept(*link);
    } else {
      impl_->call(*link);
    }
  }
  impl_->step();
  impl_->context.run();
}

EmulatorTime DeviceLinks::Impl::now() const {
  const base::Duration since = micros(std::chrono::steady_clock::now() - began);
  return {since, dial(since)};
}

void DeviceLinks::Impl::step() {
  if (on_step(now().net) == Going::Stop) return finish();
  for (const auto& link : links) pump(*link);
  timer.expires_after(step_length);
  timer.async_wait([this](error_code error) {
    if (!error) step();
  });
}

/// Says goodbye on each connection and reads on until the other side has closed it too: closing at
/// once with bytes unread would throw away what is still on its way.
void DeviceLinks::Impl::finish() {
  ends = true;
  for (const auto& link : links) {
    error_code ignored;
    if (link->acceptor) link->acceptor->close(ignored);
    link->again.cancel();
    if (link->connection) link->connection->socket.shutdown(tcp::socket::shutdown_send, ignored);
  }
  timer.expires_after(kLinger);
  timer.async_wait([this](error_code) { context.stop(); });
}

void DeviceLinks::Impl::call(Link& link) {
  auto socket = std::make_shared<tcp::socket>(context);
  socket->async_connect(*link.calls, [this, &link, socket](error_code error) {
    if (ends) return;
    if (!error) return open(link, std::move(*socket));
    link.again.expires_after(kCallAgain);
    link.again.async_wait([this, &link](error_code stopped) {
      if (!stopped && !ends) call(link);
    });
  });
}

void DeviceLinks::Impl::accept(Link& link) {
  link.acceptor->async_accept([this, &link](error_code error, tcp::socket socket) {
    if (ends) return;
    if (!error) {
      close(link);
      open(link, std::move(socket));
      return accept(link);
    }
    // Out of descriptors, most likely: asking at once again would only burn the processor.
    link.again.expires_after(kCallAgain);
    link.again.async_wait([this, &link](error_code stopped) {
      if (!stopped && !ends) accept(link);
    });
  });
}

void DeviceLinks::Impl::open(Link& link, tcp::socket socket) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  link.connection = std::make_shared<Connection>(std::move(socket));
  link.device.connect(now());
  read(link, link.connection);
  pump(link);
}

/// Ends the link's connection, if it has one. A device that calls will do so again.
void DeviceLinks::Impl::close(Link& link) {
  if (!link.connection) return;
  error_code ignored;
  link.connection->socket.close(ignored);
  link.connection.reset();
  link.device.disconnect();
  if (!link.calls || ends) return;
  link.again.expires_after(kCallAgain);
  link.again.async_wait([this, &link](error_code stopped) {
    if (!stopped && !ends) call(link);
  });
}

void DeviceLinks::Impl::read(Link& link, const std::shared_ptr<Connection>& connection) {
  connection->socket.async_read_some(
      asio::buffer(connection->in), [this, &link, connection](error_code error, std::size_t size) {
        if (link.connection != connection) return;
        if (error) return close(link);
        link.device.receive(std::string_view(connection->in.data(), size), now());
        read(link, connection);
        pump(link);
      });
}

/// Writes what the device has, unless the last bytes are still being written.
void DeviceLinks::Impl::pump(Link& link) {
  const std::shared_ptr<Connection> connection = link.connection;
  if (!connection || connection->writes || ends) return;
  connection->out = link.device.due(now());
  if (!connection->out.empty()) return write(link, connection);
  if (link.device.hangs_up()) close(link);
}

void DeviceLinks::Impl::write(Link& link, const std::shared_ptr<Connection>& connection) {
  connection->writes = true;
  asio::async_write(connection->socket, asio::buffer(connection->out),
                    [this, &link, connection](error_code error, std::size_t /*size*/) {
                      connection->writes = false;
                      if (link.connection != connection) return;
                      if (error) return close(link);
                      pump(link);
                    });
}

}  // namespace hs::sim
