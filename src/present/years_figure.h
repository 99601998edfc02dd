#pragma once

#include <optional>

#include "model/moment.h"
#include "model/result.h"
#include "present/figure.h"

namespace hs::present {

/// One runner's finishing times over the years, in races as long as this one, this one last.
/// Nothing without an archive or with fewer than two times.
[[nodiscard]] std::optional<Figure> years_figure(const model::EventResults& results,
                                                 const model::Moment& moment, int height_px);

}  // namespace hs::present
