#pragma once

#include <string>
#include <vector>

#include "base/result.h"

// Adapter: relays of the club's hand-timing program, as race_timing.h has its other races.
//
//   a team's n-th time ends its n-th leg            one number for the team, all at one mat; of a
//                                                   team that lacks times, force-read rulings
//   MASS_START_TIMES                                waves with a leg
//   INDIVIDUAL_LEG_STARTS                           start rulings of a leg
//   DNF_FINISHERS                                   dnf rulings of a leg
//   OFFSET_RACE_START                               gun
//   equal times                                     recorded order decides: rules = usatf-road
//   order of those without a place                  by number, in both lists

namespace hs::conformance {

/// A team in the detailed list, a leg in three cells: "M3" where it began with the mass start of
/// leg 3, its time, and the time of the team when it ended.
struct TeamLine {
  std::string place;
  std::string bib;
  std::vector<std::string> legs;  ///< "M3 01:05:34 02:48:42", "DNF DNF".
  friend bool operator==(const TeamLine&, const TeamLine&) = default;
};

/// Who ran a leg, by place: "1 00:44:17", "- DNF"; names are typography.
using LegLines = std::vector<std::string>;

struct RelayLists {
  std::vector<TeamLine> teams;
  std::vector<LegLines> legs;  ///< By leg.
};

/// Scores the relay in `folder` and gives its lists.
/// Errors: InvalidInput or NotFound for inputs that the adapter cannot read.
[[nodiscard]] base::Result<RelayLists> score_relay(const std::string& folder);

/// The teams of a detailed list. Errors: NotFound.
[[nodiscard]] base::Result<std::vector<TeamLine>> expected_teams(const std::string& csv_path);

/// The lines of the list of one leg. Errors: NotFound.
[[nodiscard]] base::Result<LegLines> expected_leg(const std::string& csv_path);

/// "3= #12 00:30:59 00:30:59, M3 ...", for messages.
[[nodiscard]] std::string text_of(const TeamLine& line);

}  // namespace hs::conformance
