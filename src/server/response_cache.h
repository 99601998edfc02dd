#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/http_message.h"

namespace hs::server {

/// A body that many are sent, with its entity tag, plain and compressed, made once.
class CachedBody {
 public:
  /// `headers`: whole lines that go with it in every form.
  CachedBody(std::string_view content_type, std::string body, std::string_view headers);

  /// What this request gets: the body, compressed where it takes that, or 304 where it has it.
  /// Shares all bytes.
  [[nodiscard]] Response answer(const Request& request) const;

  [[nodiscard]] const std::string& etag() const { return etag_; }
  [[nodiscard]] std::size_t bytes() const;

 private:
  std::string etag_;       ///< With its quotes; strong: of the bytes.
  std::string etag_gzip_;  ///< Other bytes, another tag.
  Response plain_;
  std::optional<Response> compressed_;
  Response not_modified_;
  Response not_modified_gzip_;
};

/// True where an If-None-Match header names this tag. Compared weakly, as RFC 9110 13.1.2 wants.
[[nodiscard]] bool names_etag(std::string_view header, std::string_view etag);

/// The bodies of one state of the race, by what was asked. It is thrown away with its state, so
/// nothing in it is ever out of date. Where it is full, it begins anew.
///
/// Threads: safe from any.
class ResponseCache {
 public:
  static constexpr std::size_t kMostEntries = 4'096;
  static constexpr std::size_t kMostBytes = std::size_t{64} << 20;

  /// Null where it is not there.
  [[nodiscard]] std::shared_ptr<const CachedBody> find(const std::string& target) const;
  void keep(const std::string& target, std::shared_ptr<const CachedBody> body);

 private:
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::unordered_map<std::string, std::shared_ptr<const CachedBody>> bodies_;
};

}  // namespace hs::server
