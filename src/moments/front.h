#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "moments/field_view.h"

namespace hs::moments {

/// The fronts that a win is told of: women, men, everybody.
inline constexpr std::array<std::optional<model::Sex>, 3> kFrontClasses = {
    model::Sex::Female, model::Sex::Male, std::nullopt};

struct FrontRunner {
  std::size_t row = 0;
  std::uint32_t place = 0;
  double ranking = 0;  ///< Seconds of the time that ranks.
};

/// The first ten of one class by place; empty where two of them share a place.
[[nodiscard]] std::vector<FrontRunner> front_of(const FieldView& view,
                                                std::optional<model::Sex> sex);

/// True while the referee may still want the picture of this runner's finish.
[[nodiscard]] bool is_referees_case(const FieldView& view, std::size_t row);

}  // namespace hs::moments
