#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "archive/archive.h"
#include "base/sqlite.h"

// For the files of this folder that hold the members of `Archive`; nobody else includes it.

namespace hs::archive {

/// The id of a race's first result; the first id of the race after it ends them.
[[nodiscard]] inline std::int64_t first_id(std::int64_t race) { return race << 32; }

struct Archive::Impl {
  Impl(base::Database opened, std::string at) : database(std::move(opened)), path(std::move(at)) {}

  base::Result<std::optional<std::int64_t>> number_of(std::string_view id,
                                                      std::string_view* content) const;
  base::Result<void> erase(std::int64_t number);
  base::Result<void> insert_head(const model::PublishedRace& race, std::int64_t number,
                                 const base::Digest& content);
  base::Result<void> insert_results(const model::PublishedRace& race, std::int64_t number,
                                    const std::function<void(double)>& progress);
  /// A race without its results. Errors: NotFound, without words; Corrupt.
  base::Result<model::PublishedRace> read_head(std::string_view id, std::int64_t& number) const;

  base::Database database;
  std::string path;
};

}  // namespace hs::archive
