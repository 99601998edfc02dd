#pragma once

#include "moments/field_view.h"

namespace hs::moments {

/// The last note of an official that bears witness to a storm over this race, or over the event;
/// null where there is none. Cost: O(notes).
[[nodiscard]] const model::Note* storm_note(const FieldView& view);

}  // namespace hs::moments
