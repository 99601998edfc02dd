#include "support/event_stream_client.h"

namespace hs::test_support {
namespace {

/// What follows "NAME: " in a block of lines; empty where no line has it.
std::string field_of(const std::string& block, const std::string& name) {
  for (std::size_t at = 0; at < block.size();) {
    const std::size_t end = block.find('\n', at);
    const std::string line = block.substr(at, end - at);
    if (line.rfind(name + ": ", 0) == 0) return line.substr(name.size() + 2);
    if (end == std::string::npos) break;
    at = end + 1;
  }
  return {};
}

}  // namespace

EventStreamClient::EventStreamClient(std::uint16_t port, const std::string& last_event_id)
    : client_(port), last_id_(last_event_id) {
  std::string request = "GET /events HTTP/1.1\r\nHost: test\r\nAccept: text/event-stream\r\n";
  if (!last_event_id.empty()) request += "Last-Event-ID: " + last_event_id + "\r\n";
  if (!client_.send(request + "\r\n")) return;
  const auto head = client_.read_until("\r\n\r\n");
  is_open_ = head && head->rfind("HTTP/1.1 200", 0) == 0;
}

std::optional<ServerEvent> EventStreamClient::next() {
  while (is_open_) {
    const auto block = client_.read_until("\n\n");
    if (!block) break;
    ServerEvent out{field_of(*block, "event"), field_of(*block, "id"), field_of(*block, "data")};
    if (!out.id.empty()) last_id_ = out.id;
    if (!out.data.empty()) return out;
  }
  is_open_ = false;
  return std::nullopt;
}

}  // namespace hs::test_support
