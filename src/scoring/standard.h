#pragma once

#include <cstdint>
#include <optional>

#include "model/entrant.h"
#include "model/event.h"
#include "model/result.h"

namespace hs::scoring {

/// True when a race on `day` lies within the window of the standard.
[[nodiscard]] bool is_open_on(const model::Standard& standard, const base::Date& day);

/// The age that decides: on the standard's own day where it names one, which only a birth date can
/// tell; else the entry's age on race day. Nothing where it is not known.
[[nodiscard]] std::optional<int> age_for(const model::Standard& standard,
                                         const model::Entrant& entrant,
                                         const model::Person& person);

/// The band of that sex and age; null where the table has none.
[[nodiscard]] const model::StandardTime* band_of(const model::Standard& standard, model::Sex sex,
                                                 int age);

/// How a finisher stands to a standard.
struct AgainstStandard {
  const model::StandardTime* band = nullptr;  ///< Of the standard given; never null.
  base::Duration took{0};  ///< The time that counts, with the course index added; not rounded.

  /// What is left of the standard in whole seconds, as times are shown (cut): above 0 under it,
  /// below 0 over it, 0 on its very second.
  [[nodiscard]] std::int64_t left_seconds() const;
};

/// Compares the result of `id` with a standard of that runner's race: net or gun time as the
/// standard says, penalties included, plus its course index, against the time of the runner's band.
///
/// It says who ran under a time, not who was accepted: a cut-off that the other race draws
/// afterwards is in no table.
///
/// Errors: none. Nothing for whoever has not finished, was not on foot, has no such time, no known
///         sex or age or no band, and where the race is outside the window.
/// Cost:   one pass over the bands.
[[nodiscard]] std::optional<AgainstStandard> against_standard(const model::Standard& standard,
                                                              const model::EventResults& results,
                                                              model::EntrantId id);

}  // namespace hs::scoring
