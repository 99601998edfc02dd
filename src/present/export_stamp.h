#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "model/result.h"
#include "present/language.h"
#include "scoring/list_state.h"

namespace hs::present {

/// Which results these are: everything an export says about itself, and nothing else in it may
/// depend on when or where it was made.
struct ResultsStamp {
  std::uint64_t fact = 0;     ///< The last fact of the log that counts in it.
  std::uint32_t version = 0;  ///< How often results were published; 0: not yet.
  /// The least that holds for every race: one provisional list makes all of them that.
  scoring::ListState::Kind kind = scoring::ListState::Kind::Provisional;
  bool is_final = false;  ///< Every race is closed or called off, and everybody is accounted for.
  std::string hash;       ///< The beginning of the results' hash.
  base::RaceTime at;      ///< The latest instant known to the results: the date of the file.
};

/// Cost: O(entries).
[[nodiscard]] ResultsStamp stamp_of(const model::EventResults& results);

/// "Official results, version 3. As of entry 1000 of the race file, results 41bae5f8b991."
[[nodiscard]] std::string stamp_line(const ResultsStamp& stamp, Language language = {});

}  // namespace hs::present
