#pragma once

#include <optional>
#include <vector>

#include "model/result.h"

namespace hs::scoring {

/// How a team award is counted, nothing left open.
struct TeamRules {
  model::TeamScore score = model::TeamScore::Time;
  int scorers = 3;
  std::optional<int> runners;  ///< At most so many of a team count at all; absent: no limit.
  bool closes_up = false;
  model::TeamTie tie = model::TeamTie::Share;
  const char* clause = "";  ///< Where the book says so; "house rule" for `open`.
};

/// What a book says of teams; what `award` names goes before it.
[[nodiscard]] TeamRules team_rules(model::RuleSet rules, const model::TeamAward& award);

/// A finisher of a team, in the order of the award.
struct TeamRunner {
  std::size_t team = 0;     ///< Index of the team.
  base::Duration time{0};   ///< For `TeamScore::Time`.
  std::uint32_t place = 1;  ///< Of the award's order, everybody counted; equal ones share.
};

/// Teams placed by `rules`: `runners` in order of the award, `names` by index of the team. Members
/// carry the index in `runners` as their `runner`. Runners beyond `TeamRules::runners`, and with
/// `closes_up` those of incomplete teams, take no place.
///
/// Source: NFHS cross-country 9-2-4, NCAA and USATF cross-country ties, WA team scoring; worked
///         cases in `teams_test.cc`.
[[nodiscard]] std::vector<model::TeamStanding> place_teams(const std::vector<TeamRunner>& runners,
                                                           const std::vector<std::string>& names,
                                                           const TeamRules& rules);

/// All team awards of all races, in the order of the event file. A runner without a team (or club,
/// as the award asks) runs for none.
[[nodiscard]] std::vector<model::TeamResults> team_results(const model::EventResults& results);

}  // namespace hs::scoring
