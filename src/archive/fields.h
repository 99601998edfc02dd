#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "archive/people.h"
#include "base/time.h"
#include "model/published.h"

// What a runner's page needs of whole fields, kept beside the results so that nobody has to read
// thirty thousand rows for one line: the middle of each sex on the day, and the fastest of each
// age.

namespace hs::archive {

/// The finishers of one race and sex, on foot, by their own times (`model::own_time`).
struct FieldFigures {
  std::uint32_t race = 0;         ///< As in `RaceEntry`.
  std::optional<model::Sex> sex;  ///< Absent: all, whatever their sex.
  std::uint32_t finishers = 0;
  base::Duration median{0};  ///< Of n times the one at n/2 from 0; zero where nobody finished.
  friend bool operator==(const FieldFigures&, const FieldFigures&) = default;
};

/// The fastest of one sex and age in one race.
struct AgeBest {
  ResultId result;  ///< Of several with one time the first in the file.
  base::Duration time{0};
  friend bool operator==(const AgeBest&, const AgeBest&) = default;
};

/// The figures of a race's fields: all of them first, then F, M, X where there are any.
[[nodiscard]] std::vector<FieldFigures> field_figures(std::uint32_t number,
                                                      const model::PublishedRace& race);

}  // namespace hs::archive
