#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace hs::server {

class EventClient;

/// Who is on the other side of a listener: everybody, or those at the race who may sign in.
enum class Audience : std::uint8_t { Public, Officials };

enum class Method : std::uint8_t { Get, Head, Post, Other };

/// Bytes that many connections send at once. Nobody changes them.
using Bytes = std::shared_ptr<const std::string>;

/// What a client asks, taken apart as far as answers need it. Everything is as it came over the
/// wire; nothing is checked but the limits on its size.
struct Request {
  Method method = Method::Get;
  std::string target;        ///< "/path?query", as sent.
  std::string address;       ///< Of the client, without a port.
  bool is_over_tls = false;  ///< To our own proxy, as it says; the program itself speaks none.
  std::string accept_encoding;
  std::string authorization;
  std::string content_type;
  std::string cookie;
  std::string csrf;  ///< X-CSRF-Token.
  std::string if_none_match;
  std::string last_event_id;
  std::string body;

  [[nodiscard]] std::string_view path() const;   ///< `target` up to the "?", not decoded.
  [[nodiscard]] std::string_view query() const;  ///< Behind the "?"; empty where there is none.
};

/// What is sent back.
struct Response {
  int status = 200;
  /// All header lines but status, Date and Connection, each with its line end.
  Bytes head;
  Bytes body;  ///< Null: none.
  /// Sent only after this long: who guesses tokens waits.
  std::chrono::milliseconds hold{0};
  /// A body without end: where set, `body` is not sent and the connection ends with the client.
  std::shared_ptr<EventClient> events;
};

/// One header line, "Name: value" with its line end. Line ends inside the value become blanks.
[[nodiscard]] std::string header_line(std::string_view name, std::string_view value);

/// An answer with a body of its own. `headers` are whole lines (`header_line`).
[[nodiscard]] Response respond(int status, std::string_view content_type, std::string body,
                               std::string_view headers = {});

/// An error as RFC 9457 has it. `detail` is for people: what was found, what was expected.
[[nodiscard]] Response problem(int status, std::string_view detail, std::string_view headers = {});

/// The same for something that failed inside: the code decides the status.
[[nodiscard]] Response problem(const base::Error& error);

/// "Not Found" ...; "Error" for a status this server never sends.
[[nodiscard]] const char* reason_of(int status);

/// The parameters of a query, decoded.
///
/// Shape: at most 32 parameters; of one that comes twice the last holds, an empty one is absent.
class Query {
 public:
  /// Errors: InvalidInput for a broken escape, for text that is not UTF-8, for too many.
  [[nodiscard]] static base::Result<Query> parse(std::string_view text);
  /// Nothing where it is absent or empty.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

/// "%20" to " ", and "+" too where it is a query. Errors: InvalidInput for a broken escape, a zero
/// byte, or what is not UTF-8.
enum class PlusIs : std::uint8_t { Plus, Blank };
[[nodiscard]] base::Result<std::string> percent_decode(std::string_view text, PlusIs plus);

}  // namespace hs::server
