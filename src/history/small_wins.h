#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "history/age_grade.h"
#include "history/career_run.h"
#include "history/series.h"

namespace hs::history {

/// What made a run one to remember, for this runner.
enum class WinKind : std::uint8_t {
  FirstFinish,    ///< The first in a series that the archive knows from before.
  AfterStop,      ///< Finished again after an edition that was stopped.
  Back,           ///< Finished again after editions without.
  RoundFinish,    ///< The fifth, tenth, fifteenth ... of a series.
  Best,           ///< The fastest so far over the distance.
  BestSince,      ///< The fastest for some years.
  UnderBarrier,   ///< The first under a round time.
  BestGrade,      ///< The best age grade so far.
  AgainstTheDay,  ///< Further ahead of the middle of the field than was to be expected of them.
  NegativeSplit,  ///< The first with a faster second half.
  FastestOfAge,   ///< Of all editions nobody of that sex and age was faster.
};

/// "first-finish", "after-stop" ...: for programs.
[[nodiscard]] const char* name_of(WinKind kind);

/// One small win of one run. Which fields mean something is said with each.
struct SmallWin {
  std::size_t run = 0;
  WinKind kind = WinKind::Best;
  /// Seconds: gained on the best before (Best), the barrier (UnderBarrier), by which the second
  /// half was faster (NegativeSplit).
  std::int64_t seconds = 0;
  /// How many: finishes (RoundFinish), years (BestSince, Back), earlier editions (FirstFinish),
  /// editions (FastestOfAge), other runs compared with (AgainstTheDay, BestGrade).
  std::size_t count = 0;
  /// AgainstTheDay: one of so many runs of theirs is as good, by what the others show.
  std::size_t one_in = 0;
  std::optional<Edition> stopped;  ///< AfterStop.
  friend bool operator==(const SmallWin&, const SmallWin&) = default;
};

using MaybeGrade = tl::expected<AgeGrade, NoAgeGrade>;

/// The small wins of every run, by run, then the order of `WinKind`.
///
/// Best, BestSince, UnderBarrier, BestGrade and NegativeSplit look only at the runs before. With
/// few runs little is rare: AgainstTheDay needs five others of the same distance whose field is
/// known, and is told only where fewer than half a run as good was to be expected among all of
/// them; the spread is that of the others, with Student's t for how few they are.
///
/// Shape: `grades` as long as `runs`; `runs` by date.
[[nodiscard]] std::vector<SmallWin> small_wins(std::span<const CareerRun> runs,
                                               std::span<const MaybeGrade> grades,
                                               std::span<const SeriesRecord> series);

/// The roundest time that lies above `time` and at or below `before`: 4:00:00 for 3:58 after 4:10.
/// Nothing where none lies between, or only one that is no round time for a run so long.
[[nodiscard]] std::optional<base::Duration> barrier_between(base::Duration time,
                                                            base::Duration before);

}  // namespace hs::history
