#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "model/ids.h"

namespace hs::scoring {

/// Why a time and a bib belong together.
enum class HandBond : std::uint8_t {
  Accepted,  ///< A person said so.
  Heard,     ///< A chip of the runner was heard at the time.
  Counted,   ///< Between two such pairs stand as many times as bibs.
};

/// When a runner was at the line, as is known from elsewhere.
struct HandSeen {
  enum class By : std::uint8_t { Person, Chip };
  model::EntrantId runner;
  base::RaceTime at;
  By by = By::Chip;
};

/// A time and a bib that belong together: indices into the two lists.
struct HandPair {
  std::size_t bib = 0;
  std::size_t time = 0;
  HandBond bond = HandBond::Counted;
};

/// A piece of both lists between two pairs: `begin` inclusive, `end` exclusive.
struct HandStretch {
  std::size_t bib_begin = 0;
  std::size_t bib_end = 0;
  std::size_t time_begin = 0;
  std::size_t time_end = 0;
};

/// Two lists laid beside each other.
struct HandLayout {
  std::vector<HandPair> pairs;
  /// Where the lists do not count up: times too many, bibs too many, or either alone. Which one of
  /// them is missing nobody can say.
  std::vector<HandStretch> open;
};

/// Brings two ordered lists together by anchors and count.
///
/// An anchor is a bib with the time at which a person accepted its runner (to the microsecond), or
/// within two seconds of which a chip of that runner was heard. Anchors rise in both lists; where
/// they contradict each other, as many as possible hold, accepted ones before heard ones, and of
/// equally many those that lie nearest. Between two anchors, and before the first and behind the
/// last, lists of equal length belong together one by one; of unequal length they stay open.
///
/// Units:  microseconds.
/// Shape:  `bibs` as written, absent where nobody saw the number or nobody has it: it takes part in
///         the count. `times` as pressed. A runner may stand in `bibs` and in `seen` more than once
///         (laps).
/// Order:  pairs and stretches by bib and time, rising in both.
/// Cost:   O((b + t + s) log (b + t + s)), at most eight times tried for each read of a runner.
/// Source: docs/scoring-rules.md, "hand timing".
[[nodiscard]] HandLayout lay_out_hand_timing(std::span<const std::optional<model::EntrantId>> bibs,
                                             std::span<const base::RaceTime> times,
                                             std::span<const HandSeen> seen);

}  // namespace hs::scoring
