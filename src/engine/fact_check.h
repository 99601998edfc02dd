#pragma once

#include <span>

#include "base/result.h"
#include "model/fact.h"
#include "scoring/scorer.h"

namespace hs::engine {

/// Checks what a person's fact says without knowing who is entered: the race, wave, point and mat
/// that it names exist in the event, it is signed, a note has words.
///
/// Bibs are not looked at: a file may name one that is not entered, and it is listed.
/// Errors: NotFound, saying what the event has instead; InvalidInput.
[[nodiscard]] base::Result<void> check_names(const model::Event& event,
                                             const model::FactBody& body);

/// Checks that the bibs of a person's fact are entered: with a command, an unknown one is a slip of
/// the finger. Without a race in the fact, any race will do.
/// Errors: NotFound, naming the bib.
[[nodiscard]] base::Result<void> check_bibs(const model::Event& event,
                                            const scoring::Scorer& scorer,
                                            const model::FactBody& body);

/// Checks that the device of a clock correction is one that was read, in the epoch it names if it
/// names one: a correction for a name that nobody has would change nothing, and nobody would see.
/// Errors: NotFound, listing the devices.
[[nodiscard]] base::Result<void> check_device(std::span<const model::Stream> streams,
                                              const model::FactBody& body);

}  // namespace hs::engine
