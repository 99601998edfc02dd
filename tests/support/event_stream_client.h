#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "support/http_client.h"

namespace hs::test_support {

/// One server-sent event.
struct ServerEvent {
  std::string event;
  std::string id;
  std::string data;
};

/// A client of `/events` as a browser is one: it takes the head, passes comments over and keeps the
/// last id.
class EventStreamClient {
 public:
  /// `last_event_id` empty: it begins now.
  explicit EventStreamClient(std::uint16_t port, const std::string& last_event_id = {});

  [[nodiscard]] bool is_open() const { return is_open_; }
  /// The next event; nothing where the connection ended, or nothing came for ten seconds.
  [[nodiscard]] std::optional<ServerEvent> next();
  [[nodiscard]] const std::string& last_id() const { return last_id_; }

 private:
  HttpClient client_;
  std::string last_id_;
  bool is_open_ = false;
};

}  // namespace hs::test_support
