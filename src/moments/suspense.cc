#include "moments/suspense.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace hs::moments {
namespace {

constexpr double kOpenFrom = 0.1;
constexpr double kOpenTo = 0.9;

constexpr std::chrono::minutes kHalfHour{30};

/// The `next` of them who are expected at the line first.
std::vector<const Approaching*> coming_in(std::span<const Approaching> running, std::size_t next) {
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
  return coming;
}

Suspense suspense_among(const std::vector<const Approaching*>& coming, base::Duration barrier) {
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

}  // namespace

Suspense suspense_of(std::span<const Approaching> running, base::Duration barrier,
                     std::size_t next) {
  return suspense_among(coming_in(running, next), barrier);
}

std::optional<Suspense> most_suspense(std::span<const Approaching> running, std::size_t next) {
  const std::vector<const Approaching*> coming = coming_in(running, next);
  if (coming.empty()) return std::nullopt;
  std::chrono::seconds first = coming.front()->projection.at_shares.front();
  std::chrono::seconds last = first;
  for (const Approaching* one : coming) {
    first = std::min(first, one->projection.at_shares.front());
    last = std::max(last, one->projection.at_shares.back());
  }
  std::optional<Suspense> most;
  for (auto barrier = first - first % kHalfHour + kHalfHour; barrier <= last;
       barrier += kHalfHour) {
    const Suspense one = suspense_among(coming, barrier);
    if (one.in_hands > 0 && (!most || one.variance > most->variance)) most = one;
  }
  return most;
}

}  // namespace hs::moments
