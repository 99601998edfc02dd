#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"
#include "present/json_out.h"

namespace hs::present {

/// The public `moments.json`: an array of moments with words and evidence, in the order given
/// (best first). Reads behind the evidence stay with the officials and are not written.
[[nodiscard]] std::string moments_json(const model::EventResults& results,
                                       const std::vector<model::Moment>& moments);

/// One of them, as an object. Public: reads behind the evidence are not written.
/// `at`: the instant it is about, where a client may show it on a clock.
void write_moment(JsonOut& out, const model::EventResults& results, const model::Moment& moment,
                  std::optional<base::RaceTime> at = std::nullopt);

}  // namespace hs::present
