#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "present/json_out.h"
#include "server/http_message.h"
#include "server/race_view.h"

namespace hs::server {

/// Which rows of an order somebody wants.
struct RowsWanted {
  model::RaceId race;
  std::optional<std::size_t> point;  ///< Absent: that of the finish, with everybody behind.
  std::optional<model::Sex> sex;
  const model::Division* division = nullptr;
  std::string search;  ///< Folded; empty: everybody.
};

/// From the parameters `point`, `sex`, `division` and `search`.
/// Errors: NotFound for a point or division that is not there, InvalidInput for a sex.
[[nodiscard]] base::Result<RowsWanted> rows_wanted(const RaceView& view, model::RaceId race,
                                                   const Query& query);

/// Those rows, best first. Cost: O(runners).
[[nodiscard]] std::vector<model::EntrantId> rows_of(const RaceView& view, const RowsWanted& wanted);

/// A whole number of the query, within its bounds; `otherwise` where it is absent.
/// Errors: InvalidInput.
[[nodiscard]] base::Result<std::size_t> number_of(const Query& query, std::string_view name,
                                                  std::size_t least, std::size_t most,
                                                  std::size_t otherwise);

/// The fields of one runner as lists have them, into an open object. `point`: whose places and
/// `point_ms` are meant.
void write_row(present::JsonOut& out, const RaceView& view, model::EntrantId id, std::size_t point);

/// "place", "place_sex" and "place_division" with "shared", where there are any.
void write_places(present::JsonOut& out, const model::Places& places);

/// Metres with the decimals they need: "21097.5".
[[nodiscard]] std::string metres(base::Distance distance);

/// A name or a search without case, accents and doubled blanks, so that "Jose" finds a name that
/// is written with an accent. UTF-8; what is not is left out. Threads: safe from any.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace hs::server
