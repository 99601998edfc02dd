#pragma once

#include <string>
#include <vector>

#include "model/result.h"
#include "present/colour.h"

namespace hs::present {

/// What `doctor` prints: how well each mat heard, each clock in words, power, gaps, and the whole
/// list of things to do. At most 100 columns, but for commands, which are not broken.
[[nodiscard]] std::string doctor_report(const model::EventResults& results, Colour colour,
                                        const std::string& event_path = "EVENT");

/// One clock against another in one sentence: "FINISH3 (file at mat) behind FINISH1
/// (file at mat) by 1.5 s +- 0.2; ...".
[[nodiscard]] std::string clock_sentence(const model::ClockCompare& clock,
                                         const model::EventResults& results);

/// The facts that would put right what `doctor` found, as JSON lines for `homestretch accept`:
/// clock corrections for clocks whose offset is known, hand reads where hand timing found its
/// runner. They name no author: whoever accepts them is. Order: clocks, then hand reads.
[[nodiscard]] std::vector<std::string> proposals(const model::EventResults& results);

}  // namespace hs::present
