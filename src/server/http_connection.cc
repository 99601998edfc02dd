#include "server/http_connection.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "server/event_stream.h"
#include "server/http_date.h"

// Implementation notes: one request is read, answered and only then the next one read, so that a
// client that sends many at once waits in its own socket. What is sent is a few buffers in a row,
// most of them shared with other connections; nothing is copied for a client but the status line.

namespace hs::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

// What the system keeps for a client of a stream that does not read; it would grow to megabytes.
// A tick of a large race is a few kilobytes.
constexpr int kStreamBuffer = 32 * 1024;

/// The Date line, made anew once a second.
const std::string& date_line() {
  // Of the loop's thread; there may be several loops.
  thread_local std::string line;
  thread_local std::int64_t second = -1;
  const base::RaceTime now = base::system_clock().now();
  const std::int64_t this_second =
      std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  if (this_second != second) {
    line = "Date: " + http_date(now) + "\r\n";
    second = this_second;
  }
  return line;
}

Method method_of(http::verb verb) {
  if (verb == http::verb::get) return Method::Get;
  if (verb == http::verb::head) return Method::Head;
  return verb == http::verb::post ? Method::Post : Method::Other;
}

std::string text_of(boost::beast::string_view view) { return {view.data(), view.size()}; }

/// The last part of a header such as X-Forwarded-For: what our own proxy saw. It may stand in a
/// line of its own behind one that the client made up.
std::string last_of(const http::fields& fields, const char* name) {
  const auto lines = fields.equal_range(name);
  std::string_view header;
  for (auto line = lines.first; line != lines.second; ++line) {
    header = {line->value().data(), line->value().size()};
  }
  const std::size_t comma = header.rfind(',');
  if (comma != std::string_view::npos) header.remove_prefix(comma + 1);
  while (!header.empty() && header.front() == ' ') header.remove_prefix(1);
  while (!header.empty() && header.back() == ' ') header.remove_suffix(1);
  return std::string(header);
}

class HttpConnection final : public Connection,
                             public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(std::shared_ptr<ConnectionShared> shared, tcp::socket socket, Peer peer,
                 std::function<void()> ended)
      : shared_(std::move(shared)),
        socket_(std::move(socket)),
        hold_(socket_.get_executor()),
        peer_(std::move(peer)),
        ended_(std::move(ended)),
        buffer_(shared_->limits.header_bytes + shared_->limits.body_bytes) {}

  void start() override { read(); }
  void close() override;
  void finish() override;
  void sweep(Instant now) override {
    if (deadline_ && now >= *deadline_) close();
  }

 private:
  enum class Doing : std::uint8_t { Reading, Answering, Streaming, Closed };

  void read();
  void on_read(const ErrorCode& failed);
  void ask();
  [[nodiscard]] std::shared_ptr<const Request> request_of() const;
  void refuse(int status, const char* detail);
  void answer(Response response);
  void send();
  void on_sent(const ErrorCode& failed);
  void stream();
  void watch();
  void until(std::chrono::seconds from_now) {
    deadline_ = std::chrono::steady_clock::now() + from_now;
  }

  std::shared_ptr<ConnectionShared> shared_;
  tcp::socket socket_;
  asio::steady_timer hold_;
  Peer peer_;
  std::function<void()> ended_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  Doing doing_ = Doing::Reading;
  bool is_last_ = false;    ///< No request behind this one.
  bool is_ending_ = false;  ///< The listener ends.
  bool has_body_ = true;    ///< False: the answer to a HEAD.
  bool is_sending_ = false;
  std::optional<Instant> deadline_;
  Response response_;
  std::string status_line_;
  Bytes piece_;  ///< Of a stream, on its way.
  std::array<char, 64> ignored_{};
};

void HttpConnection::close() {
  if (doing_ == Doing::Closed) return;
  doing_ = Doing::Closed;
  if (response_.events) response_.events->on_wake({});
  ErrorCode ignored;
  socket_.shutdown(tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  hold_.cancel();
  const auto self = shared_from_this();
  ended_();
}

void HttpConnection::finish() {
  is_ending_ = is_last_ = true;
  if (doing_ == Doing::Reading || doing_ == Doing::Streaming) close();
}

void HttpConnection::read() {
  doing_ = Doing::Reading;
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(shared_->limits.header_bytes));
  parser_->body_limit(shared_->limits.body_bytes);
  until(shared_->limits.request_within);
  http::async_read(
      socket_, buffer_, *parser_,
      [self = shared_from_this()](const ErrorCode& failed, std::size_t) { self->on_read(failed); });
}

void HttpConnection::on_read(const ErrorCode& failed) {
  if (doing_ == Doing::Closed) return;
  if (!failed) return ask();
  if (failed == http::error::body_limit) return refuse(413, "the body is too large");
  if (failed == http::error::header_limit || failed == http::error::buffer_overflow) {
    return refuse(431, "the header is too large");
  }
  const bool is_gone = failed == http::error::end_of_stream || failed == asio::error::eof ||
                       failed == http::error::partial_message ||
                       failed.category() == boost::system::system_category();
  if (is_gone) return close();
  refuse(400, "this is no HTTP/1.1 request");
}

std::shared_ptr<const Request> HttpConnection::request_of() const {
  const auto& message = parser_->get();
  auto out = std::make_shared<Request>();
  out->method = method_of(message.method());
  out->target = text_of(message.target());
  out->address = peer_.address;
  if (peer_.is_proxy) {
    const std::string forwarded = last_of(message, "X-Forwarded-For");
    if (!forwarded.empty()) out->address = forwarded;
    out->is_over_tls = last_of(message, "X-Forwarded-Proto") == "https";
  }
  out->accept_encoding = text_of(message[http::field::accept_encoding]);
  out->authorization = text_of(message[http::field::authorization]);
  out->content_type = text_of(message[http::field::content_type]);
  out->cookie = text_of(message[http::field::cookie]);
  out->csrf = text_of(message["X-CSRF-Token"]);
  out->if_none_match = text_of(message[http::field::if_none_match]);
  out->last_event_id = text_of(message["Last-Event-ID"]);
  out->body = message.body();
  return out;
}

void HttpConnection::ask() {
  doing_ = Doing::Answering;
  deadline_.reset();  // The answer is ours to make; a client cannot be slow now.
  is_last_ = is_ending_ || !parser_->get().keep_alive();
  const std::shared_ptr<const Request> request = request_of();
  has_body_ = request->method != Method::Head;
  if (shared_->rate && !shared_->rate->take(request->address, std::chrono::steady_clock::now())) {
    return answer(
        problem(429, "too many requests from this address", header_line("Retry-After", "1")));
  }
  shared_->handler->handle(request, [self = shared_from_this()](Response response) {
    // Called from any thread; runs at once where that is the loop's.
    asio::dispatch(self->socket_.get_executor(), [self, response = std::move(response)]() mutable {
      self->answer(std::move(response));
    });
  });
}

void HttpConnection::refuse(int status, const char* detail) {
  // Where the request ends is not known any more.
  doing_ = Doing::Answering;
  is_last_ = true;
  has_body_ = true;
  answer(problem(status, detail));
}

void HttpConnection::answer(Response response) {
  if (doing_ != Doing::Answering) return;
  response_ = std::move(response);
  if (response_.hold.count() == 0) return send();
  hold_.expires_after(response_.hold);
  hold_.async_wait([self = shared_from_this()](const ErrorCode& failed) {
    if (!failed) self->send();
  });
}

void HttpConnection::send() {
  if (doing_ != Doing::Answering) return;
  if (response_.events) is_last_ = true;
  status_line_ = "HTTP/1.1 " + std::to_string(response_.status) + " " +
                 reason_of(response_.status) + "\r\n" + date_line();
  if (is_last_) status_line_ += "Connection: close\r\n";
  static const std::string line_end = "\r\n";
  const bool has_body = has_body_ && response_.body != nullptr;
  const std::array<asio::const_buffer, 4> parts = {
      asio::buffer(status_line_),
      response_.head ? asio::buffer(*response_.head) : asio::const_buffer(), asio::buffer(line_end),
      has_body ? asio::buffer(*response_.body) : asio::const_buffer()};
  until(shared_->limits.taken_within);
  asio::async_write(
      socket_, parts,
      [self = shared_from_this()](const ErrorCode& failed, std::size_t) { self->on_sent(failed); });
}

void HttpConnection::on_sent(const ErrorCode& failed) {
  if (doing_ == Doing::Closed) return;
  if (failed) return close();
  if (response_.events && has_body_) {
    doing_ = Doing::Streaming;
    deadline_.reset();
    parser_.reset();
    ErrorCode ignored;
    socket_.set_option(asio::socket_base::send_buffer_size(kStreamBuffer), ignored);
    // Raw: the client's callback lives in the connection, and close() takes it out.
    response_.events->on_wake([this] { stream(); });
    watch();
    return stream();
  }
  response_ = Response();
  if (is_last_) return close();
  read();
}

/// Sends what the client has not been sent; one piece at a time, so that a slow one holds one.
void HttpConnection::stream() {
  if (is_sending_ || doing_ != Doing::Streaming) return;
  piece_ = response_.events->next();
  if (piece_ == nullptr) {
    deadline_.reset();
    return;
  }
  is_sending_ = true;
  until(shared_->limits.taken_within);
  asio::async_write(socket_, asio::buffer(*piece_),
                    [self = shared_from_this()](const ErrorCode& failed, std::size_t) {
                      self->is_sending_ = false;
                      self->piece_ = nullptr;
                      if (failed) return self->close();
                      self->stream();
                    });
}

/// Notices that a client of a stream has gone; what it sends is passed over.
void HttpConnection::watch() {
  socket_.async_read_some(asio::buffer(ignored_),
                          [self = shared_from_this()](const ErrorCode& failed, std::size_t) {
                            if (self->doing_ != Doing::Streaming) return;
                            if (failed) return self->close();
                            self->watch();
                          });
}

}  // namespace

std::shared_ptr<Connection> make_connection(std::shared_ptr<ConnectionShared> shared,
                                            int native_socket, Peer peer,
                                            std::function<void()> ended) {
  tcp::socket socket(shared->loop->context());
  ErrorCode failed;
  socket.assign(peer.is_v6 ? tcp::v6() : tcp::v4(), native_socket, failed);
  return std::make_shared<HttpConnection>(std::move(shared), std::move(socket), std::move(peer),
                                          std::move(ended));
}

}  // namespace hs::server
