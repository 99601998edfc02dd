#pragma once

#include <cstddef>

#include "moments/expectation.h"
#include "moments/field_view.h"

namespace hs::moments {

/// Under this a thing is not told: it is more likely the timing than the runner.
inline constexpr double kLeastValid = 0.5;

/// How likely it is that what a runner's times show is real, from 0 to 1, for something that
/// hangs on `anchor`. For the officials and for the ranking; never shown to anybody else and
/// never a word about the runner: a clock, a mat or a chip is the first thing to suspect.
///
/// Looks at: times that do not rise from mat to mat (0: not this runner's), points missed (a mat
/// that was deaf for many does not count), a clock displaced at the anchor (as much too fast before
/// as too slow after, or the other way round), and stretches faster than the runner's own next best
/// by more than people can.
///
/// Units: `rest` is the field's expectation from `anchor` on, for the same view.
/// Cost:  O(columns).
[[nodiscard]] double validity(const FieldView& view, std::size_t row, const RestExpectation& rest);

/// The same for something at `anchor` that is worth `told_seconds`.
[[nodiscard]] double validity_at(const FieldView& view, std::size_t row, std::size_t anchor,
                                 double told_seconds);

/// True where somebody else became as much too fast between two columns as this runner became too
/// slow, and both are as they were before once their times are exchanged: two who changed chips on
/// the way, or a reader that took one for the other. Only a stretch counts that holds half of
/// `told_seconds`, the loss that would be told.
///
/// Cost: O(rows x columns between); for who would be told, not for everybody.
[[nodiscard]] bool looks_exchanged(const FieldView& view, std::size_t row, std::size_t from,
                                   std::size_t to, double told_seconds);

/// True where from `joined` on the runner's times go on as somebody else's had been, and theirs as
/// this runner's: whoever this runner seems to have met then met somebody else. Only a change of
/// pace that nobody has without a reason is looked at; more or less of one is running.
///
/// Cost: O(rows x columns); for who would be told, not for everybody.
[[nodiscard]] bool continues_another(const FieldView& view, std::size_t row, std::size_t joined);

}  // namespace hs::moments
