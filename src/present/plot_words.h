#pragma once

#include <string>

#include "model/event.h"
#include "present/language.h"

namespace hs::present {

/// What stands at a kilometre of an axis: "5 km", "2.2 km", "400 m"; "start" at nought.
[[nodiscard]] std::string kilometre_words(double kilometres, Language language);

/// A point beside a picture or in a table: "10K", "half way".
[[nodiscard]] std::string point_words(const model::Race& race, const std::string& id,
                                      Language language);

}  // namespace hs::present
