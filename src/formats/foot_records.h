#pragma once

#include "base/distance.h"
#include "base/time.h"

namespace hs::formats {

/// The least credible time to run `distance`: 80 % of the men's world record on foot, track or
/// road, whichever is faster, whoever runs.
///
/// Between two record distances the record is interpolated linearly against ln d; shorter than
/// the shortest and longer than the longest by the pace there. Wheelchair and handcycle are 55 %
/// and 45 % of the same record, so 55/80 and 45/80 of this value; scoring derives them.
///
/// Units:  cut to whole seconds, so that it is the same on every machine.
/// Errors: none; 0 for distances of 0 and less.
/// Source: World Athletics, world records, men, outdoor and road, as they stood on 2024-12-31.
[[nodiscard]] base::Duration fastest_on_foot(base::Distance distance);

}  // namespace hs::formats
