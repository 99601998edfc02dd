#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/projection.h"

namespace hs::evaluate {

/// What a list of projections is judged by; all are means over runners. Times in minutes.
enum class Figure : std::uint8_t {
  MeanMiss,     ///< MAE: of the absolute miss of the median.
  Bias,         ///< Above zero: projected too slow.
  SquaredMiss,  ///< MSE, squared minutes.
  Within1,      ///< Shares of misses of at most 1, 2, 5, 10 minutes.
  Within2,
  Within5,
  Within10,
  Cover80,  ///< Share of truths inside the interval; what follows needs a distribution.
  Cover95,
  Width80,
  Width95,
  Pinball,  ///< Mean over the shares of `kProjectionShares`.
};
inline constexpr std::size_t kFigures = static_cast<std::size_t>(Figure::Pinball) + 1;
inline constexpr std::size_t kPlainFigures = static_cast<std::size_t>(Figure::Cover80);
[[nodiscard]] const char* name_of(Figure figure);

/// One projection against the truth.
struct Sample {
  std::array<double, kFigures> values{};
  double share_at_truth = 0;  ///< What share the distribution gave to times up to the truth.
  std::size_t runner = 0;
  bool has_distribution = false;
};
[[nodiscard]] Sample judge(double minutes, double truth_minutes);
[[nodiscard]] Sample judge(const model::Projection& projection, double truth_minutes);

/// A mean and the interval that holds 95 of 100 bootstrap means.
struct Estimate {
  double value = 0;
  double low = 0;
  double high = 0;
};

struct Figures {
  std::size_t count = 0;
  bool has_distribution = false;
  std::array<Estimate, kFigures> estimates{};
  [[nodiscard]] const Estimate& operator[](Figure figure) const {
    return estimates[static_cast<std::size_t>(figure)];
  }
};

/// The means with bootstrap intervals: 500 resamples of up to 400 blocks of runners, which for
/// means is as good as resampling the runners. Same samples and seed, same figures.
[[nodiscard]] Figures figures_of(const std::vector<Sample>& samples, std::uint64_t seed);

/// Random numbers that are the same on every machine (splitmix64).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  [[nodiscard]] std::uint64_t next();
  /// Below `bound` (> 0); the bias of the remainder is below 1e-12 for fields of people.
  [[nodiscard]] std::size_t below(std::size_t bound) { return next() % bound; }
  [[nodiscard]] double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

/// 0 .. count - 1 in an order that the seed decides.
[[nodiscard]] std::vector<std::size_t> shuffled(std::size_t count, Random& random);

}  // namespace hs::evaluate
