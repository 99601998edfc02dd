#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "model/result.h"
#include "present/language.h"

namespace hs::present {

/// Which results these are: everything an export says about itself, and nothing else in it may
/// depend on when or where it was made.
struct ResultsStamp {
  std::uint64_t fact = 0;     ///< The last fact of the log that counts in it.
  std::uint32_t version = 0;  ///< How often results were published; 0: not yet.
  bool is_final = false;      ///< Every race is closed or called off.
  std::string hash;           ///< The beginning of the results' hash.
  base::RaceTime at;          ///< The latest instant known to the results: the date of the file.
};

/// Cost: O(entries).
[[nodiscard]] ResultsStamp stamp_of(const model::EventResults& results);

/// "Version 3, final, as of entry 1000 of the race file, results 41bae5f8b991".
[[nodiscard]] std::string stamp_line(const ResultsStamp& stamp, Language language = {});

}  // namespace hs::present
