#pragma once

#include <string>

#include "model/moment.h"
#include "model/result.h"
#include "present/language.h"

namespace hs::present {

/// A moment in words.
struct MomentWords {
  std::string headline;  ///< One line, at most 110 characters, no full stop.
  std::string text;      ///< Two to four plain sentences.
};

/// Says a moment. Every number is one of its evidence, of a distance of its race, or a difference
/// of two such; no cause, and no word that the numbers do not carry.
///
/// Whoever is private is "Bib N". A name too long for the headline is told there by bib. UTF-8,
/// not escaped: the writer of CSV, JSON or HTML does that.
///
/// Errors: a moment without the evidence its kind has is a bug and stops the program.
/// Cost:   some ten microseconds.
[[nodiscard]] MomentWords words_for(const model::Moment& moment, const model::EventResults& results,
                                    Language language);

/// The same in the language of the event.
[[nodiscard]] MomentWords words_for(const model::Moment& moment,
                                    const model::EventResults& results);

}  // namespace hs::present
