#pragma once

#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"

namespace hs::present {

/// The officials' page of an event: what to do first, then how the mats heard, what the clocks say
/// of each other, what each device brought, the moments found, and the notes that are held back
/// with why. For officials only: it names chips, devices and choices, private runners by their
/// bib, and holds a note that is told nowhere in its own words.
///
/// One file that needs nothing else and no script.
///
/// Order:   things to do as in `results.attention`, most pressing first, those of one kind
///          together.
/// Threads: pure; the same input gives the same bytes.
[[nodiscard]] std::string officials_page(const model::EventResults& results,
                                         const std::vector<model::Moment>& moments);

}  // namespace hs::present
