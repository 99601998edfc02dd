#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/fact.h"
#include "model/result.h"
#include "scoring/scorer.h"

// Facts of small races, written the way a log would number them, and scored through the public
// API of scoring. Shared by the conformance tests.

namespace hs::conformance {

/// One event being told to the scorer, fact by fact.
class FactRace {
 public:
  explicit FactRace(scoring::Closing closing = scoring::Closing::Assume) : scorer_(closing) {}

  /// Appends any fact and gives its number.
  model::FactSeq append(model::FactBody body);

  /// A read of `bib` at `mat`, `at` after midnight of the event's day, by a stream of that role;
  /// the stream is made when it is first used. Lines count up within a stream.
  model::FactSeq read(const std::string& bib, const std::string& mat, base::Duration at,
                      model::ReadRole role);

  [[nodiscard]] model::EventResults results() { return scorer_.snapshot(); }

 private:
  struct Source {
    model::StreamId id;
    std::uint32_t lines = 0;
  };
  scoring::Scorer scorer_;
  model::FactSeq last_{0};
  std::map<std::pair<std::string, model::ReadRole>, Source> sources_;
};

/// Midnight at the beginning of the day all these events are on. Times of day are UTC.
[[nodiscard]] base::RaceTime midnight();

/// An event without races on that day.
[[nodiscard]] model::Event empty_event();

/// A point of its own mat (named like it) that can be reached after `fastest`.
[[nodiscard]] model::Point point(const std::string& id, std::int64_t metres,
                                 base::Duration fastest);

/// Stops the test where the text is no duration, bib.
[[nodiscard]] base::Duration duration(std::string_view text);
[[nodiscard]] model::BibNumber bib(std::string_view text);

/// The folder with the shared cases; empty where it is not beside the project (HS_SHARED).
[[nodiscard]] std::string shared_cases();

}  // namespace hs::conformance
