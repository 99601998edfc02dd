#pragma once

#include <string>

#include "model/result.h"

namespace hs::present {

/// What the file is called wherever it lies.
inline constexpr const char* kResultsCsvFile = "results.csv";

/// The public `results.csv` of an event: a row per entry, header first, UTF-8, LF, RFC 4180.
///
/// Text cells that a spreadsheet would run as a formula get a leading `'`. Private runners are
/// "Bib N" without age and team. A missed point stays empty; its interval is in `interval_note`.
/// Shared places are plain numbers here ("2=" is for people), so that programs can read them.
///
/// Units:   times as h:mm:ss.mmm; `official_time` with the digits of the race's rule set.
/// Shape:   the fixed columns, then a column per point id without the starts (the union over
///          races, each race's in course order), then `clock_time` to `team`, then the columns
///          that the event publishes.
/// Order:   races in event order; within a race as `listing()`.
/// Cost:    O(entries x points).
/// Source:  the columns are a contract, docs/outputs.md.
[[nodiscard]] std::string results_csv(const model::EventResults& results);

}  // namespace hs::present
