#pragma once

#include <cstddef>
#include <optional>

#include "moments/body_tail.h"
#include "moments/detector.h"
#include "moments/expectation.h"

namespace hs::moments {

/// What the day's field makes of second halves, to judge one runner by.
struct SecondHalf {
  RestRule rest;  ///< From half way on.
  BodyTail tail;  ///< Of being faster than it.
};

/// Nothing in a small field, without a point half way, or on a day when many run a faster half.
[[nodiscard]] std::optional<SecondHalf> fit_second_half(const FieldView& view);

/// The negative split of one runner, if it is one to tell. Cost: O(columns); O(rows) if it is.
[[nodiscard]] std::optional<Found> judge_second_half(const FieldView& view, const SecondHalf& day,
                                                     std::size_t row);

}  // namespace hs::moments
