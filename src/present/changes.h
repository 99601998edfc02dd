#pragma once

#include <string>
#include <vector>

#include "model/entrant.h"
#include "model/event.h"

namespace hs::present {

/// What a changed event file changes, a sentence each: "half: gun of wave A 08:00:55 -> 08:01:05".
/// Empty when nothing that counts differs. Officials' view.
[[nodiscard]] std::vector<std::string> describe_changes(const model::Event& before,
                                                        const model::Event& after);

/// What a changed entry changes: "half 12: wave A -> B". The personal fields are named with their
/// values, as the entry list is the officials' own.
[[nodiscard]] std::vector<std::string> describe_changes(const model::Entrant& before,
                                                        const model::Person& person_before,
                                                        const model::Entrant& after,
                                                        const model::Person& person_after);

}  // namespace hs::present
