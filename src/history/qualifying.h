#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "history/birth_range.h"
#include "history/boston_windows.h"
#include "model/qualifying_table.h"

namespace hs::history {

/// A race that somebody ran, as far as qualifying asks.
struct QualifyingRun {
  base::Date date;
  std::optional<base::Distance> distance;
  std::optional<base::Duration> time;
  std::optional<model::Sex> sex;
  bool on_foot = true;
  /// Added before comparing, for a course that falls: from 2027 on 5:00 from 1,500 feet, 10:00 from
  /// 3,000 feet. Boston itself falls less. No file of results tells the fall, so the caller does.
  base::Duration course_index{0};
};

/// How a run stands to the standard of one year.
struct AgainstYear {
  int year = 0;
  int age = 0;            ///< On the day of that year's race; the lesser where it may be two.
  bool age_open = false;  ///< It may be a year more, and the standard of that age is easier.
  base::Duration standard{0};
  std::int64_t left = 0;  ///< Whole seconds under the standard; below 0: over it.
  /// By how much under the standard the last runner taken was; absent where it is not known.
  std::optional<std::int64_t> cutoff;

  [[nodiscard]] bool has_qualified() const { return left >= 0; }
  /// Whole seconds to spare at the cut-off; below 0: missed. Nothing without a cut-off.
  [[nodiscard]] std::optional<std::int64_t> left_at_cutoff() const {
    return cutoff ? std::optional(left - *cutoff) : std::nullopt;
  }
  friend bool operator==(const AgainstYear&, const AgainstYear&) = default;
};

/// True for a marathon, however its length was written (42.2 km, 26.2 miles).
[[nodiscard]] bool is_marathon(const std::optional<base::Distance>& distance);

/// The standards in force for a year; null before the first.
[[nodiscard]] const model::QualifyingStandards* standards_for(const model::QualifyingTable& table,
                                                              int year);

/// How a run stands to each year within whose window it lies, by year. A window without a known end
/// ends, as far as this is concerned, where the next one opens.
///
/// Shape: nothing for whoever was no finisher of a marathon on foot, of no known sex, of no known
///        birth, or too young.
[[nodiscard]] std::vector<AgainstYear> qualify(const model::QualifyingTable& table,
                                               std::span<const QualifyingWindow> windows,
                                               const QualifyingRun& run,
                                               const std::optional<BirthRange>& born);

/// How a run would stand to every year that has a cut-off, with the age of its own day, by year:
/// "would have made 2020 by 1:12". What it says is a comparison of years, never of what happened.
[[nodiscard]] std::vector<AgainstYear> in_other_years(const model::QualifyingTable& table,
                                                      const QualifyingRun& run,
                                                      std::optional<int> age);

}  // namespace hs::history
