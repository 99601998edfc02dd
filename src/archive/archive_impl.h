#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "archive/archive.h"
#include "base/sqlite.h"
#include "model/published.h"

// For the files of this folder that hold the members of `Archive`; nobody else includes it.

namespace hs::archive {

/// The id of a race's first result; the first id of the race after it ends them.
[[nodiscard]] inline std::int64_t first_id(std::int64_t race) { return race << 32; }

/// The tables of fields.h.
inline constexpr const char* kFieldTables =
    "CREATE TABLE fields("
    " race INTEGER NOT NULL,"
    " sex TEXT NOT NULL,"  // '' for all.
    " finishers INTEGER NOT NULL,"
    " median_us INTEGER NOT NULL,"
    " PRIMARY KEY(race,sex)) WITHOUT ROWID;"
    "CREATE TABLE age_bests("
    " sex TEXT NOT NULL, age INTEGER NOT NULL,"
    " race INTEGER NOT NULL,"
    " result INTEGER NOT NULL,"
    " time_us INTEGER NOT NULL,"
    " PRIMARY KEY(sex,age,race)) WITHOUT ROWID;"
    "CREATE INDEX age_bests_by_race ON age_bests(race);";

struct Archive::Impl {
  Impl(base::Database opened, std::string at) : database(std::move(opened)), path(std::move(at)) {}

  base::Result<std::optional<std::int64_t>> number_of(std::string_view id,
                                                      std::string_view* content) const;
  base::Result<void> erase(std::int64_t number);
  base::Result<void> insert_head(const model::PublishedRace& race, std::int64_t number,
                                 const base::Digest& content);
  base::Result<void> insert_results(const model::PublishedRace& race, std::int64_t number,
                                    const std::function<void(double)>& progress);
  base::Result<void> insert_fields(const model::PublishedRace& race, std::int64_t number);
  base::Result<void> erase_fields(std::int64_t number);
  base::Result<void> erase_fold(std::int64_t number);
  /// A race without its results. Errors: NotFound, without words; Corrupt.
  base::Result<model::PublishedRace> read_head(std::string_view id, std::int64_t& number) const;

  /// Takes the links and doubts of results from `first` up to `end`, and marks their people stale.
  base::Result<void> unlink(std::int64_t first, std::int64_t end);
  /// The race without what tells who the forgotten are; nothing where nobody of it is.
  base::Result<std::optional<model::PublishedRace>> without_forgotten(
      const model::PublishedRace& race) const;
  base::Result<void> forget_in_race(const std::string& race_id, std::span<const ResultId> results,
                                    std::string_view salt);
  /// A race with all it holds, within the caller's transaction. Errors: NotFound, Corrupt.
  base::Result<model::PublishedRace> read_race(std::string_view id) const;
  /// The salt of the archive's digests, made where there is none yet.
  base::Result<std::string> salt();
  base::Result<void> drop_person(PersonId id);
  base::Result<void> put_people(const LinkChange& change);

  base::Database database;
  std::string path;
};

}  // namespace hs::archive
