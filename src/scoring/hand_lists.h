#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"

namespace hs::scoring {

/// One line of a helper's list: a time, a bib, both, or neither (somebody whose number nobody saw).
struct HandListLine {
  std::uint32_t line = 0;
  std::optional<base::RaceTime> at;  ///< By the clock map that holds now.
  std::optional<model::BibNumber> bib;
};

/// What one helper wrote at one mat, in their order.
struct HandList {
  model::StreamId stream;
  std::string mat;
  std::string name;  ///< The epoch of its stream.
  std::string from;  ///< The file, or who sent it; for people.
  std::vector<HandListLine> lines;

  /// True for a list of times, false for one of bibs.
  [[nodiscard]] bool has_times() const { return !lines.empty() && lines.front().at.has_value(); }
};

/// A passing by hand that a person accepted and nobody has taken back.
struct HandAccepted {
  model::FactSeq seq;
  std::string race;
  model::BibNumber bib;
  std::string mat;
  base::RaceTime at;
  std::string by;
};

/// All hand timing of an event, that of no race yet and that accepted.
///
/// Order: lists by stream, lines by their number and then as they came, accepted ones by fact.
struct HandTiming {
  std::vector<HandList> lists;
  std::vector<HandAccepted> accepted;
};

}  // namespace hs::scoring
