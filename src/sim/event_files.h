#pragma once

#include <string>
#include <vector>

#include "sim/plan.h"
#include "sim/runner.h"

namespace hs::sim {

/// The event file of a plan. `extra_sources` are paths of further files of a mat, as they lie about
/// in real folders (earlier downloads, another event's file): pairs of box index and path.
[[nodiscard]] std::string event_toml(
    const Plan& plan, const std::vector<std::pair<std::size_t, std::string>>& extra_sources);

/// The entry list, by bib. RFC 4180, UTF-8, LF.
[[nodiscard]] std::string entrants_csv(const Plan& plan, const std::vector<Runner>& field);

/// A cell of a CSV file, quoted where it must be.
[[nodiscard]] std::string csv_cell(const std::string& text);

}  // namespace hs::sim
