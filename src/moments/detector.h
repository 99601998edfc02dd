#pragma once

#include <cstdint>
#include <vector>

#include "model/moment.h"
#include "moments/field_view.h"

namespace hs::moments {

/// A moment as a detector found it, with what orders it among its equals.
struct Found {
  model::Moment moment;
  std::int64_t minutes_order = 0;  ///< Seconds; more goes first where the score is the same.
};

/// Finds the moments of one kind in one race, in any order. Pure; reads only the view.
using Detector = std::vector<Found> (*)(const FieldView& view);

// The detectors, one file each. A new kind is one such file, one line in `kDetectors`
// (find_moments.cc), one enumerator in model/moment.h and one template in present/.

/// Ran as expected or nearly so, then needed far longer for the last part than this field's day
/// explains, and still finished.
[[nodiscard]] std::vector<Found> find_late_collapses(const FieldView& view);

/// Ran the second half faster than the first on a day when few did, by more than the day explains.
[[nodiscard]] std::vector<Found> find_negative_splits(const FieldView& view);

/// Crossed the line less than a second apart by the clock though nothing of the start or of a
/// crowd explains it.
[[nodiscard]] std::vector<Found> find_finishes_together(const FieldView& view);

/// Fills what every moment has: id, race, kind, theme, people, anchor, score, net bits, as_of.
///
/// Score = bits after all looks, capped at 20 (beyond that an exponential means nothing), times
/// how likely it is real, to a tenth.
[[nodiscard]] model::Moment make_moment(const FieldView& view, model::MomentKind kind,
                                        std::vector<std::size_t> rows, std::size_t anchor,
                                        double net_bits, double valid);

/// Seconds cut to whole ones, as evidence carries them; microseconds short of one count as one,
/// since doubles do not hold them exactly.
[[nodiscard]] std::int64_t whole_seconds(double seconds);

/// The time of one runner at one column since their own start.
[[nodiscard]] model::Evidence passing_evidence(const FieldView& view, std::size_t row,
                                               std::size_t column);

/// How many of the field took longer than `seconds` from `from` to the finish, as the rank
/// 1 + that, and of how many.
void rank_slowest(const FieldView& view, std::size_t from, double seconds, model::Evidence& into);

}  // namespace hs::moments
