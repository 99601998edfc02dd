#pragma once

#include "base/result.h"
#include "model/fact.h"
#include "scoring/scorer.h"

namespace hs::engine {

/// Whether a ruling may name a bib that is not entered: a file may (it is listed), a command may
/// not (it is a slip of the finger).
enum class UnknownBib { Refused, Listed };

/// Checks that what a person's fact names exists in the event: race, wave, point, bib.
/// `event` may be one that is not taken yet; `scorer` knows the entries.
/// Errors: NotFound, saying what the event has instead; Unsupported where `event` is null.
[[nodiscard]] base::Result<void> check_person_fact(const model::Event* event,
                                                   const scoring::Scorer& scorer,
                                                   const model::FactBody& body,
                                                   UnknownBib unknown_bib);

}  // namespace hs::engine
