#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "model/event.h"
#include "model/ids.h"

namespace hs::model {

/// What the entry list says of somebody before the race.
enum class EntryStatus : std::uint8_t {
  Entered,
  DidNotStart,  ///< Known beforehand: DNS.
  Deferred,     ///< Moved to another edition: DEF.
};

/// Who runs a leg of a relay team, as far as scoring needs it. The name is in `Person::runners`.
struct LegRunner {
  std::string leg;             ///< As a point of the race names it.
  std::vector<TagCode> chips;  ///< Also among the `chips` of the team.
};

/// A runner's entry in one race: what scoring needs. A runner in two races has two. In a relay the
/// entry is a team.
struct Entrant {
  std::string race;  ///< Race id.
  BibNumber bib;     ///< Unique within the race.
  std::vector<TagCode> chips;
  std::string wave;  ///< Wave id; empty: the only one, else found from the start.
  Mode mode = Mode::Foot;
  EntryStatus entry_status = EntryStatus::Entered;
  std::optional<Sex> sex;
  std::optional<int> age;   ///< Years on race day.
  bool is_private = false;  ///< Shown as "Bib N", in every list and place.
  bool is_minor = false;
  bool tell = false;  ///< The runner's own words, guide and para may be told.
  /// Of a relay team: in course order, each leg at most once. Chips that are nobody's here are the
  /// team's, and may be read at the end of any leg.
  std::vector<LegRunner> legs = {};
};

/// The fields about a person. They live outside the chained facts, so that erasing somebody
/// leaves the chain whole. All UTF-8, as the entry list had them, white space trimmed.
struct Person {
  std::string first_name;
  std::string last_name;
  std::string name;  ///< As shown: the list's `name`, else first and last name.
  std::optional<base::Date> birth_date;
  std::string club, team, group, city, state, country;
  std::optional<base::Duration> goal_time;
  std::string guide_of, para, first_time;
  std::string why, cause, dedication;  ///< The runner's own words, told only with `tell`.
  std::string note;
  /// Columns nobody knows: kept, never published unless the event names them.
  std::vector<std::pair<std::string, std::string>> extra;
  /// Of a relay team: leg and name of who runs it, in course order. Who is private is left out.
  std::vector<std::pair<std::string, std::string>> runners;
};

[[nodiscard]] const char* name_of(EntryStatus status);  ///< "", "DNS", "deferred".

/// The name to show in public: "Bib N" for a private runner, or where no name is known.
[[nodiscard]] std::string public_name(const Entrant& entrant, const Person& person);

}  // namespace hs::model
