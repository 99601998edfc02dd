#pragma once

#include <string>

#include "present/moment_teller.h"

namespace hs::present {

/// Somebody's words in one line without a full stop at the end, cut between words where they are
/// long (280 bytes).
[[nodiscard]] std::string one_line(std::string words);

/// The note that a piece of evidence names. A note that the results do not have is a bug and stops
/// the program.
[[nodiscard]] const model::NoteFact& note_of(const Teller& teller, const model::Evidence& evidence);

/// What a moment quotes beside its own words, each with its source: a signed note, a cause or a
/// dedication. Empty where it quotes nothing.
[[nodiscard]] std::string quotes_of(const Teller& teller);

}  // namespace hs::present
