#include "sim/random.h"

#include "base/check.h"

namespace hs::sim {

namespace {

constexpr std::uint64_t kPcgMultiplier = 6364136223846793005ULL;
constexpr std::uint32_t kMillion = 1000000;
constexpr int kEvenDraws = 12;  // The variance of their sum is 1, in units of one draw's span.
constexpr std::int64_t kSpan = 65536;  // Each of the twelve is a 16-bit number.

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream) : increment_((stream << 1U) | 1U) {
  static_cast<void>(next());
  state_ += seed;
  static_cast<void>(next());
}

std::uint32_t Random::next() {
  const std::uint64_t old = state_;
  state_ = old * kPcgMultiplier + increment_;
  const auto shifted = static_cast<std::uint32_t>(((old >> 18U) ^ old) >> 27U);
  const auto turn = static_cast<std::uint32_t>(old >> 59U);
  return (shifted >> turn) | (shifted << ((32U - turn) & 31U));
}

std::uint32_t Random::below(std::uint32_t bound) {
  HS_CHECK(bound > 0, "an empty range has no member");
  // The lowest 2^32 mod bound values would come up once too often; they are drawn again.
  const std::uint32_t surplus = (0U - bound) % bound;
  std::uint32_t drawn = next();
  while (drawn < surplus) drawn = next();
  return drawn % bound;
}

std::int64_t Random::between(std::int64_t low, std::int64_t high) {
  HS_CHECK(low <= high, "a range ends behind its beginning");
  const auto span = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
  if (span <= 0xFFFFFFFFULL) return low + below(static_cast<std::uint32_t>(span));
  const std::uint64_t surplus = (0ULL - span) % span;
  std::uint64_t drawn = 0;
  do {
    const std::uint64_t upper = next();
    drawn = (upper << 32U) | next();
  } while (drawn < surplus);
  return low + static_cast<std::int64_t>(drawn % span);
}

bool Random::chance(std::uint32_t per_million) { return below(kMillion) < per_million; }

std::int64_t Random::bell(std::int64_t standard_deviation) {
  std::int64_t sum = 0;
  for (int i = 0; i < kEvenDraws; ++i) sum += next() >> 16U;
  return (sum - kEvenDraws * (kSpan - 1) / 2) * standard_deviation / kSpan;
}

std::int64_t quantile_at(const QuantileRow& row, std::int64_t per_million) {
  std::size_t column = 0;
  while (column + 1 < kQuantiles.size() && kQuantiles[column + 1] * 1000 <= per_million) ++column;
  if (column + 1 == kQuantiles.size() || per_million <= kQuantiles[0] * 1000) return row[column];
  const std::int64_t low = kQuantiles[column] * 1000;
  const std::int64_t high = kQuantiles[column + 1] * 1000;
  return row[column] + (row[column + 1] - row[column]) * (per_million - low) / (high - low);
}

}  // namespace hs::sim
