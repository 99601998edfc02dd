#pragma once

#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"

namespace hs::present {

/// The officials' page of an event: what to do first, then how the mats heard, what the clocks say
/// of each other, and what each device brought. For officials only: it names chips, devices and
/// choices, and private runners by their bib.
///
/// One file that needs nothing else and no script.
///
/// Order:   things to do as in `results.attention`, most pressing first, those of one kind
/// together. Threads: pure; the same input gives the same bytes.
[[nodiscard]] std::string officials_page(const model::EventResults& results,
                                         const std::vector<model::Moment>& moments);

}  // namespace hs::present
