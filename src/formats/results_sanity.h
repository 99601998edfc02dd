#pragma once

#include "formats/questions.h"
#include "model/published.h"

namespace hs::formats {

/// Marks splits that cannot be: not later than an earlier one (the fewest that have to go, so that
/// the others rise), or on foot faster than anybody runs. Nothing is changed or left out; each
/// kind is asked about once.
///
/// Cost: O(splits); a runner whose times contradict each other, O(splits^2) of his.
void mark_doubtful(model::PublishedRace& race, Questions& questions);

}  // namespace hs::formats
