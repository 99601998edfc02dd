#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/age_grade_table.h"

namespace hs::formats {

/// What the cells of an age-grade file hold.
enum class AgeGradeCells : std::uint8_t {
  Factors,  ///< The standard of any age divided by that of this age, 0 to 1.
  Seconds,  ///< The standard of this age, in whole seconds.
};

/// What the name of an age-grade file says of it.
struct AgeGradeFileName {
  model::Sex sex = model::Sex::Female;
  int edition = 0;
  AgeGradeCells cells = AgeGradeCells::Factors;
  friend bool operator==(const AgeGradeFileName&, const AgeGradeFileName&) = default;
};

/// Takes "F_2025_factors.csv" or "M_2015_sec.csv" apart; nothing for any other name.
[[nodiscard]] std::optional<AgeGradeFileName> parse_age_grade_file_name(std::string_view name);

/// Reads one age-grade table as its keepers publish it: a header `Age,5 km,...,Marathon,...`, a row
/// "OC sec" with the standard of any age in seconds, a row for each age, and perhaps a row
/// "Distance" in kilometres; where that is missing the names of the columns tell it.
///
/// Factors are rounded to four decimals first, as the tables define them: the file carries what the
/// spreadsheet computed. A standard is then the open one divided by the factor.
///
/// Errors: InvalidInput with file, line and column for a cell that is no number or none that can
///         be, a distance that is not known or not behind the one before, an age that does not
///         follow the one before, and for a file without ages or without the row "OC sec".
[[nodiscard]] base::Result<model::AgeGradeTable> read_age_grade_table(std::string_view bytes,
                                                                      const std::string& file,
                                                                      const AgeGradeFileName& name);

}  // namespace hs::formats
