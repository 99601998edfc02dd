#pragma once

#include <string>

#include "model/result.h"

namespace hs::present {

/// The public `results.json`: what `results.csv` holds, for programs.
///
/// Units:   durations are whole milliseconds in `*_ms` (cut as in the CSV), instants RFC 3339 UTC
///          in `*_at`, lengths metres in `*_m`. What is absent has no key. Enums are written as in
///          the CSV. Text is as entered: no leading `'`.
/// Shape:   {"as_of":{"seq","hash"},"event":{...},"races":[{..., "results":[...],"awards":[...]}]}
/// Order:   as `results.csv`.
/// Cost:    O(entries x points).
[[nodiscard]] std::string results_json(const model::EventResults& results);

}  // namespace hs::present
