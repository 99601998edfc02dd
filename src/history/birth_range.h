#pragma once

#include <optional>
#include <span>
#include <utility>

#include "base/time.h"

namespace hs::history {

/// The days on which somebody can have been born, both included.
struct BirthRange {
  base::Date earliest;
  base::Date latest;
  friend bool operator==(const BirthRange&, const BirthRange&) = default;
};

/// What the ages on some days leave: somebody of 40 on a day was born within the year that ends 40
/// years before it. Nothing without ages, or where they contradict each other.
[[nodiscard]] std::optional<BirthRange> birth_range(
    std::span<const std::pair<base::Date, int>> ages);

/// The least and the greatest age that somebody born in the range can have on `day`.
[[nodiscard]] std::pair<int, int> ages_on(const BirthRange& born, const base::Date& day);

}  // namespace hs::history
