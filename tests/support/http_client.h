#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hs::test_support {

/// An answer as a client sees it. Header names in lower case.
struct HttpAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;
  std::string body;
};

/// A plain client of an HTTP server on 127.0.0.1, for tests: one connection, blocking, at most ten
/// seconds for anything.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Header lines that go with every request, each with its line end.
  void headers(std::string lines) { headers_ = std::move(lines); }

  [[nodiscard]] std::optional<HttpAnswer> get(std::string_view target,
                                              std::string_view headers = {});
  [[nodiscard]] std::optional<HttpAnswer> ask(std::string_view method, std::string_view target,
                                              std::string_view body = {},
                                              std::string_view headers = {});

  /// Sends bytes as they are. False: the server does not take them any more.
  bool send(std::string_view bytes);
  /// The next answer; nothing where the connection ended before a whole one.
  [[nodiscard]] std::optional<HttpAnswer> receive(bool has_body = true);
  /// Reads until `wanted` has been seen; all up to it and with it. Nothing where it does not come.
  [[nodiscard]] std::optional<std::string> read_until(std::string_view wanted);
  /// True once the server has ended the connection; what it sent before is passed over.
  [[nodiscard]] bool is_ended();

 private:
  bool fill();
  int socket_ = -1;
  std::string headers_;
  std::string unread_;
};

}  // namespace hs::test_support
