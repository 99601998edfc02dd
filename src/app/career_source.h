#pragma once

#include "archive/archive.h"
#include "base/result.h"
#include "history/career.h"

namespace hs::app {

/// The career of a person of the archive, with the fields of their days and what the tables say.
///
/// Errors: NotFound where there is no such person; those of the archive.
/// Cost:   a row for each result, one for each race of the archive and sex, and for each age the
///         person was one for each race that somebody of that age finished; measured in
///         docs/bench.md.
[[nodiscard]] base::Result<history::Career> read_career(const archive::Archive& archive,
                                                        archive::PersonId person,
                                                        const history::CareerTables& tables);

}  // namespace hs::app
