#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/result.h"

namespace hs::scoring {

/// A finisher in the order of one time.
struct AwardFinisher {
  model::EntrantId id;
  base::Duration time;  ///< The time that orders, unrounded.
  std::optional<model::Placing> race_place;
};

/// The time of `by` of a finisher, unrounded; absent without one.
[[nodiscard]] std::optional<base::Duration> time_by(const model::RunnerResult& runner,
                                                    model::RankBy by);

/// True where the entry may win prizes of `award` in the division of that id; empty: in none.
[[nodiscard]] bool may_win(const model::Race& race, const model::Award& award,
                           const std::string& division, const model::Entrant& entrant,
                           const model::Person& person);

/// Everybody with a place in race `race`, in the order of `by`; equal ones in the race's own order.
[[nodiscard]] std::vector<AwardFinisher> ranked_by(const model::EventResults& results,
                                                   std::size_t race, model::RankBy by);

/// True when `b`, behind `a`, shares its place: equal time, and where the race ranks by the same
/// time (`race_ranks_so`), as the race's own order says.
[[nodiscard]] bool shares(const AwardFinisher& a, const AwardFinisher& b, bool race_ranks_so);

}  // namespace hs::scoring
