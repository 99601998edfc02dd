#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/result.h"

namespace hs::present {

/// What may leave the machine about one entry, whatever the format: the one place that decides.
///
/// A private runner is "Bib" and the number, without age, club, team or place of living. City,
/// state and country are there only where the event publishes them; a birth date, a chip,
/// a note or contact never is. Places are there for finishers only, times that count for
/// finishers and those out of competition.
struct ExportRow {
  model::EntrantId entrant;
  std::string bib;
  std::string name;   ///< As results.csv has it.
  std::string first;  ///< Of a list with one column for the name: all but its last word.
  std::string last;
  std::optional<model::Sex> sex;
  std::optional<int> age;  ///< Years on race day.
  model::Mode mode = model::Mode::Foot;
  std::string division;
  std::string club, team, city, state, country;
  model::RunnerStatus status = model::RunnerStatus::Entered;
  std::optional<model::Placing> place, place_sex, place_division;
  std::optional<base::Duration> official;  ///< Rounded by the race's rule set.
  std::optional<base::Duration> gun;       ///< Rounded as the official time is.
  std::optional<base::Duration> net;       ///< Rounded as the official time is.
};

/// How much is done, from 0 to 1; may be empty.
using ExportProgress = std::function<void(double)>;

/// Which races of an event are exported.
struct ExportOptions {
  std::optional<model::RaceId> race;  ///< Absent: all, in the event's order.
};

[[nodiscard]] std::vector<model::RaceId> races_of(const model::EventResults& results,
                                                  const ExportOptions& options);

/// Cost: some short texts.
[[nodiscard]] ExportRow export_row(const model::EventResults& results, model::EntrantId id);

/// The rows of a race as lists show them (`listing.h`).
[[nodiscard]] std::vector<ExportRow> export_rows(const model::EventResults& results,
                                                 model::RaceId race);

/// A time with two figures for minutes and seconds and that many for hours at least, the rest cut:
/// "01:23:45.00" for two and two. Hours go on above 24.
/// Units: `decimals` 0 to 3. Negative values do not occur in results.
[[nodiscard]] std::string padded_time(base::Duration value, std::size_t hour_digits,
                                      std::size_t decimals);

/// The text without what ends a line or a field: control characters and `separator` are blanks.
/// For formats that have no way to quote.
[[nodiscard]] std::string plain_field(std::string_view text, char separator);

}  // namespace hs::present
