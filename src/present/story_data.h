#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/result.h"

namespace hs::present {

/// A column of whole numbers as text of fixed width, so that a page can look one up without
/// reading the others: value + 1 in base 88, most significant digit first; 0 means absent.
/// The digits are the printable ASCII characters from "#" on without & < > and \, so that they
/// need no escape in JSON, HTML or a script.
/// Units:   the caller's. Negative values are taken as absent.
struct PackedColumn {
  int width = 1;
  std::string text;
};
[[nodiscard]] PackedColumn pack(const std::vector<std::optional<std::int64_t>>& values);

/// All public results as one JSON object, for story.js (which documents its fields by use):
/// per race the points, divisions and clubs, and columns of packed values in the order of the
/// results. Times that rank are hundredths of a second, rounded by the rule set; splits are tenths,
/// cut. Private runners have "Bib N" and no club. `words` holds what the script says, in the
/// language of the event: the sentences of [browser], with the values in braces for the script to
/// put in. With `only`, of one race.
[[nodiscard]] std::string story_data(const model::EventResults& results,
                                     std::optional<model::RaceId> only = std::nullopt);

}  // namespace hs::present
