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

/// Scores the event in `folder` (its config.txt) and gives its overall list.
///
/// Errors: InvalidInput or NotFound for inputs that the adapter cannot read.
[[nodiscard]] base::Result<std::vector<ListLine>> score_folder(const std::string& folder);

/// The expected overall list, lists one behind the other with a heading line before each but the
/// first. Errors: as above.
[[nodiscard]] base::Result<std::vector<ListLine>> expected_list(const std::string& csv_path);

/// "12= #23 M40 01:07:22", for messages.
[[nodiscard]] std::string text_of(const ListLine& line);

}  // namespace hs::conformance
