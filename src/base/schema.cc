#include "base/schema.h"

#include <string>

namespace hs::base {

Result<int> schema_version(const Database& database, const Schema& schema) {
  HS_TRY(const std::int64_t tables, database.number("SELECT count(*) FROM sqlite_master"));
  HS_TRY(const std::int64_t application, database.number("PRAGMA application_id"));
  HS_TRY(const std::int64_t version, database.number("PRAGMA user_version"));
  if (tables == 0 && application == 0 && version == 0) return 0;
  const std::string noun = schema.noun;
  if (application != schema.application_id || version < 1) {
    return fail(ErrorCode::InvalidInput,
                "this is an SQLite database of another program, expected " + noun);
  }
  const auto newest = static_cast<std::int64_t>(schema.steps.size());
  if (version > newest) {
    return fail(ErrorCode::Unsupported, noun + " of a newer version of Homestretch (schema " +
                                            std::to_string(version) +
                                            "; this version knows up to " + std::to_string(newest) +
                                            "): use the newer version");
  }
  return static_cast<int>(version);
}

Result<void> migrate(Database& database, const Schema& schema, int from) {
  const auto newest = schema.steps.size();
  if (static_cast<std::size_t>(from) == newest) return {};
  HS_TRY(Transaction transaction, Transaction::begin(database, Transaction::Kind::Write));
  for (auto step = static_cast<std::size_t>(from); step < newest; ++step) {
    HS_TRY_VOID(database.run(schema.steps[step]));
  }
  const std::string marks = "PRAGMA user_version=" + std::to_string(newest) +
                            ";PRAGMA application_id=" + std::to_string(schema.application_id);
  HS_TRY_VOID(database.run(marks.c_str()));
  return transaction.commit();
}

}  // namespace hs::base
