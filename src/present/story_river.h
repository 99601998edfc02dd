#pragma once

#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"

namespace hs::present {

/// Finishers a minute over the whole event by the time of day, each told moment marked where its
/// first person crossed the line and linked to its story. Empty without finishers.
[[nodiscard]] std::string river_html(const model::EventResults& results,
                                     const std::vector<model::Moment>& told);

/// What the page says under its title: how many finished and what kind of day it was, in plain
/// words, all counted.
[[nodiscard]] std::string lede_text(const model::EventResults& results);

}  // namespace hs::present
