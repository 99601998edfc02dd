#pragma once

#include <vector>

#include "model/result.h"
#include "moments/quotes.h"

namespace hs::moments {

/// A note that the story does not tell, for the officials.
struct HeldNote {
  const model::Note* note = nullptr;  ///< Of the results asked about; never null.
  Held held;
};

/// The notes about somebody that may not be quoted, and why: what `Quotes` holds in every race in
/// which somebody it names is entered. A note that names nobody entered is `NotIn`. Notes without
/// bibs are about all and never held.
///
/// Order:   as the notes came.
/// Threads: pure; `results` outlives what is given.
/// Cost:    O(notes), and a view of each race that has some.
[[nodiscard]] std::vector<HeldNote> held_notes(const model::EventResults& results);

}  // namespace hs::moments
