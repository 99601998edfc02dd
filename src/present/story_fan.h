#pragma once

#include <string>

#include "model/projection.h"
#include "model/result.h"

namespace hs::present {

/// How a runner's projected finish narrowed along the course, as a `<figure>`: the interval of 95
/// and of 80 in a hundred, the median, and where the race came out. Empty below two points.
[[nodiscard]] std::string fan_figure(const model::EventResults& results,
                                     const model::ProjectionFan& fan, int height_px);

}  // namespace hs::present
