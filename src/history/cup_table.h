#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/cup.h"
#include "model/result.h"
#include "scoring/cup.h"

namespace hs::history {

/// One race of a cup that was run: a race of an event's results.
struct CupRaceResults {
  const model::EventResults* event = nullptr;
  model::RaceId race;
};

/// Somebody in a cup, as the latest of their races has them.
struct CupPerson {
  std::string name;  ///< For everybody: "Bib N" for a private runner.
  std::string bib;
  std::optional<model::Sex> sex;
  std::string club;      ///< Empty for a private runner.
  std::string division;  ///< Id; empty without one, and for a private runner.
};

/// A cup as it stands.
struct CupTable {
  model::Cup cup;
  std::vector<CupPerson> people;
  std::vector<scoring::CupStanding> standings;  ///< As `scoring::cup_standings` gives them.
  /// Namesakes that nothing told apart, and finishers without a place by sex, for the organiser.
  std::vector<std::string> questions;
};

/// Puts the finishes of one person together and places everybody.
///
/// By name: the same words of a name in any case and accent, the same sex, and no two birth dates.
/// Two of a name in one race are told apart by birth date, else by club; where that does not help
/// either, their races stay apart and it is said. By bib: the same bib.
///
/// `races` are those of `cup` that were run, in its order and no more than it has.
[[nodiscard]] CupTable cup_table(const model::Cup& cup, std::span<const CupRaceResults> races);

}  // namespace hs::history
