#pragma once

#include <optional>
#include <vector>

#include "moments/detector.h"

namespace hs::moments {

/// Everybody whom a note that bears witness to help names, in its order, where it is about this
/// race and all of them are entered in it; nothing for any other note. A note that names no race is
/// about the one race in which its bibs are entered.
///
/// Cost: O(bibs x entrants).
[[nodiscard]] std::optional<std::vector<model::EntrantId>> named_in_help(
    const model::EventResults& results, model::RaceId race, const model::NoteFact& note);

/// True where help may name this one: in, or put out, or out by their own or an official's word;
/// not private, no open question about their reads, and not still on the course.
[[nodiscard]] bool may_be_named_in_help(const model::EventResults& results, model::EntrantId id);

/// What the note says as evidence, "witness": who noted it and of whom; its words are quoted
/// besides where that may be (`Quotes`).
[[nodiscard]] model::Evidence witness_evidence(const model::Note& note);

}  // namespace hs::moments
