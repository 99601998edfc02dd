#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "model/result.h"

namespace hs::app {

/// The race of that id; nothing where none was asked for. Errors: NotFound, naming those there are.
[[nodiscard]] base::Result<std::optional<model::RaceId>> race_of(const model::EventResults& results,
                                                                 const std::string& id);

/// The ids of an event's races as a list for people: "half, 10k".
[[nodiscard]] std::string race_ids(const model::Event& event);

}  // namespace hs::app
