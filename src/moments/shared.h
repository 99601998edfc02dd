#pragma once

#include <map>
#include <optional>

#include "moments/expectation.h"
#include "moments/pairs.h"

namespace hs::moments {

/// What a `Memo` holds.
struct Shared {
  std::map<std::size_t, RestExpectation> rest;  ///< By column.
  std::optional<Habits> habits;
};

/// As `expect_rest`, worked out once for a view. Lives as long as the view is not changed.
[[nodiscard]] const RestExpectation& rest_from(const FieldView& view, std::size_t column);

/// As `habits_of`, worked out once for a view.
[[nodiscard]] const Habits& habits_in(const FieldView& view);

}  // namespace hs::moments
