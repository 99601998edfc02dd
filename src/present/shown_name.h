#pragma once

#include <string>

#include "model/result.h"
#include "present/language.h"

namespace hs::present {

/// What a runner is called in public: the name, or "Bib 12" as the language says it for somebody
/// private or without a name. Not escaped, not isolated.
[[nodiscard]] std::string shown_name(const model::EventResults& results, model::EntrantId id,
                                     Language language);
/// In the language of the event.
[[nodiscard]] std::string shown_name(const model::EventResults& results, model::EntrantId id);

}  // namespace hs::present
