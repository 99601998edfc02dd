#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "history/birth_range.h"
#include "history/boston_windows.h"
#include "history/career_run.h"
#include "history/small_wins.h"
#include "model/age_grade_table.h"
#include "model/qualifying_table.h"

namespace hs::history {

enum class GoalKind : std::uint8_t {
  Barrier,     ///< The next round time below the best of the last years.
  EqualGrade,  ///< The time that would equal their best age grade at the age of the last run.
  Qualifying,  ///< The standard of the first Boston for which a race after the last run counts.
};

/// "barrier", "equal-grade", "qualifying": for programs.
[[nodiscard]] const char* name_of(GoalKind kind);

/// A time to run next.
struct Goal {
  GoalKind kind = GoalKind::Barrier;
  base::Duration target{0};  ///< Whole seconds.
  base::Distance distance;
  /// What is missing to it: from the best of the last years (Barrier), from the last run over the
  /// distance (the others). Zero or below: done already.
  base::Duration missing{0};
  int age = 0;                       ///< EqualGrade, Qualifying.
  std::uint32_t hundredths = 0;      ///< EqualGrade: the grade to equal.
  int year = 0;                      ///< Qualifying: of the race to be run.
  std::optional<base::Date> closes;  ///< Qualifying: last day that counts, where it is known.
};

/// What goals are set by.
struct GoalTables {
  std::span<const model::AgeGradeTable> grades;
  int edition = 0;
  const model::QualifyingTable* qualifying = nullptr;  ///< Null where none was given.
  std::span<const QualifyingWindow> windows;
};

/// What comes next after the last run, over the distance run most often (of equals the longest).
/// The last run stands for today: nothing here knows what day it is.
///
/// Shape: at most one of each kind, in the order of `GoalKind`; none without a comparable run.
[[nodiscard]] std::vector<Goal> next_goals(std::span<const CareerRun> runs,
                                           std::span<const MaybeGrade> grades,
                                           std::optional<model::Sex> sex,
                                           const std::optional<BirthRange>& born,
                                           const GoalTables& tables);

/// The roundest time not far below `best`: within three in a hundred.
[[nodiscard]] base::Duration next_barrier(base::Duration best);

}  // namespace hs::history
