#pragma once

#include <string>

#include "present/career_words.h"

namespace hs::present {

/// A career as one self-contained page in the look of the story: pictures of the times and the age
/// grades over the years, every race with what was rare in it for this runner, splits, qualifying,
/// what to run next. It asks the network for nothing and needs no script.
[[nodiscard]] std::string career_page(const history::Career& career, const CareerOptions& options);

}  // namespace hs::present
