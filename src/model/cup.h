#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hs::model {

/// What a finish is worth in a cup.
enum class CupScore : std::uint8_t {
  Points,  ///< By place, the most win: `CupRules::table`, else one less for each place.
  Time,    ///< The official time, the least wins.
  Median,  ///< The time against the race's median, the least wins: 1000 is the median runner.
};

/// Which of two people with the same total stands first.
enum class CupTie : std::uint8_t {
  Share,    ///< Neither: they share.
  Wins,     ///< Who won more races, then who was second more often, and so on.
  Meeting,  ///< Who was better in more of the races that both ran.
  Latest,   ///< Who was better in the latest race that both ran.
};

/// What makes finishes of two races one person's.
enum class CupPeople : std::uint8_t {
  Name,  ///< Name and sex, and birth dates that do not speak against it.
  Bib,   ///< A number for the whole cup.
};

/// How a cup is counted.
struct CupRules {
  CupScore score = CupScore::Points;
  std::vector<int> table;    ///< Points of place 1, 2 ...; nothing behind its end.
  int first = 100;           ///< Points of a win without a table; never under 0 behind it.
  bool sexes_apart = true;   ///< Places are those by sex.
  std::optional<int> count;  ///< So many best races count; absent: all.
  int at_least = 1;          ///< So many races are needed to be placed.
  CupTie tie = CupTie::Share;
};

/// One race of a cup.
struct CupRace {
  std::string name;   ///< As the table heads it.
  std::string event;  ///< Event folder or race file, as written; empty: still to come.
  std::string race;   ///< Id of the race; empty: the only one of the event.
};

/// A competition over several races with one table: a series, a grand prix, a league.
struct Cup {
  std::string name;
  CupRules rules;
  CupPeople people = CupPeople::Name;
  std::vector<CupRace> races;  ///< In the order of time; at least one.
};

[[nodiscard]] const char* name_of(CupScore score);  ///< "points", "time", "median".
[[nodiscard]] const char* name_of(CupTie tie);      ///< "share", "wins", "meeting", "latest".
[[nodiscard]] std::optional<CupScore> parse_cup_score(std::string_view text);
[[nodiscard]] std::optional<CupTie> parse_cup_tie(std::string_view text);

}  // namespace hs::model
