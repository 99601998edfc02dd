#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/result.h"
#include "present/json_out.h"

namespace hs::present {

/// What the file is called wherever it lies.
inline constexpr const char* kLegsCsvFile = "legs.csv";

/// Who ran a leg of a relay team, as public lists name them; empty where nobody is named, or where
/// the team or the runner is private. Preconditions: a team, and a leg of its race.
[[nodiscard]] std::string runner_of_leg(const model::EventResults& results, model::EntrantId team,
                                        std::size_t leg);

/// Whom legs are written for.
enum class LegsFor {
  Public,
  Officials,  ///< Also when each began, and for which leg its runner was entered.
};

/// Writes `"legs": [...]` of a relay team, with who ran them; nothing of anybody else.
void write_legs(JsonOut& out, const model::EventResults& results, model::EntrantId id,
                LegsFor whom);

/// The teams of a relay in the order of one leg: those placed by place, then by bib.
[[nodiscard]] std::vector<model::EntrantId> leg_listing(const model::EventResults& results,
                                                        model::RaceId race, std::size_t leg);

/// The public `legs.csv` of the relays of an event: a row a leg and team, header first, UTF-8, LF,
/// RFC 4180, formulas as in `results_csv`.
///
/// Units:   times as h:mm:ss.mmm; empty where an exchange was not heard.
/// Shape:   race,leg,place,bib,team,runner,time,place_sex,place_division,start,status; `start` is
///          start, handover, mass-start or ruling; `status` is DNF or empty.
/// Order:   races and legs in their order, then as `leg_listing`.
/// Source:  docs/scoring-rules.md "Relays".
[[nodiscard]] std::string legs_csv(const model::EventResults& results);

}  // namespace hs::present
