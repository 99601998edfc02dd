#pragma once

#include <cstddef>
#include <map>
#include <optional>

#include "moments/expectation.h"
#include "moments/line_chances.h"
#include "moments/pairs.h"
#include "moments/second_half.h"

namespace hs::moments {

/// What a `Memo` holds. The looks and chances are left by the detectors of their kinds, for one
/// runner more to be judged by them (`Judge`).
struct Shared {
  std::map<std::size_t, RestExpectation> rest;  ///< By column and row; of this view only.
  std::optional<Habits> habits;
  std::optional<SecondHalf> second_half;
  std::optional<LineChances> line;
  std::optional<double> meetings;     ///< Looks of ran-together.
  std::optional<double> waits;        ///< Looks of waited-and-returned.
  std::optional<std::size_t> groups;  ///< Looks of groups.
};

/// As `expect_rest`, worked out once for a view. Lives as long as the view is not changed.
[[nodiscard]] const RestExpectation& rest_from(const FieldView& view, std::size_t column);

/// As `habits_of`, worked out once for a view.
[[nodiscard]] const Habits& habits_in(const FieldView& view);

}  // namespace hs::moments
