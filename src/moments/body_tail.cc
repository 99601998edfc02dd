#include "moments/body_tail.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace hs::moments {
namespace {

constexpr std::size_t kLeastField = 300;
/// Where the body of the tail begins and ends, as shares of the field; the design's in the middle.
struct Body {
  double from;
  double to;
};
constexpr std::array kBodies = {Body{0.970, 0.993}, Body{0.975, 0.995}, Body{0.980, 0.9965}};
/// Beyond this an exponential is an extrapolation of an extrapolation.
constexpr double kMostBits = 60;

/// `top`: the values from the `first`-th on of `n`, rising.
std::optional<Exponential> fit(const std::vector<double>& top, std::size_t first, double n,
                               const Body& body) {
  const double u = top[static_cast<std::size_t>(body.from * n) - first];
  const double c = top[static_cast<std::size_t>(body.to * n) - first];
  // Censored maximum likelihood: those beyond c count only as "beyond c".
  double sum = 0;
  double within = 0;
  double beyond_u = 0;
  for (const double value : top) {
    if (value <= u) continue;
    ++beyond_u;
    sum += std::min(value, c) - u;
    if (value <= c) ++within;
  }
  if (within < 3 || !(sum > 0)) return std::nullopt;
  // A scale known from few is known to one part in their root; the wider one holds.
  return Exponential{u, sum / within * (1 + 1 / std::sqrt(within)), beyond_u / n};
}

}  // namespace

double Exponential::bits(double z) const {
  if (!(z > from)) return 0;
  return std::min(kMostBits, -std::log2(share) + (z - from) / (scale * std::log(2.0)));
}

double BodyTail::bits(double z) const {
  double least = kMostBits;
  for (const Exponential& one : fits) least = std::min(least, one.bits(z));
  return least;
}

std::optional<BodyTail> fit_body_tail(std::span<const double> z) {
  if (z.size() < kLeastField) return std::nullopt;
  const auto n = static_cast<double>(z.size());
  const auto first = static_cast<std::size_t>(kBodies.front().from * n);
  std::vector<double> values(z.begin(), z.end());
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(first);
  // Only the tail is asked for, so only the tail is sorted.
  std::nth_element(values.begin(), nth, values.end());
  std::vector<double> top(nth, values.end());
  std::sort(top.begin(), top.end());
  BodyTail tail;
  for (std::size_t i = 0; i < kBodies.size(); ++i) {
    const auto one = fit(top, first, n, kBodies[i]);
    if (!one) return std::nullopt;
    tail.fits[i] = *one;
  }
  return tail;
}

double net_bits(double bits, double looks) { return bits - std::log2(std::max(1.0, looks)); }

}  // namespace hs::moments
