#pragma once

#include <string>

#include "model/moment.h"
#include "model/result.h"

namespace hs::present {

/// One figure of the evidence: what it is and how much, as plain text.
struct FigureLine {
  std::string what;
  std::string figure;
  bool ranked = false;  ///< The rank is a rank, not a part of the figure.
};

/// Says one item of the evidence of a moment in the language of the event.
///
/// Errors: none; what a kind leaves out is a dash. An item of a sort that has no words of its own
///         is told as a time over a stretch.
[[nodiscard]] FigureLine figure_line(const model::EventResults& results,
                                     const model::Moment& moment, const model::Evidence& item);

/// "3 of 18,250".
[[nodiscard]] std::string rank_words(const model::EventResults& results,
                                     const model::Evidence& item);

}  // namespace hs::present
