#include "server/rate_limit.h"

#include <algorithm>

#include "base/check.h"

namespace hs::server {

RateLimit::RateLimit(double per_second, double burst, std::size_t most_addresses)
    : per_second_(per_second), burst_(burst), most_addresses_(most_addresses) {
  HS_CHECK(per_second > 0 && burst >= 1, "a limit that lets nobody in");
}

void RateLimit::forget_full(Instant now) {
  const double seconds = burst_ / per_second_;
  for (auto at = buckets_.begin(); at != buckets_.end();) {
    const bool is_full = std::chrono::duration<double>(now - at->second.at).count() >= seconds;
    at = is_full ? buckets_.erase(at) : std::next(at);
  }
  if (buckets_.size() >= most_addresses_) buckets_.clear();
}

bool RateLimit::take(const std::string& address, Instant now) {
  const auto known = buckets_.find(address);
  if (known == buckets_.end()) {
    if (buckets_.size() >= most_addresses_) forget_full(now);
    buckets_.emplace(address, Bucket{burst_ - 1, now});
    return true;
  }
  Bucket& bucket = known->second;
  const double passed = std::chrono::duration<double>(now - bucket.at).count();
  bucket.left = std::min(burst_, bucket.left + std::max(0.0, passed) * per_second_);
  bucket.at = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}

}  // namespace hs::server
