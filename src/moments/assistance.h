#pragma once

#include <span>

#include "model/result.h"

namespace hs::moments {

/// Whether help among `people`, or of any of them, may be told.
///
/// Yes where the race's rules do not penalise it. Else only once the referee has closed the case of
/// each of them: by a ruling that there was help (`rule --assisted`), or by one on their status
/// whose clause is the book's on assistance, be it that they are out or that they stay in
/// (`rule --reinstate --clause`). A ruling that an undo took back
/// is none.
///
/// Cost: O(people x rulings).
[[nodiscard]] bool may_tell_help(const model::EventResults& results, model::RaceId race,
                                 std::span<const model::EntrantId> people);

}  // namespace hs::moments
