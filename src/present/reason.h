#pragma once

#include <string>

#include "model/result.h"
#include "present/read_index.h"

namespace hs::present {

/// Why a read counted or not: one sentence with its numbers, without a full stop.
/// For officials and for the runner it is about: "1.2 s before the gun of wave A".
[[nodiscard]] std::string reason_for(const model::ReadView& read,
                                     const model::EventResults& results, const ReadIndex& index);

}  // namespace hs::present
