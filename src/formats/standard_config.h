#pragma once

#include <vector>

#include "formats/race_config.h"

namespace hs::formats {

/// Reads the blocks [[race.standard]] of a race: tables of times by sex and age, each with its
/// bands in `[race.standard.F]`, `.M` or `.X` as "45-49" or "80+" = time to run.
///
/// Checks the invariants of `model::Standard` and that no name comes twice. Mistakes go to the
/// context's faults; the standards are then only fit to be dropped.
/// Order: standards as in the file; times by sex (F, M, X), then rising age.
[[nodiscard]] std::vector<model::Standard> read_standards(TableReader& race,
                                                          const EventContext& context);

}  // namespace hs::formats
