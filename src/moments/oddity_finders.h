#pragma once

#include <vector>

#include "moments/field_view.h"
#include "moments/mat_hearing.h"
#include "moments/oddity.h"

// What else than a cut a referee may want to look at, a function a kind. Each gives what is
// likelier than not, by row.

namespace hs::moments {

/// Finishers whom several mats did not hear that heard the others of that minute. A deaf mat counts
/// against nobody, and a chip that is missed often is a weak chip: each mat that misses it makes
/// the next less odd. Cost: O(rows x columns log rows).
[[nodiscard]] std::vector<Oddity> find_missed(const FieldView& view, const MatHearing& hearing);

/// Pairs of chips that cross every mat together, much nearer to each other than those do who keep
/// each other company all day.
///
/// Errors: nothing without times of day, nor where fewer than 30 pairs keep company: how near
///         company comes is not known then.
/// Cost:   O(rows x columns) and the pairs that come in together.
[[nodiscard]] std::vector<Oddity> find_as_one(const FieldView& view);

/// Finishers far faster than all they ran before over this distance, by an archive, against how the
/// others of the field did that day against their own bests.
///
/// Errors: nothing where fewer than 300 of the field have three earlier results to compare with.
[[nodiscard]] std::vector<Oddity> find_unlike_past(const FieldView& view);

}  // namespace hs::moments
