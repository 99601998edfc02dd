#pragma once

#include <cstddef>
#include <cstdint>

#include "model/result.h"

namespace hs::test_support {

/// An invented marathon with everything a page has to cope with, for looking at pages and for
/// tests of them: two waves, nine points, divisions, clubs, names in several scripts and one of
/// 200 characters, private runners, minors, missed mats, DNF, DSQ with a clause; a runner who
/// needed half an hour for the last stretch, two who started apart and finished together, one much
/// faster after half way; mats with a gap, streams, compared clocks and things to do.
///
/// Secrets that no public page may show are planted in names, notes, reasons and device names; each
/// contains the word "SECRET".
///
/// The same seed gives the same results. Cost: about 0.3 s for 20,000 in a debug build.
[[nodiscard]] model::EventResults page_field(std::size_t runners, std::uint64_t seed);

}  // namespace hs::test_support
