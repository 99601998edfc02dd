#pragma once

#include <string>
#include <vector>

#include "base/result.h"

// Adapter: whole events of a club's hand-timing program (its config, entries and raw times) become
// facts, are scored, and come back as the lines of its result list. Where that program has a
// policy of its own, the adapter configures ours to it; nothing is compared loosely.
//
//   equal times     recorded order decides                    rules = usatf-road
//   DEAD_HEATS      shared places                             dead-heat rulings
//   DNF_FINISHERS   timed, but did not finish                 dnf rulings
//   OFFSET_RACE_START, OFFSETS_INDIVIDUAL_STARTS              gun; start rulings, ranked by net
//   categories      a code per entry, mapped by a file        divisions by sex and age
//   a prize each, the wider category first                    one_prize = listed
//   PREFER_LOWER_PRIZE_IN_MORE_GENERAL_CATEGORY = false       one_prize = higher
//   a prize category that anybody may win besides             besides = true
//   TEAM_PRIZE_NUMBER_TO_COUNT                                team awards of clubs, by places
//   SCORE_FOR_FIRST_PLACE, SCORE_FOR_MEDIAN_POSITION, MINIMUM_NUMBER_OF_RACES   a cup
//   groups of prize categories listed apart                   a race each, on one finish line
//   order within a shared place: by surname                   the adapter prints it so

namespace hs::conformance {

/// A line of a result list, as far as it is scoring and not typography: the program also tidies
/// names and clubs, which we keep as entered.
struct ListLine {
  std::string place;  ///< "1", "12=", "-" for who did not finish; "" heads a new list.
  std::string bib;
  std::string category;
  std::string time;  ///< "01:07:22" or "DNF".
  friend bool operator==(const ListLine&, const ListLine&) = default;
};

/// A prize, or a team's score.
struct PrizeLine {
  std::string category;  ///< "Women 40-49"; of teams "first male team".
  std::string place;     ///< "1", "2="; of teams the score.
  std::string time;      ///< "01:07:22"; of teams the places that score, "2 6 7".
  friend bool operator==(const PrizeLine&, const PrizeLine&) = default;
  friend auto operator<=>(const PrizeLine&, const PrizeLine&) = default;
};

/// Scores the event in `folder` (its config.txt) and gives its overall list.
///
/// Errors: InvalidInput or NotFound for inputs that the adapter cannot read.
[[nodiscard]] base::Result<std::vector<ListLine>> score_folder(const std::string& folder);

/// The expected overall list, lists one behind the other with a heading line before each but the
/// first. Errors: as above.
[[nodiscard]] base::Result<std::vector<ListLine>> expected_list(const std::string& csv_path);

/// Scores the event in `folder` and gives every prize, sorted. Errors: as `score_folder`.
[[nodiscard]] base::Result<std::vector<PrizeLine>> score_prizes(const std::string& folder);

/// The prizes of a text file of that program, sorted. Winners are known by their times: the program
/// tidies names. Errors: NotFound.
[[nodiscard]] base::Result<std::vector<PrizeLine>> expected_prizes(const std::string& txt_path);

/// A line of a table over several races.
struct CupLine {
  std::string place;                ///< "1", "6=", "-" for who cannot be placed.
  std::vector<std::string> scores;  ///< By race; "-" where they did not run.
  std::string total;                ///< "-" where that program gives none.
  std::string complete;             ///< Y, N; empty where that program does not say.
  friend auto operator<=>(const CupLine&, const CupLine&) = default;
};

/// Scores the series of races in `folder` and gives its table, sorted. People are known by their
/// scores: the program tidies names. Errors: as `score_folder`.
[[nodiscard]] base::Result<std::vector<CupLine>> score_cup(const std::string& folder);

/// The table of a csv file of that program, sorted. Errors: NotFound, InvalidInput.
[[nodiscard]] base::Result<std::vector<CupLine>> expected_cup(const std::string& csv_path);

/// "12= #23 M40 01:07:22", for messages.
[[nodiscard]] std::string text_of(const ListLine& line);
[[nodiscard]] std::string text_of(const PrizeLine& line);
[[nodiscard]] std::string text_of(const CupLine& line);

}  // namespace hs::conformance
