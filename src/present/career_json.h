#pragma once

#include <string>

#include "present/career_words.h"

namespace hs::present {

/// A career for programs: every run with what was worked out of it, in numbers and ids, no words.
///
/// Units:  times in whole milliseconds, grades in hundredths of a percent, seconds where a key ends
///         in `_s`. What is not known is left out.
[[nodiscard]] std::string career_json(const history::Career& career, const CareerOptions& options);

}  // namespace hs::present
