#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "model/fact.h"
#include "model/result.h"
#include "present/colour.h"

namespace hs::present {

struct ExplainOptions {
  Colour colour = Colour::No;
  /// What people decided: the facts of the log that `model::is_made_by_person`, in log order.
  /// Those about the runner are shown, taken-back ones as such. May hold others.
  std::span<const model::Fact> decisions;
};

/// Why one entry's result is what it is, in words a runner understands: the result, every time
/// and where it came from, places, how a finisher stands to each standard of the race, rulings,
/// notes, and every read with its verdict and reason. Officials' view: shows names and reasons as
/// entered. At most 100 columns, ends with a line end. The entrant must be one of `results`
/// (checked).
[[nodiscard]] std::string explain(const model::EventResults& results, model::EntrantId entrant,
                                  const ExplainOptions& options);

/// The same as one JSON object (units as in `results_json.h`); colour plays no part.
[[nodiscard]] std::string explain_json(const model::EventResults& results, model::EntrantId entrant,
                                       const ExplainOptions& options);

}  // namespace hs::present
