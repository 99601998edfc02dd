#pragma once

#include <vector>

#include "base/time.h"
#include "model/event.h"

namespace hs::model {

/// The standards of a race for which one has to qualify, from one year on.
struct QualifyingStandards {
  int first_year = 0;  ///< Of the race to be run, not of the race run under the time.
  Standard standard;   ///< Its name as the file has it ("2020BQ"); net times.
};

/// By how much the last runner taken had to be under the standard.
struct QualifyingCutoff {
  int year = 0;             ///< Of the race to be run.
  base::Duration below{0};  ///< Zero: all who had qualified were taken.
  friend bool operator==(const QualifyingCutoff&, const QualifyingCutoff&) = default;
};

/// What it took to get into one race over the years.
///
/// Invariants (checked where it is read, `formats/qualifying_file.h`): both lists by rising year,
/// no year twice.
struct QualifyingTable {
  std::vector<QualifyingStandards> standards;
  std::vector<QualifyingCutoff> cutoffs;
};

}  // namespace hs::model
