#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "base/time.h"

namespace hs::server {

/// How often one address may ask: a bucket that fills at a steady rate and is emptied by requests.
///
/// Addresses that have been silent until their bucket was full are forgotten; more than
/// `most_addresses` at once are forgotten all together, which costs nobody an answer.
///
/// Threads: one.
class RateLimit {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  /// `per_second` > 0; `burst` >= 1: how many at once from a full bucket.
  RateLimit(double per_second, double burst, std::size_t most_addresses = 100'000);

  /// Takes one from the bucket of `address`. False: too often, nothing is taken.
  [[nodiscard]] bool take(const std::string& address, Instant now);

  [[nodiscard]] std::size_t addresses() const { return buckets_.size(); }

 private:
  struct Bucket {
    double left = 0;
    Instant at;
  };
  void forget_full(Instant now);
  double per_second_;
  double burst_;
  std::size_t most_addresses_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace hs::server
