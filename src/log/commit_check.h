#pragma once

#include "base/result.h"
#include "base/sha256.h"
#include "base/sqlite.h"
#include "log/fact_reader.h"
#include "log/race_file.h"

namespace hs::log {

/// Makes the chain of a commit: SHA-256 over the chain before it, its first and last number, the
/// time it was recorded, and the bytes of its facts. Formula: docs/race-file.md, "The chain".
class ChainMaker {
 public:
  void begin(const base::Digest& before, model::FactSeq first, model::FactSeq last,
             std::int64_t recorded_at_us);
  void add(std::string_view fact_bytes) { hash_.add(fact_bytes); }
  [[nodiscard]] base::Digest finish() { return hash_.finish(); }

 private:
  base::Sha256 hash_;
};

/// Checks every commit behind `after`, with its facts; gives where the log stands.
/// `counted` takes the numbers of facts and commits seen, if given.
/// Errors: Corrupt, naming the fact or the commit's facts; those of the database.
[[nodiscard]] base::Result<Head> check_commits(const base::Database& database, const Head& after,
                                               Verified* counted = nullptr);

/// A head a few commits before the end, from where opening checks.
[[nodiscard]] base::Result<Head> head_before_last_commits(const base::Database& database);

/// Checks all people's fields; gives how many facts have some.
[[nodiscard]] base::Result<std::uint64_t> check_people(const base::Database& database,
                                                       model::FactSeq last);

}  // namespace hs::log
