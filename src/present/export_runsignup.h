#pragma once

#include <string>

#include "model/result.h"

namespace hs::present {

/// The body for RunSignup's `results/full-results` of one event: who finished, in order, with
/// clock time (gun) and chip time (net) rounded as the official time is. Keys and ids of the
/// account are not in it; runners are known by their bib, and by `registration_id` where the event
/// publishes that column of the entry list.
///
/// Source: RunSignup REST API, "Post Full Race Results" (docs/exports.md says what was judged).
[[nodiscard]] std::string runsignup_json(const model::EventResults& results, model::RaceId race);

}  // namespace hs::present
