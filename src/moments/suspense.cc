#include "moments/suspense.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace hs::moments {
namespace {

constexpr double kOpenFrom = 0.1;
constexpr double kOpenTo = 0.9;

}  // namespace

Suspense suspense_of(std::span<const Approaching> running, base::Duration barrier,
                     std::size_t next) {
  std::vector<const Approaching*> coming;
  for (const Approaching& one : running) {
    if (!one.projection.is_overdue && !one.projection.is_past_cut_off) coming.push_back(&one);
  }
  const auto expected_at = [](const Approaching* one) {
    return one->start + one->projection.median();
  };
  std::sort(coming.begin(), coming.end(), [&](const Approaching* a, const Approaching* b) {
    return std::make_tuple(expected_at(a), a->runner) < std::make_tuple(expected_at(b), b->runner);
  });
  if (coming.size() > next) coming.resize(next);
  Suspense out;
  out.barrier = barrier;
  out.next = coming.size();
  for (const Approaching* one : coming) {
    const double p = one->projection.probability_within(barrier);
    out.in_hands += p >= kOpenFrom && p <= kOpenTo ? 1u : 0u;
    out.expected += p;
    out.variance += p * (1 - p);
  }
  return out;
}

}  // namespace hs::moments
