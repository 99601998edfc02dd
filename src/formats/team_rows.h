#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/fact.h"
#include "model/relay.h"

namespace hs::formats {

/// A row about somebody who runs legs of a relay team.
struct LegRow {
  std::vector<std::string> legs;  ///< Of the race.
  model::EntrantFact runner;
  int line = 0;
};

/// The rows of an entry list with one number in a relay: they are one team.
struct TeamRows {
  std::optional<model::EntrantFact> own;  ///< The row without a leg: the team itself.
  std::vector<LegRow> runners;            ///< In the order of the file.
};

/// The team that the rows make.
///
/// What its own row says holds. Left out there, or without one: the name is the `team` of its
/// runners; the sex that of all, else X; the age that of the youngest; the club that of all. A sex
/// or age that one of them lacks is not known. Columns that nobody knows are kept by leg.
/// Precondition: at least one row.
[[nodiscard]] model::EntrantFact team_of(const TeamRows& rows,
                                         const std::vector<model::RelayLeg>& legs);

/// The first leg that nobody runs, of a team whose runners are named; nothing if all have one.
[[nodiscard]] std::optional<std::string> leg_without_runner(
    const TeamRows& rows, const std::vector<model::RelayLeg>& legs);

}  // namespace hs::formats
