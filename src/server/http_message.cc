#include "server/http_message.h"

#include <algorithm>
#include <array>

#include "present/json_out.h"

namespace hs::server {
namespace {

constexpr std::size_t kMostParameters = 32;

struct Reason {
  int status;
  const char* words;
};
constexpr std::array kReasons = {
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{204, "No Content"},
    Reason{304, "Not Modified"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{413, "Content Too Large"},
    Reason{422, "Unprocessable Content"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{503, "Service Unavailable"},
    Reason{507, "Insufficient Storage"},
};

int status_of(base::ErrorCode code) {
  switch (code) {
    case base::ErrorCode::InvalidInput:
      return 422;
    case base::ErrorCode::Unsupported:
      return 501;
    case base::ErrorCode::NotFound:
      return 404;
    case base::ErrorCode::Busy:
      return 503;
    case base::ErrorCode::DiskFull:
      return 507;
    case base::ErrorCode::Corrupt:
    case base::ErrorCode::Io:
      return 500;
  }
  return 500;
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10u;
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10u;
  return std::nullopt;
}

/// How many bytes a well-formed UTF-8 sequence at the beginning has; nothing where it is none.
std::optional<std::size_t> sequence_at(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return std::nullopt;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0u) != 0x80u) return std::nullopt;
  }
  const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool outside = (first == 0xED && byte(1) >= 0xA0) || (first == 0xF4 && byte(1) >= 0x90);
  if (overlong || outside) return std::nullopt;
  return size;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto size = sequence_at(text);
    if (!size) return false;
    text.remove_prefix(*size);
  }
  return true;
}

}  // namespace

std::string_view Request::path() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::query() const {
  const std::size_t mark = target.find('?');
  if (mark == std::string::npos) return {};
  return std::string_view(target).substr(mark + 1);
}

std::string header_line(std::string_view name, std::string_view value) {
  std::string out(name);
  out += ": ";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  out += "\r\n";
  return out;
}

Response respond(int status, std::string_view content_type, std::string body,
                 std::string_view headers) {
  Response out;
  out.status = status;
  std::string head;
  if (!content_type.empty()) head += header_line("Content-Type", content_type);
  head += header_line("Content-Length", std::to_string(body.size()));
  head += headers;
  out.head = std::make_shared<const std::string>(std::move(head));
  if (!body.empty()) out.body = std::make_shared<const std::string>(std::move(body));
  return out;
}

const char* reason_of(int status) {
  const auto* found = std::find_if(kReasons.begin(), kReasons.end(),
                                   [&](const Reason& one) { return one.status == status; });
  return found == kReasons.end() ? "Error" : found->words;
}

Response problem(int status, std::string_view detail, std::string_view headers) {
  present::JsonOut out;
  out.begin_object();
  out.text_of("type", "about:blank");
  out.text_of("title", reason_of(status));
  out.integer_of("status", status);
  out.text_of("detail", detail);
  out.end_object();
  return respond(status, "application/problem+json", out.take(),
                 std::string(headers) + header_line("Cache-Control", "no-store"));
}

Response problem(const base::Error& error) { return problem(status_of(error.code), error.message); }

base::Result<std::string> percent_decode(std::string_view text, PlusIs plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == PlusIs::Blank) {
      out += ' ';
      continue;
    }
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
    if (!high || !low) {
      return base::fail(base::ErrorCode::InvalidInput,
                        "found a '%' without two hexadecimal digits in the address");
    }
    out += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  if (out.find('\0') != std::string::npos || !is_utf8(out)) {
    return base::fail(base::ErrorCode::InvalidInput, "the address is not UTF-8 text");
  }
  return out;
}

base::Result<Query> Query::parse(std::string_view text) {
  Query out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    if (out.values_.size() == kMostParameters) {
      return base::fail(base::ErrorCode::InvalidInput, "too many parameters in the address");
    }
    const std::size_t equals = std::min(pair.find('='), pair.size());
    HS_TRY(std::string name, percent_decode(pair.substr(0, equals), PlusIs::Blank));
    HS_TRY(std::string value,
           percent_decode(pair.substr(std::min(equals + 1, pair.size())), PlusIs::Blank));
    out.values_.emplace_back(std::move(name), std::move(value));
  }
  return out;
}

std::optional<std::string_view> Query::get(std::string_view name) const {
  for (auto at = values_.rbegin(); at != values_.rend(); ++at) {
    if (at->first == name && !at->second.empty()) return at->second;
    if (at->first == name) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace hs::server
