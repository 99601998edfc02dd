#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/time.h"

namespace hs::scoring {

/// A bib written down at the line, in order. `heard_at`: when a chip of that runner was heard
/// there; absent where none was.
struct HandBib {
  std::uint32_t line = 0;
  std::optional<base::RaceTime> heard_at;
};

/// A button pressed at the line, in order.
struct HandTime {
  std::uint32_t line = 0;
  base::RaceTime at;
};

/// Which time belongs to which bib: indices into the two lists.
struct HandPair {
  std::size_t bib = 0;
  std::size_t time = 0;
};

/// Brings two ordered lists together by count and anchors.
///
/// A bib whose chip was heard within two seconds of a time is an anchor. Between two anchors, and
/// before the first and behind the last, lists of equal length belong together one by one; of
/// unequal length nobody can say which one is missing, and none of them is paired.
///
/// Order:  both lists as written; the result by bib, anchors left out (their chip was heard).
/// Cost:   O(n log n).
/// Source: scoring.md step 9; protocols.md A12 (select-and-time).
[[nodiscard]] std::vector<HandPair> align_hand_timing(std::span<const HandBib> bibs,
                                                      std::span<const HandTime> times);

}  // namespace hs::scoring
