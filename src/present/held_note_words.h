#pragma once

#include <string>

#include "moments/held_notes.h"

namespace hs::present {

/// Why a note is held and what would release it, for the officials: "Bib 12 is private." Plain
/// text, in English as all that is theirs.
[[nodiscard]] std::string held_words(const moments::Held& held);

}  // namespace hs::present
