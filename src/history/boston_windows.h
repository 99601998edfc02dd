#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/time.h"

namespace hs::history {

/// When a race could be run to qualify for one year of another.
struct QualifyingWindow {
  int year = 0;
  base::Date day;    ///< Of the race to be run: the age on that day decides.
  base::Date opens;  ///< First day that counts.
  /// Last day that counts, the close of registration; absent where no source was found.
  std::optional<base::Date> closes;
  std::string_view source;  ///< Who announced or reported the days.
};

/// The windows of the Boston Marathon, by year. A year whose window was not found in a public
/// source is not there: 2012 (which had standards that the tables of today lack), 2018 and 2019.
[[nodiscard]] std::span<const QualifyingWindow> boston_windows();

/// Boston takes nobody who is younger on its day.
inline constexpr int kBostonYoungest = 18;

}  // namespace hs::history
