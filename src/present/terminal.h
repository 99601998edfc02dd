#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"
#include "present/colour.h"

namespace hs::present {

struct SummaryOptions {
  Colour colour = Colour::No;
  std::size_t top = 5;  ///< Rows of each race's table; the winners by sex come in any case.
  std::size_t moments_max = 12;      ///< Headlines shown.
  std::string event_path = "EVENT";  ///< How the user named the event, for commands.
};

/// What `score` prints: per race the first runners and the counts, awards, what waits for a
/// person, and the headlines of the moments. At most 100 columns, aligned for any script, names as
/// in public (private runners "Bib N").
[[nodiscard]] std::string score_summary(const model::EventResults& results,
                                        const std::vector<model::Moment>& moments,
                                        const SummaryOptions& options);

}  // namespace hs::present
