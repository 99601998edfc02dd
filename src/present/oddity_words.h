#pragma once

#include <string>
#include <vector>

#include "model/result.h"
#include "moments/oddity.h"
#include "present/command_text.h"

namespace hs::present {

/// An oddity in words, for officials only: what was seen with its numbers, and what to look at
/// first. Neither says what somebody did.
struct OddityWords {
  std::string what;
  std::string check;
  /// The commands in `check`, in the order in which they stand there.
  std::vector<Command> commands = {};
};
[[nodiscard]] OddityWords words_for(const moments::Oddity& oddity,
                                    const model::EventResults& results,
                                    const std::string& event_path = "EVENT");

}  // namespace hs::present
