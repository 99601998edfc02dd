#pragma once

#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"

namespace hs::present {

/// The public `moments.json`: an array of moments with words and evidence, in the order given
/// (best first). Reads behind the evidence stay with the officials and are not written.
[[nodiscard]] std::string moments_json(const model::EventResults& results,
                                       const std::vector<model::Moment>& moments);

}  // namespace hs::present
