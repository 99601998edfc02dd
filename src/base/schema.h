#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "base/sqlite.h"

namespace hs::base {

/// What one kind of our SQLite files looks like, version by version.
///
/// A step is never changed once a release had it; a new one is put behind it.
struct Schema {
  const char* noun = "";               ///< "race file": for messages.
  std::int64_t application_id = 0;     ///< At byte 68 of the file: how others tell its kind.
  std::span<const char* const> steps;  ///< Step i leads from version i to version i + 1.
};

/// The schema of a database, from 1; 0 for one that holds nothing yet.
///
/// Errors: InvalidInput if it holds something of another kind; Unsupported if a newer version of
///         the program made it; those of the database.
[[nodiscard]] Result<int> schema_version(const Database& database, const Schema& schema);

/// Brings the tables from version `from` to the newest, in one transaction: all steps or none.
/// A new file is a migration from 0, so every step runs in every test.
[[nodiscard]] Result<void> migrate(Database& database, const Schema& schema, int from);

}  // namespace hs::base
