#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "scoring/runner_fold.h"

// What is different where a runner is a team: who ran says which leg a visit may end, each leg has
// a start of its own, and a mass start sends legs out before the ones before them are in.

namespace hs::scoring {

/// Drops visits of the team's own chip or number where the race has mass starts and the runners
/// have chips: two of a team are out at once then, and only who was heard says whose visit it is.
/// What a ruling pins stays.
void set_aside_team_visits(const Course& course, FoldWork& work);

/// True for a read whose visit that function drops.
[[nodiscard]] bool is_set_aside(const Sighting& sighting, const Course& course,
                                const FoldWork& work);

/// Looks for another order of the runners where the one they were entered in leaves an exchange or
/// the finish empty. It is taken only where it explains the end of every leg, and where nobody who
/// would have waited at an exchange had left it long before. `explain` fills `work.starts` and
/// `work.assignment` from `work.visits`; they are left as the order has them that is taken.
///
/// Gives by leg the number of the leg for whose runner it was run; empty: as entered.
/// Cost: nothing for a team heard everywhere; else one `explain` for each two legs at most.
[[nodiscard]] std::vector<std::uint16_t> find_leg_order(const RaceContext& context,
                                                        const Course& course, FoldWork& work,
                                                        const std::function<void()>& explain);

/// Fills `fold.legs` but for their times, and `fold.exchange_missing`; nothing outside relays.
void fold_legs(const RaceContext& context, const Decisions& decisions,
               const std::vector<std::uint16_t>& ran_by, RunnerFold& fold);

/// Fills the times of `fold.legs`, once what does not count is known.
void time_legs(RunnerFold& fold);

}  // namespace hs::scoring
