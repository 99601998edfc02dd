#include "server/response_cache.h"

#include <algorithm>

#include "base/sha256.h"
#include "server/gzip.h"

namespace hs::server {
namespace {

constexpr std::size_t kWorthCompressing = 1024;
constexpr std::size_t kTagDigits = 24;

std::string_view without_weak(std::string_view tag) {
  while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
  while (!tag.empty() && tag.back() == ' ') tag.remove_suffix(1);
  if (tag.substr(0, 2) == "W/") tag.remove_prefix(2);
  return tag;
}

}  // namespace

bool names_etag(std::string_view header, std::string_view etag) {
  if (without_weak(header) == "*") return true;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(','), header.size());
    if (without_weak(header.substr(0, end)) == etag) return true;
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return false;
}

CachedBody::CachedBody(std::string_view content_type, std::string body, std::string_view headers) {
  const std::string digits = base::to_hex(base::sha256(body)).substr(0, kTagDigits);
  etag_ = "\"" + digits + "\"";
  etag_gzip_ = "\"" + digits + "-gzip\"";
  const std::string all = std::string(headers) + header_line("Vary", "Accept-Encoding");
  if (body.size() > kWorthCompressing) {
    compressed_ =
        respond(200, content_type, gzip(body),
                all + header_line("ETag", etag_gzip_) + header_line("Content-Encoding", "gzip"));
  }
  plain_ = respond(200, content_type, std::move(body), all + header_line("ETag", etag_));
  not_modified_.status = not_modified_gzip_.status = 304;
  not_modified_.head = std::make_shared<const std::string>(all + header_line("ETag", etag_));
  not_modified_gzip_.head =
      std::make_shared<const std::string>(all + header_line("ETag", etag_gzip_));
}

Response CachedBody::answer(const Request& request) const {
  // With the tag of what the client has: by another a cache would not know it again.
  if (names_etag(request.if_none_match, etag_)) return not_modified_;
  if (names_etag(request.if_none_match, etag_gzip_)) return not_modified_gzip_;
  if (compressed_ && accepts_gzip(request.accept_encoding)) return *compressed_;
  return plain_;
}

std::size_t CachedBody::bytes() const {
  const auto size = [](const Response& one) { return one.body ? one.body->size() : 0; };
  return size(plain_) + (compressed_ ? size(*compressed_) : 0) + kWorthCompressing;
}

std::shared_ptr<const CachedBody> ResponseCache::find(const std::string& target) const {
  const std::lock_guard lock(mutex_);
  const auto found = bodies_.find(target);
  return found == bodies_.end() ? nullptr : found->second;
}

void ResponseCache::keep(const std::string& target, std::shared_ptr<const CachedBody> body) {
  const std::lock_guard lock(mutex_);
  const std::size_t more = body->bytes();
  if (more > kMostBytes || bodies_.find(target) != bodies_.end()) return;
  if (bodies_.size() >= kMostEntries || bytes_ + more > kMostBytes) {
    // Rather make anew what many ask than keep what one has asked to fill it: a state may last.
    bodies_.clear();
    bytes_ = 0;
  }
  bytes_ += more;
  bodies_.emplace(target, std::move(body));
}

}  // namespace hs::server
