#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "model/event.h"

namespace hs::model {

/// A distance for which an age-grade table has standards.
struct AgeGradeColumn {
  std::string name;  ///< As the file has it: "H. Mar".
  base::Distance distance;
  friend bool operator==(const AgeGradeColumn&, const AgeGradeColumn&) = default;
};

/// The best that people of one sex have run at each age and distance on the road, by one edition of
/// the age-grade tables.
///
/// Invariants (checked where a table is read, `formats/age_grade_file.h`): one column or more, by
/// rising distance; a row for each age from `youngest` on; every standard above zero.
struct AgeGradeTable {
  int edition = 0;  ///< The year it is called by: 2015, 2020, 2025.
  Sex sex = Sex::Female;
  int youngest = 0;  ///< Years on race day; the age of the first row.
  std::vector<AgeGradeColumn> columns;
  std::vector<base::Duration> open;       ///< By column: the standard of any age.
  std::vector<base::Duration> standards;  ///< Row by row: by age, then column.

  [[nodiscard]] int ages() const {
    return columns.empty() ? 0 : static_cast<int>(standards.size() / columns.size());
  }
  /// The standard of an age that the table has, in one column.
  [[nodiscard]] base::Duration standard(int age, std::size_t column) const {
    return standards[static_cast<std::size_t>(age - youngest) * columns.size() + column];
  }
};

}  // namespace hs::model
