#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.h"
#include "model/published.h"

namespace hs::formats {

/// What one cell looks like by itself.
enum class CellForm : std::uint8_t {
  Blank,      ///< Empty, or a sign for nothing: "-", an en dash, "--:--", "n/a".
  Clock,      ///< Three parts: "2:09:44", "2h09:44.3", "2.09.44".
  MinSec,     ///< Two parts: "29:08", "29'08".
  Decimal,    ///< "138.95", "138,95".
  Whole,      ///< Digits only.
  PlaceOf,    ///< "3 / 4401".
  TimeOfDay,  ///< "07:44:28AM".
  Status,     ///< "DNF" and its like.
  Text,
};

/// What the cell is; blanks around it are passed over. Cost: one pass, no allocation.
[[nodiscard]] CellForm form_of(std::string_view text);

/// True for `CellForm::Blank`. Cost: the first bytes; for texts, where the form does not matter.
[[nodiscard]] bool is_blank_cell(std::string_view text);

/// A cell's number, before anybody decided what it counts.
struct CellTime {
  CellForm form = CellForm::Blank;
  /// Clock, TimeOfDay: microseconds. MinSec: microseconds, the first part taken as minutes.
  /// Decimal, Whole: millionths of the number as written.
  std::int64_t value = 0;
  int decimals = 0;             ///< Digits behind the point.
  bool is_estimated = false;    ///< A trailing "*".
  bool ends_on_minute = false;  ///< Clock: the last part is 00 and has no fraction.
};

/// Reads a cell as a time or number. Forms that are neither give their form and a value of 0; so
/// does a clock whose minutes or seconds are 60 or more behind a larger unit (as Text).
[[nodiscard]] CellTime read_cell_time(std::string_view text);

/// "3", "3.", "=3", "3 / 4401", "3 of 4401"; nothing for what is no place. A field of 0 is none.
[[nodiscard]] std::optional<model::PublishedPlace> read_place(std::string_view text);

/// DNF, DNS, DSQ, OOC in the words of four languages; nothing for other words.
[[nodiscard]] std::optional<model::RunnerStatus> read_status(std::string_view text);

}  // namespace hs::formats
