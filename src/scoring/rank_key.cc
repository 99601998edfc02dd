#include "scoring/rank_key.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace hs::scoring {
namespace {

constexpr int kDigitBits = 11;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
/// Below this many keys comparing is quicker than clearing the counters.
constexpr std::size_t kFewKeys = 512;

}  // namespace

void sort_by_time(std::vector<RankKey>& keys, std::vector<RankKey>& scratch) {
  const auto by_time = [](const RankKey& a, const RankKey& b) { return a.time < b.time; };
  if (keys.size() < kFewKeys) {
    std::stable_sort(keys.begin(), keys.end(), by_time);
    return;
  }
  const auto [least, most] = std::minmax_element(keys.begin(), keys.end(), by_time);
  const base::Duration from =
      least->time;  // Times may be negative; what is above the least is not.
  const auto above = [from](const RankKey& key) {
    return static_cast<std::uint64_t>((key.time - from).count());
  };
  const auto bits = static_cast<int>(std::bit_width(above(*most)));
  scratch.resize(keys.size());
  for (int shift = 0; shift < bits; shift += kDigitBits) {
    std::array<std::uint32_t, kDigits> next{};
    const auto digit = [&](const RankKey& key) { return (above(key) >> shift) & (kDigits - 1); };
    for (const RankKey& key : keys) ++next[digit(key)];
    std::uint32_t begin = 0;
    for (std::uint32_t& count : next) {
      const std::uint32_t here = count;
      count = begin;
      begin += here;
    }
    for (const RankKey& key : keys) scratch[next[digit(key)]++] = key;
    keys.swap(scratch);
  }
}

}  // namespace hs::scoring
