#pragma once

#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"
#include "present/language.h"

namespace hs::present {

/// A figure that the words of a moment use.
struct EvidenceLine {
  std::string what;      ///< "Half way - 30K".
  std::string figure;    ///< "1:02:05".
  std::string expected;  ///< Between which two nine in ten were expected; empty where nothing was.
  std::string rank;      ///< "3 of 18,250"; empty where it has none.
};

/// Every figure of a moment, in the order of its evidence, as plain text in the language of the
/// event.
[[nodiscard]] std::vector<EvidenceLine> evidence_lines(const model::EventResults& results,
                                                       const model::Moment& moment);

/// How rare the moment is, as a sentence; empty where that says nothing.
[[nodiscard]] std::string rarity_words(const model::Moment& moment, Language language);

/// "How we know", closed until asked for: a table of every figure the words use, with what was
/// expected, its rank and how many reads are behind it, then how rare it is in words.
///
/// Which reads those are stays with the officials.
[[nodiscard]] std::string evidence_html(const model::EventResults& results,
                                        const model::Moment& moment);

}  // namespace hs::present
