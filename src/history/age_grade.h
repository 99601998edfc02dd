#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <tl/expected.hpp>

#include "base/distance.h"
#include "base/time.h"
#include "model/age_grade_table.h"

namespace hs::history {

/// How much of the best that people of a sex and age have run a time is.
struct AgeGrade {
  std::uint32_t hundredths = 0;  ///< Of a percent: 7215 is 72.15 %.
  int edition = 0;               ///< Of the tables.
  friend bool operator==(const AgeGrade&, const AgeGrade&) = default;
};

/// Why a result has no age grade.
enum class NoAgeGrade : std::uint8_t {
  NoTable,  ///< None was given, or none for this sex.
  NotOnFoot,
  NoTime,
  NoSex,
  NoAge,
  AgeOutside,  ///< Younger or older than the tables.
  NoDistance,  ///< The race does not say how long it was.
  DistanceOutside,
};

/// "no-table", "not-on-foot" ...: for programs.
[[nodiscard]] const char* name_of(NoAgeGrade why);

/// What is graded: one time of one person.
struct Graded {
  std::optional<model::Sex> sex;
  std::optional<int> age;  ///< Years on race day.
  std::optional<base::Distance> distance;
  std::optional<base::Duration> time;
  bool on_foot = true;
};

/// The newest edition among the tables; nothing where there are none.
[[nodiscard]] std::optional<int> newest_edition(std::span<const model::AgeGradeTable> tables);

/// The standard of a sex, age and distance: between two distances of the table linear in the
/// logarithm of the distance.
///
/// Source: the keepers of the tables interpolate with u = (ln d - ln d1) / (ln d2 - ln d1).
[[nodiscard]] tl::expected<base::Duration, NoAgeGrade> age_standard(
    std::span<const model::AgeGradeTable> tables, int edition, const Graded& graded);

/// The standard divided by the time, to the nearest hundredth of a percent. `Graded::time` decides.
[[nodiscard]] tl::expected<AgeGrade, NoAgeGrade> age_grade(
    std::span<const model::AgeGradeTable> tables, int edition, const Graded& graded);

}  // namespace hs::history
