#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hs::readers {

/// What a RACE RESULT box says of itself, from the answer to GETSTATUS.
struct RaceresultStatus {
  bool is_in_operation = false;        ///< False: test mode, it stores nothing.
  std::string file;                    ///< Number of the current passing file; empty: not said.
  std::optional<int> battery_percent;  ///< Absent: it does not know.
  std::string date;                    ///< As it writes both; empty: not said.
  std::string time;
  std::string trouble;  ///< What the timer should look at, sentences parted by "; ".
};

/// Reads the answer behind `GETSTATUS;`. Fields that a later version adds are passed over, those
/// that an older one lacks are not said. Nothing where it has no operation mode.
///
/// Source: docs/read-formats.md, "raceresult".
[[nodiscard]] std::optional<RaceresultStatus> read_raceresult_status(std::string_view answer);

}  // namespace hs::readers
