#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "log/race_file.h"
#include "model/ids.h"

namespace hs::engine {

/// An entry by its race and bib, as the entry list named it.
using EntryName = std::pair<std::string, model::BibNumber>;

/// The facts with which a race file holds what is known of these entries, rising: all that ever
/// said something of them and were not erased.
///
/// Errors: Corrupt for a fact that cannot be decoded; Io.
/// Cost:   a few us for each such fact of everybody.
[[nodiscard]] base::Result<std::vector<model::FactSeq>> rows_of(const log::RaceFile& file,
                                                                const std::set<EntryName>& entries);

}  // namespace hs::engine
