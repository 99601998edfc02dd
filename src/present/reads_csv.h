#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "model/result.h"

namespace hs::present {

/// The officials' `reads.csv`: every distinct read with its verdict and the reason for it.
///
/// `copies[seq]` says how often the read of fact `seq` came again; 0 for facts behind its end.
///
/// Units:   `time` RFC 3339 with the event's own offset, to the millisecond at least.
/// Order:   as `EventResults::reads`: by race time, then fact number.
/// Cost:    O(reads log reads).
[[nodiscard]] std::string reads_csv(const model::EventResults& results,
                                    std::span<const std::uint32_t> copies);

}  // namespace hs::present
