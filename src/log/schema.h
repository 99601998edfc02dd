#pragma once

#include "base/result.h"
#include "base/sqlite.h"

namespace hs::log {

/// The schema of a database, from 1; 0 for one that holds nothing yet.
///
/// Errors: InvalidInput if it holds something that is not a race file; Unsupported if a newer
///         version of the program made it; those of the database.
[[nodiscard]] base::Result<int> schema_version(const base::Database& database);

/// Brings the tables from version `from` to the newest, in one transaction: all steps or none.
/// A new file is a migration from 0, so every step runs in every test.
[[nodiscard]] base::Result<void> migrate(base::Database& database, int from);

/// How a connection is set up that writes: journal, durability, page and cache sizes.
[[nodiscard]] base::Result<void> prepare_for_writing(base::Database& database);

}  // namespace hs::log
