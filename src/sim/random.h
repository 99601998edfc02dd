#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace hs::sim {

/// Random numbers that are the same on every machine, compiler and standard library.
///
/// The generator is PCG-XSH-RR with 64 bits of state and 32 of output; what is drawn from it uses
/// integers only, since `<random>`'s distributions and libm differ between libraries. One seed has
/// 2^63 independent streams: each runner and each device draws from its own, so that adding one
/// runner does not move the reads of all others.
///
/// Source:  M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
///          Algorithms for Random Number Generation", 2014.
class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t stream);

  [[nodiscard]] std::uint32_t next();

  /// Evenly from 0 to `bound` - 1. `bound` must not be 0.
  [[nodiscard]] std::uint32_t below(std::uint32_t bound);

  /// Evenly from `low` to `high`, both included. The span must be below 2^63.
  [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high);

  [[nodiscard]] bool chance(std::uint32_t per_million);

  /// Around 0 with the given standard deviation, never beyond six of them: the sum of twelve even
  /// draws, which is close to a normal one and needs no logarithm.
  [[nodiscard]] std::int64_t bell(std::int64_t standard_deviation);

 private:
  std::uint64_t state_ = 0;
  std::uint64_t increment_ = 1;
};

/// The per mille at which the fitted quantile tables have their columns.
inline constexpr std::array<int, 17> kQuantiles = {1,   10,  25,  50,  100, 200, 300, 400, 500,
                                                   600, 700, 800, 900, 950, 975, 990, 999};

/// A table of quantiles at `kQuantiles`.
using QuantileRow = std::array<std::int32_t, kQuantiles.size()>;

/// The value at `per_million` of the distribution, between columns linear, beyond the ends held.
[[nodiscard]] std::int64_t quantile_at(const QuantileRow& row, std::int64_t per_million);

}  // namespace hs::sim
