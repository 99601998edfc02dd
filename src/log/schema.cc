#include "log/schema.h"

#include <array>

#include "base/schema.h"
#include "log/race_file.h"

// Implementation notes: docs/race-file.md shows the same statements, column by column. A step is
// never changed once a release had it; a new one is put behind it.

namespace hs::log {
namespace {

/// "HSrf", at byte 68 of the file: how `file` and others tell a race file.
constexpr std::int64_t kApplicationId = 0x48537266;

/// Step i leads from version i to version i + 1.
constexpr std::array<const char*, kSchemaVersion> kSteps = {
    // Version 1: the log itself.
    "CREATE TABLE facts("
    " seq INTEGER PRIMARY KEY,"  // From 1, without holes.
    " kind INTEGER NOT NULL,"
    " identity BLOB,"  // 16 bytes; NULL for what cannot come twice.
    " mark INTEGER NOT NULL,"
    " body BLOB NOT NULL,"
    " crc INTEGER NOT NULL);"
    "CREATE TABLE commits("
    " last INTEGER PRIMARY KEY,"
    " first INTEGER NOT NULL,"
    " recorded_at INTEGER NOT NULL,"  // Microseconds since 1970, UTC.
    " chain BLOB NOT NULL);"
    "CREATE TABLE people("
    " seq INTEGER PRIMARY KEY,"  // The fact that points here.
    " fields BLOB NOT NULL,"
    " crc INTEGER NOT NULL);",
    // Version 2: the cache of copy counts. Its loss costs nothing but the counts.
    "CREATE TABLE copies("
    " seq INTEGER PRIMARY KEY,"
    " count INTEGER NOT NULL);",
    // Version 3: no table changed; notes have keys that an older program does not know.
    "",
    // Version 4: no table changed; facts that hide and that publish.
    "",
    // Version 5: no table changed; rulings about races, and of more kinds about runners.
    "",
    // Version 6: no table changed; facts that erase, legs of relays.
    "",
};
static_assert(kSteps.size() == kSchemaVersion);
constexpr base::Schema kSchema{"a race file", kApplicationId, kSteps};

}  // namespace

base::Result<int> schema_version(const base::Database& database) {
  return base::schema_version(database, kSchema);
}

base::Result<void> migrate(base::Database& database, int from) {
  if (from == kSchemaVersion) return {};
  HS_TRY_VOID(base::migrate(database, kSchema, from));
  // The tables go to the file itself at once, so that a damaged journal costs facts only.
  return database.run("PRAGMA wal_checkpoint(TRUNCATE)");
}

base::Result<void> prepare_for_writing(base::Database& database) {
  // page_size counts only while the file is empty. Larger pages cost as much time and more writing.
  // synchronous=FULL: a commit is on the disk before it is acknowledged.
  // secure_delete: an erased person is overwritten with zeros, not only forgotten.
  // wal_autocheckpoint in pages: a checkpoint stops the writer for two fsyncs, so not often.
  return database.run(
      "PRAGMA page_size=4096;"
      "PRAGMA journal_mode=WAL;"
      "PRAGMA synchronous=FULL;"
      "PRAGMA secure_delete=ON;"
      "PRAGMA wal_autocheckpoint=2000;"
      "PRAGMA journal_size_limit=33554432;"
      "PRAGMA cache_size=-16384;"
      "PRAGMA trusted_schema=OFF;");
}

}  // namespace hs::log
