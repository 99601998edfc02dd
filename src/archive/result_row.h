#pragma once

#include <string>

#include "base/sqlite.h"
#include "model/published.h"

namespace hs::archive {

/// The columns of the table `results` behind `id`, in the order that `bind_result` and
/// `read_result` use: "line,bib,...,splits".
[[nodiscard]] std::string result_columns();
/// How many they are.
[[nodiscard]] int result_column_count();

/// Binds a result of `race` to an insert, from the second parameter on; `splits` are its bytes
/// (`append_splits`) and must hold until the statement has run, as must the race.
void bind_result(const model::PublishedRace& race, const model::PublishedResult& result,
                 std::string_view splits, base::Statement& insert);

/// Reads the row at hand (columns as `result_columns`) and puts it behind the results of `race`.
/// Errors: Corrupt for values that nothing of ours wrote.
[[nodiscard]] base::Result<void> read_result(const base::Statement& row,
                                             model::PublishedRace& race);

/// The status a row has: "FIN" ... Errors: Corrupt for any other word.
[[nodiscard]] base::Result<model::RunnerStatus> status_named(std::string_view word);

/// Appends all that a result says as bytes: for the digest of a race's content.
void append_result(const model::PublishedRace& race, const model::PublishedResult& result,
                   std::string& out);

}  // namespace hs::archive
