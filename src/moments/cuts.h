#pragma once

#include <vector>

#include "moments/field_view.h"
#include "moments/mat_hearing.h"
#include "moments/oddity.h"

namespace hs::moments {

/// For each finisher on foot with a stretch too fast to be ordinary: how likely it is that a part
/// of the course was left out there. One a runner, for the stretch that says most.
///
/// A stretch lies between two mats that heard the runner. What it should have taken is fitted to
/// the field from the runner's other stretches, before and behind; how far off that usually is,
/// too. The likelihood weighs two tales: this runner was that much too fast by chance and passed
/// the silent mats unheard, against a cut of any length, anywhere on the course, that missed just
/// these mats.
///
/// Order:  by row. Those at or above `least` alone.
/// Errors: nothing for a stretch that fewer than 300 ran: too few to know what is ordinary.
/// Cost:   O(stretches x rows x columns).
[[nodiscard]] std::vector<Oddity> find_cuts(const FieldView& view, const MatHearing& hearing,
                                            double least = kLeastListed);

}  // namespace hs::moments
