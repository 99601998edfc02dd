#pragma once

#include "formats/results_file.h"

namespace hs::formats {

/// Adds to a race what a further file of it tells.
///
/// Where the further file names nobody and its keys (id or bib) are those of runners who are
/// there, it brings those runners' splits: points they had none for, and the mark of estimates.
/// Otherwise its rows are further runners.
///
/// Errors: InvalidInput: a key of nobody, a point that the first file does not have, two different
///         times of one runner at one point. `into` is then not to be used.
[[nodiscard]] base::Result<void> merge_results(ResultsFile& into, ResultsFile more,
                                               const std::string& file);

}  // namespace hs::formats
