#pragma once

#include <optional>

#include "model/moment.h"
#include "model/result.h"
#include "present/figure.h"

namespace hs::present {

/// The finish line around the moment of a group: a dot for each who crossed it, in the second of
/// their crossing, those of the group in the colour of the theme and below the others. Nothing
/// where one of them has no clock time at the line.
[[nodiscard]] std::optional<Figure> group_figure(const model::EventResults& results,
                                                 const model::Moment& moment, int height_px);

}  // namespace hs::present
