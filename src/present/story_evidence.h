#pragma once

#include <string>

#include "model/moment.h"

namespace hs::present {

/// "How we know", closed until asked for: a table of every figure the words use, with what was
/// expected, its rank and how many reads are behind it, then how rare it is in words.
///
/// Which reads those are stays with the officials.
[[nodiscard]] std::string evidence_html(const model::Moment& moment);

}  // namespace hs::present
