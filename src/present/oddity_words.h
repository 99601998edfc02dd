#pragma once

#include <string>

#include "model/result.h"
#include "moments/oddity.h"

namespace hs::present {

/// An oddity in words, for officials only: what was seen with its numbers, and what to look at
/// first. Neither says what somebody did.
struct OddityWords {
  std::string what;
  std::string check;
};
[[nodiscard]] OddityWords words_for(const moments::Oddity& oddity,
                                    const model::EventResults& results,
                                    const std::string& event_path = "EVENT");

}  // namespace hs::present
