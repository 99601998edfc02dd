#pragma once

#include <optional>
#include <string>

#include "model/moment.h"
#include "model/result.h"
#include "present/figure.h"

namespace hs::present {

/// The small picture of a moment; nothing where the splits give nothing to draw.
///
/// A late collapse: distance over time against those alike at the point before. Together: both
/// lines by the clock where they met on the course, their pace where they ran side by side all the
/// way. A negative split: pace along the course against those alike half way. A group: a dot for
/// each who crossed the line around then.
[[nodiscard]] std::optional<Figure> picture_of(const model::EventResults& results,
                                               const model::Moment& moment, int height_px);

/// The same as a `<figure>`; empty where there is none.
[[nodiscard]] std::string moment_figure(const model::EventResults& results,
                                        const model::Moment& moment, int height_px);

/// The field of a race: how many were home by when, and the pace along the course. Two figures;
/// empty below ten finishers.
[[nodiscard]] std::string field_figures(const model::EventResults& results, model::RaceId race);

}  // namespace hs::present
