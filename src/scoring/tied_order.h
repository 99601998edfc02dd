#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "model/result.h"

namespace hs::scoring {

/// Gives places to `items[begin]` to `items[end - 1]`, whose scores are the same, and puts them in
/// that order; what a tie-break leaves equal shares a place and keeps its order.
///
/// `compare(a, b)` is below 0 where `a` stands before `b`. It need not be transitive among three,
/// as pairs of runners are not: everybody stands by how many of the others stand before them.
/// `placing_of(item)` gives the place to be set.
/// Cost: k^2 comparisons of k items.
template <typename Item, typename Compare, typename PlacingOf>
void place_tied(std::vector<Item>& items, std::size_t begin, std::size_t end, Compare compare,
                PlacingOf placing_of) {
  std::vector<std::pair<std::size_t, Item>> ranked;
  for (std::size_t i = begin; i < end; ++i) {
    std::size_t before = 0;
    for (std::size_t k = begin; k < end; ++k) {
      if (k != i && compare(items[k], items[i]) < 0) ++before;
    }
    ranked.emplace_back(before, items[i]);
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < ranked.size();) {
    std::size_t same = i + 1;
    while (same < ranked.size() && ranked[same].first == ranked[i].first) ++same;
    const model::Placing placing{static_cast<std::uint32_t>(begin + i + 1), same - i > 1};
    for (; i < same; ++i) {
      placing_of(ranked[i].second) = placing;
      items[begin + i] = std::move(ranked[i].second);
    }
  }
}

}  // namespace hs::scoring
