#include "server/device_ports.h"

#include <algorithm>
#include <boost/asio.hpp>
#include <charconv>
#include <deque>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "base/check.h"
#include "base/file.h"

// Implementation notes: one thread runs all sockets, so that nothing of a line needs a lock; the
// engine's thread only posts into it. Whatever is posted after the end runs never.

namespace hs::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using engine::DeviceLine;

constexpr std::size_t kReadBytes = 64U << 10U;
constexpr std::size_t kMostUnsent = 1U << 20U;  ///< A device that takes no answers.
constexpr std::chrono::milliseconds kTick{250};
constexpr std::size_t kSegmentDigits = 8;
constexpr std::string_view kSpoolSuffix = ".spool";

/// What names a source in the names of its spools: its protocol and its address.
std::string id_of(const model::SourceConfig& source) {
  std::string id = source.device + "-" + (source.listen.empty() ? source.connect : source.listen);
  for (char& c : id) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (!is_plain) c = '_';
  }
  return id;
}

struct HostPort {
  std::string host;
  std::string port;
};

HostPort parts_of(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  HS_CHECK(colon != std::string::npos, "an address without a port");
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  return {host, address.substr(colon + 1)};
}

std::string text_of(const tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  const bool is_v6 = endpoint.address().is_v6();
  return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

/// The connections for which `folder` holds spools of the source: NAME-SLOT-NNNNNNNN.spool.
base::Result<std::set<std::size_t>> slots_with_spools(const base::Disk& disk,
                                                      const std::string& folder,
                                                      const std::string& id) {
  HS_TRY(const auto names, disk.files(folder));
  std::set<std::size_t> slots;
  const std::size_t behind = 1 + kSegmentDigits + kSpoolSuffix.size();
  for (const std::string& name : names) {
    if (name.size() <= id.size() + 1 + behind || name.compare(0, id.size() + 1, id + "-") != 0) {
      continue;
    }
    const char* first = name.data() + id.size() + 1;
    const char* last = name.data() + name.size() - behind;
    std::size_t slot = 0;
    const auto parsed = std::from_chars(first, last, slot);
    if (parsed.ec == std::errc() && parsed.ptr == last && *last == '-') slots.insert(slot);
  }
  return slots;
}

}  // namespace

const char* name_of(DeviceReport::State state) {
  switch (state) {
    case DeviceReport::State::Listening:
      return "listening";
    case DeviceReport::State::Connecting:
      return "connecting";
    case DeviceReport::State::Connected:
      return "connected";
  }
  HS_CHECK(false, "no such state");
}

namespace {

/// One socket and the line behind it.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, std::shared_ptr<DeviceLine> line, std::function<void()> ended)
      : socket_(std::move(socket)),
        quiet_(socket_.get_executor()),
        pause_(socket_.get_executor()),
        line_(std::move(line)),
        ended_(std::move(ended)),
        buffer_(kReadBytes) {}

  void start() {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    socket_.set_option(asio::socket_base::keep_alive(true), ignored);
    const tcp::endpoint peer = socket_.remote_endpoint(ignored);
    if (!ignored) peer_ = text_of(peer);
    line_->connected([weak = weak_from_this()](std::string bytes) {
      if (const auto self = weak.lock()) self->send(std::move(bytes));
    });
    wait_for_quiet();
    read();
  }

  void close() {
    if (is_closed_) return;
    is_closed_ = true;
    error_code ignored;
    socket_.close(ignored);
    quiet_.cancel();
    pause_.cancel();
    line_->disconnected();
    ended_();
  }

  [[nodiscard]] const std::string& peer() const { return peer_; }
  [[nodiscard]] const std::shared_ptr<DeviceLine>& line() const { return line_; }

 private:
  void read() {
    if (!line_->has_room()) {
      // The device keeps what is not read.
      pause_.expires_after(kTick);
      pause_.async_wait([self = shared_from_this()](error_code error) {
        if (!error && !self->is_closed_) self->read();
      });
      return;
    }
    socket_.async_read_some(asio::buffer(buffer_),
                            [self = shared_from_this()](error_code error, std::size_t size) {
                              if (self->is_closed_) return;
                              if (size > 0) {
                                self->line_->received({self->buffer_.data(), size});
                                self->wait_for_quiet();
                              }
                              if (error || !self->line_->give_up().empty()) return self->close();
                              self->read();
                            });
  }

  void wait_for_quiet() {
    quiet_.expires_after(line_->quiet_after());
    quiet_.async_wait([self = shared_from_this()](error_code error) {
      if (error || self->is_closed_) return;
      if (!self->line_->quiet()) return self->close();
      self->wait_for_quiet();
    });
  }

  void send(std::string bytes) {
    if (is_closed_) return;
    unsent_ += bytes.size();
    if (unsent_ > kMostUnsent) {
      // Not from here: whoever sends stands in the middle of something.
      asio::post(socket_.get_executor(), [self = shared_from_this()] { self->close(); });
      return;
    }
    queue_.push_back(std::move(bytes));
    if (queue_.size() == 1) write();
  }

  void write() {
    asio::async_write(socket_, asio::buffer(queue_.front()),
                      [self = shared_from_this()](error_code error, std::size_t /*size*/) {
                        if (self->is_closed_) return;
                        if (error) return self->close();
                        self->unsent_ -= self->queue_.front().size();
                        self->queue_.pop_front();
                        if (!self->queue_.empty()) self->write();
                      });
  }

  tcp::socket socket_;
  asio::steady_timer quiet_;
  asio::steady_timer pause_;
  std::shared_ptr<DeviceLine> line_;
  std::function<void()> ended_;
  std::vector<char> buffer_;
  std::deque<std::string> queue_;
  std::size_t unsent_ = 0;
  std::string peer_;
  bool is_closed_ = false;
};

}  // namespace

struct DevicePorts::State {
  struct Slot {
    std::shared_ptr<DeviceLine> line;
    std::shared_ptr<Connection> connection;
  };
  struct Source {
    Source(asio::io_context& io, const model::SourceConfig& of)
        : config(of), id(id_of(of)), acceptor(io), resolver(io), retry(io), patience(io) {}
    const model::SourceConfig& config;
    std::string id;
    tcp::acceptor acceptor;
    tcp::resolver resolver;
    asio::steady_timer retry;
    asio::steady_timer patience;  ///< For a called device that takes no call and refuses none.
    base::Duration retry_after{0};
    std::string trouble;
    std::uint16_t port = 0;
    std::vector<Slot> slots;
  };

  State(engine::LiveEngine& followed, const model::Event& of, const Options& wanted)
      : engine(followed),
        event(of),
        options(wanted),
        disk(wanted.disk != nullptr ? *wanted.disk : base::system_disk()),
        clock(wanted.clock != nullptr ? *wanted.clock : base::system_clock()),
        io(std::make_shared<asio::io_context>(1)),
        tick(*io) {}

  engine::LiveEngine& engine;
  const model::Event event;
  const Options options;
  const base::Disk& disk;
  const base::Clock& clock;
  /// The engine's thread may still post when it ends.
  std::shared_ptr<asio::io_context> io;
  asio::steady_timer tick;
  std::vector<std::unique_ptr<Source>> sources;
  std::thread thread;

  mutable std::mutex mutex;
  std::vector<DeviceReport> reported;

  base::Result<void> open_source(const model::SourceConfig& config);
  base::Result<void> open_slot(Source& source, std::size_t number);
  base::Result<void> listen(Source& source);
  void accept(Source& source);
  void call(Source& source);
  void call_later(Source& source, const std::string& why);
  void connect(Source& source, tcp::socket socket);
  void each_tick();
  void report_now();
  void stop();
};

base::Result<void> DevicePorts::State::open_slot(Source& source, std::size_t number) {
  while (source.slots.size() <= number) {
    const std::string name = source.id + "-" + std::to_string(source.slots.size());
    HS_TRY(auto spool, engine::Spool::open(disk, options.spool_folder, name));
    DeviceLine::Setup setup;
    setup.engine = &engine;
    setup.source = &source.config;
    setup.event = &event;
    setup.clock = &clock;
    setup.name = std::string(engine::kSentBy) + name;
    // Weak: what waits in it when it ends holds connections, and these hold their lines.
    setup.post = [weak = std::weak_ptr<asio::io_context>(io)](std::function<void()> what) {
      if (const auto still = weak.lock()) asio::post(*still, std::move(what));
    };
    Slot slot;
    HS_TRY(slot.line, DeviceLine::open(std::move(setup), std::move(spool)));
    source.slots.push_back(std::move(slot));
  }
  return {};
}

base::Result<void> DevicePorts::State::listen(Source& source) {
  const HostPort at = parts_of(source.config.listen);
  const auto failed = [&](const error_code& error) {
    return base::fail(base::ErrorCode::Io, "cannot listen on " + source.config.listen + " for " +
                                               source.config.device + ": " + error.message());
  };
  error_code error;
  const auto address =
      asio::ip::make_address(at.host == "localhost" ? "127.0.0.1" : at.host, error);
  if (error) return failed(error);
  std::uint16_t port = 0;
  (void)std::from_chars(at.port.data(), at.port.data() + at.port.size(), port);
  const tcp::endpoint endpoint(address, port);
  source.acceptor.open(endpoint.protocol(), error);
  if (!error) source.acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) source.acceptor.bind(endpoint, error);
  if (!error) source.acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return failed(error);
  source.port = source.acceptor.local_endpoint().port();
  return {};
}

base::Result<void> DevicePorts::State::open_source(const model::SourceConfig& config) {
  auto source = std::make_unique<Source>(*io, config);
  source->retry_after = options.retry_least;
  HS_TRY(const auto slots, slots_with_spools(disk, options.spool_folder, source->id));
  HS_TRY_VOID(open_slot(*source, slots.empty() ? 0 : *slots.rbegin()));
  if (!config.listen.empty()) HS_TRY_VOID(listen(*source));
  sources.push_back(std::move(source));
  return {};
}

void DevicePorts::State::connect(Source& source, tcp::socket socket) {
  std::size_t number = 0;
  while (number < source.slots.size() && source.slots[number].connection) ++number;
  if (number >= kMostConnections) {
    source.trouble = "more than " + std::to_string(kMostConnections) + " connections at once";
    return;  // The socket closes itself.
  }
  if (const auto opened = open_slot(source, number); !opened) {
    source.trouble = opened.error().text();
    return;
  }
  Slot& slot = source.slots[number];
  source.trouble.clear();
  slot.connection = std::make_shared<Connection>(std::move(socket), slot.line, [&, number] {
    Slot& ended = source.slots[number];
    const bool is_called = !source.config.connect.empty();
    // What ended it is on the stack still.
    asio::post(*io, [kept = std::move(ended.connection)] {});
    ended.connection.reset();
    if (is_called) call_later(source, "the connection was lost");
  });
  slot.connection->start();
}

void DevicePorts::State::accept(Source& source) {
  source.acceptor.async_accept([&](error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (!error) connect(source, std::move(socket));
    if (!error) return accept(source);
    // Too many open files, for one: it passes.
    source.trouble = error.message();
    source.retry.expires_after(options.retry_least);
    source.retry.async_wait([&](error_code stopped) {
      if (!stopped) accept(source);
    });
  });
}

void DevicePorts::State::call_later(Source& source, const std::string& why) {
  source.trouble = why;
  source.retry.expires_after(source.retry_after);
  source.retry_after = std::min(2 * source.retry_after, options.retry_most);
  source.retry.async_wait([&](error_code stopped) {
    if (!stopped) call(source);
  });
}

void DevicePorts::State::call(Source& source) {
  const HostPort at = parts_of(source.config.connect);
  source.resolver.async_resolve(
      at.host, at.port, [&](error_code error, const tcp::resolver::results_type& found) {
        if (error == asio::error::operation_aborted) return;
        if (error) return call_later(source, error.message());
        auto socket = std::make_shared<tcp::socket>(*io);
        // The operating system would go on trying for minutes.
        source.patience.expires_after(options.connect_within);
        source.patience.async_wait([socket](error_code stopped) {
          error_code ignored;
          if (!stopped) socket->close(ignored);
        });
        asio::async_connect(*socket, found,
                            [&, socket](error_code failed, const tcp::endpoint& /*peer*/) {
                              const bool is_late = source.patience.cancel() == 0;
                              if (failed && is_late) return call_later(source, "no answer");
                              if (failed == asio::error::operation_aborted) return;
                              if (failed) return call_later(source, failed.message());
                              source.retry_after = options.retry_least;
                              connect(source, std::move(*socket));
                            });
      });
}

void DevicePorts::State::each_tick() {
  for (const auto& source : sources) {
    for (const Slot& slot : source->slots) slot.line->pump();
  }
  report_now();
  tick.expires_after(kTick);
  tick.async_wait([this](error_code error) {
    if (!error) each_tick();
  });
}

void DevicePorts::State::report_now() {
  std::vector<DeviceReport> fresh;
  for (const auto& source : sources) {
    DeviceReport base;
    base.id = source->id;
    base.device = source->config.device;
    base.source = source->config.listen.empty() ? source->config.connect : source->config.listen;
    const bool listens = !source->config.listen.empty();
    base.address = listens ? text_of(source->acceptor.local_endpoint()) : source->config.connect;
    base.state = listens ? DeviceReport::State::Listening : DeviceReport::State::Connecting;
    base.trouble = source->trouble;
    const std::size_t before = fresh.size();
    for (const Slot& slot : source->slots) {
      DeviceReport one = base;
      one.line = slot.line->report();
      if (slot.connection) {
        one.state = DeviceReport::State::Connected;
        one.peer = slot.connection->peer();
      } else if (one.line.reads == 0 && one.line.spool_bytes == 0) {
        continue;
      }
      fresh.push_back(std::move(one));
    }
    if (fresh.size() == before) fresh.push_back(std::move(base));
  }
  const std::lock_guard lock(mutex);
  reported = std::move(fresh);
}

void DevicePorts::State::stop() {
  asio::post(*io, [this] {
    error_code ignored;
    tick.cancel();
    for (const auto& source : sources) {
      source->acceptor.close(ignored);
      source->resolver.cancel();
      source->retry.cancel();
      source->patience.cancel();
      for (Slot& slot : source->slots) {
        if (const auto connection = slot.connection) connection->close();
      }
      source->retry.cancel();  // A called device that was lost just now is not called again.
    }
    io->stop();
  });
  thread.join();
}

DevicePorts::DevicePorts(std::unique_ptr<State> state) : state_(std::move(state)) {}

DevicePorts::~DevicePorts() { state_->stop(); }

base::Result<std::unique_ptr<DevicePorts>> DevicePorts::open(engine::LiveEngine& engine,
                                                             const model::Event& event,
                                                             const Options& options) {
  auto state = std::make_unique<State>(engine, event, options);
  HS_TRY_VOID(base::make_folder(options.spool_folder));
  for (const model::SourceConfig& config : state->event.sources) {
    if (!config.device.empty()) HS_TRY_VOID(state->open_source(config));
  }
  State& s = *state;
  for (const auto& source : s.sources) {
    if (source->config.listen.empty()) {
      s.call(*source);
    } else {
      s.accept(*source);
    }
  }
  s.each_tick();
  s.thread = std::thread([&s] { s.io->run(); });
  return std::unique_ptr<DevicePorts>(new DevicePorts(std::move(state)));
}

std::vector<DeviceReport> DevicePorts::report() const {
  const std::lock_guard lock(state_->mutex);
  return state_->reported;
}

std::vector<std::uint16_t> DevicePorts::ports() const {
  std::vector<std::uint16_t> out;
  for (const auto& source : state_->sources) out.push_back(source->port);
  return out;
}

}  // namespace hs::server
