#pragma once

#include "base/sha256.h"
#include "model/result.h"

namespace hs::scoring {

/// SHA-256 of the official values, in a canonical form that depends on the facts alone: races in
/// event order, runners by bib, every time, place, status and start, no fact numbers and nothing
/// advisory. Two logs with the same facts in another order give the same hash.
/// Source: docs/race-file.md has the bytes.
[[nodiscard]] base::Digest results_hash(const model::EventResults& results);

/// The same of one race alone, without its name and without places at points on the way, which an
/// overview of a race under way has not: what a version that is published keeps.
[[nodiscard]] base::Digest race_hash(const model::EventResults& results, model::RaceId race);

}  // namespace hs::scoring
