#pragma once

#include <string>
#include <vector>

#include "model/result.h"
#include "present/command_text.h"

namespace hs::present {

/// A thing for a person, in words. Both may hold commands; neither blames anybody.
struct AttentionWords {
  std::string what;  ///< What was seen, with its numbers.
  std::string act;   ///< What to do, with the command to type where there is one.
  /// The commands in `act`, in the order in which they stand there.
  std::vector<Command> commands = {};
};

/// For officials only: chips, devices and choices are named. `event_path` stands in commands.
[[nodiscard]] AttentionWords words_for(const model::Attention& item,
                                       const model::EventResults& results,
                                       const std::string& event_path = "EVENT");

}  // namespace hs::present
