#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/published.h"

namespace hs::archive {

/// Appends the splits of one result as bytes (docs/archive.md, "The bytes of splits"): a split is
/// its point, a byte of flags, and the differences of its times from those before.
void append_splits(std::span<const model::PublishedSplit> splits, std::string& out);

/// Reads them back, behind what `out` holds. `points` is the number of points of the race.
/// Errors: Corrupt for bytes that no `append_splits` made: cut, a point that is not there or out of
///         order, a time beyond 64 bits.
[[nodiscard]] base::Result<void> read_splits(std::string_view bytes, std::size_t points,
                                             std::vector<model::PublishedSplit>& out);

}  // namespace hs::archive
