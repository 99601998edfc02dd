#include "support/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "base/check.h"

namespace hs::test_support {

HttpClient::HttpClient(std::uint16_t port) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  HS_CHECK(socket_ >= 0, "no socket for a test");
  const timeval most{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof(most));
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof(most));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // A failure shows at the first request.
  (void)::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

HttpClient::~HttpClient() { ::close(socket_); }

bool HttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool HttpClient::fill() {
  std::array<char, 16384> room{};
  const auto got = ::recv(socket_, room.data(), room.size(), 0);
  if (got <= 0) return false;
  unread_.append(room.data(), static_cast<std::size_t>(got));
  return true;
}

std::optional<std::string> HttpClient::read_until(std::string_view wanted) {
  std::size_t at = 0;
  while ((at = unread_.find(wanted)) == std::string::npos) {
    if (!fill()) return std::nullopt;
  }
  std::string out = unread_.substr(0, at + wanted.size());
  unread_.erase(0, out.size());
  return out;
}

bool HttpClient::is_ended() {
  while (true) {
    std::array<char, 1024> room{};
    const auto got = ::recv(socket_, room.data(), room.size(), 0);
    if (got == 0) return true;
    if (got < 0) return errno == ECONNRESET;
  }
}

std::optional<HttpAnswer> HttpClient::receive(bool has_body) {
  const auto head = read_until("\r\n\r\n");
  if (!head || head->size() < 12) return std::nullopt;
  HttpAnswer out;
  std::from_chars(head->data() + 9, head->data() + 12, out.status);
  for (std::size_t at = head->find("\r\n") + 2; at + 2 < head->size();) {
    const std::size_t end = head->find("\r\n", at);
    const std::string line = head->substr(at, end - at);
    at = end + 2;
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    out.headers[name] = line.substr(colon + 2);
  }
  std::size_t size = 0;
  const std::string& length = out.headers["content-length"];
  std::from_chars(length.data(), length.data() + length.size(), size);
  if (!has_body) return out;
  while (unread_.size() < size) {
    if (!fill()) return std::nullopt;
  }
  out.body = unread_.substr(0, size);
  unread_.erase(0, size);
  return out;
}

std::optional<HttpAnswer> HttpClient::ask(std::string_view method, std::string_view target,
                                          std::string_view body, std::string_view headers) {
  std::string text =
      std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n";
  text += headers_;
  text += headers;
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  text += "\r\n";
  text += body;
  if (!send(text)) return std::nullopt;
  return receive(method != "HEAD");
}

std::optional<HttpAnswer> HttpClient::get(std::string_view target, std::string_view headers) {
  return ask("GET", target, {}, headers);
}

}  // namespace hs::test_support
