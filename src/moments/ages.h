#pragma once

#include "moments/field_view.h"

namespace hs::moments {

/// Fewer known ages say nothing of who was the oldest or the youngest of a field.
inline constexpr std::size_t kLeastAges = 100;

/// True where the event publishes the ages of its runners: nothing else may tell or show one.
[[nodiscard]] bool publishes_ages(const model::EventResults& results);

/// True while somebody of the race is on the course, on foot, whose age lies between these two
/// (years, both included): then who has finished is not yet the oldest or the youngest.
/// Cost: O(entrants).
[[nodiscard]] bool is_anybody_running_aged(const FieldView& view, double least, double most);

}  // namespace hs::moments
