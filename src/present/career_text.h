#pragma once

#include <string>

#include "present/career_words.h"
#include "present/colour.h"

namespace hs::present {

/// A career for a terminal: what it comes to, every race, splits where they are known, the years,
/// qualifying, what to run next, the races against somebody else. At most 100 columns.
[[nodiscard]] std::string career_text(const history::Career& career, const CareerOptions& options,
                                      Colour colour);

}  // namespace hs::present
