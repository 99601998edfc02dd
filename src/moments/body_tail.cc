#include "moments/body_tail.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace hs::moments {
namespace {

constexpr std::size_t kLeastField = 300;
constexpr double kBodyFrom = 0.975;
constexpr double kBodyTo = 0.995;
/// Beyond this an exponential is an extrapolation of an extrapolation.
constexpr double kMostBits = 60;

}  // namespace

double BodyTail::bits(double z) const {
  if (!(z > from)) return 0;
  return std::min(kMostBits, -std::log2(share) + (z - from) / (scale * std::log(2.0)));
}

std::optional<BodyTail> fit_body_tail(std::span<const double> z) {
  if (z.size() < kLeastField) return std::nullopt;
  std::vector<double> sorted(z.begin(), z.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  const double u = sorted[static_cast<std::size_t>(kBodyFrom * n)];
  const double c = sorted[static_cast<std::size_t>(kBodyTo * n)];
  // Censored maximum likelihood: those beyond c count only as "beyond c".
  double sum = 0;
  double within = 0;
  double beyond_u = 0;
  for (const double value : sorted) {
    if (value <= u) continue;
    ++beyond_u;
    sum += std::min(value, c) - u;
    if (value <= c) ++within;
  }
  if (within < 3 || !(sum > 0)) return std::nullopt;
  return BodyTail{u, sum / within, beyond_u / n};
}

double net_bits(double bits, double looks) { return bits - std::log2(std::max(1.0, looks)); }

}  // namespace hs::moments
