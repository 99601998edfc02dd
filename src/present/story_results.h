#pragma once

#include <string>

#include "model/result.h"

namespace hs::present {

/// The first of each race: three of each sex, then the first of each division, as tables.
[[nodiscard]] std::string winners_html(const model::EventResults& results);

/// The results section: search, filters and the table. The head of the first race with runners is
/// in the table already, for readers without a script; story.js takes it over.
[[nodiscard]] std::string results_html(const model::EventResults& results);

/// The field of each race as pictures.
[[nodiscard]] std::string field_html(const model::EventResults& results);

}  // namespace hs::present
