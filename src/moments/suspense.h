#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "base/time.h"
#include "model/ids.h"
#include "model/projection.h"

namespace hs::moments {

/// Somebody on the way, with what is believed of their finish.
struct Approaching {
  model::EntrantId runner;
  base::RaceTime start;  ///< Their own.
  model::Projection projection;
};

/// What of one barrier (three hours, a goal) hangs on those who come in next.
struct Suspense {
  base::Duration barrier{0};
  std::size_t next = 0;      ///< Runners looked at: those expected at the line first.
  std::size_t in_hands = 0;  ///< Of these, for whom either is open: one in ten to nine in ten.
  double expected = 0;       ///< How many of them are likely to be within the barrier.
  /// Variance of the number within it: what is still to be known. Nothing is at stake at 0.
  double variance = 0;
};

/// "12 of the next 40 have three hours in their hands": what is open of `barrier` among the `next`
/// of `running` whose finish is expected first by the clock. Whoever is overdue or past the cut-off
/// is left out: nobody's trouble is entertainment.
///
/// Order: none asked of `running`; ties by runner. Errors: none; all 0 of nobody.
/// Threads: pure. Cost: O(n log n).
[[nodiscard]] Suspense suspense_of(std::span<const Approaching> running, base::Duration barrier,
                                   std::size_t next);

/// The same of that half hour of which most is still to be known; nothing where none is open to
/// anybody. Cost: O(n log n) and O(next) for each half hour.
[[nodiscard]] std::optional<Suspense> most_suspense(std::span<const Approaching> running,
                                                    std::size_t next);

}  // namespace hs::moments
