#pragma once

#include <string>

#include "base/result.h"
#include "model/result.h"

namespace hs::app {

/// Whether there is a language of that code; empty asks for none.
/// Errors: NotFound, naming those there are.
[[nodiscard]] base::Result<void> check_language(const std::string& code);

/// Tells the results in the language asked for, else in the event's own. Where no words are in
/// that, English is taken and said so on standard error: the event file is right about the race.
void choose_language(model::EventResults& results, const std::string& asked);

}  // namespace hs::app
