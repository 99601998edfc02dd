#pragma once

#include <vector>

#include "history/career.h"
#include "present/figure.h"
#include "present/language.h"

namespace hs::present {

/// The times over the distance run most often, with the middle of the field, and the age grades:
/// each over the years, where there are two or more of them.
[[nodiscard]] std::vector<Figure> career_figures(const history::Career& career, Language language);

}  // namespace hs::present
