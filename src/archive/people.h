#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "model/own_time.h"
#include "model/published.h"

// People of the archive: results of several races that linking holds for one person's, what people
// said of their own results, and who asked to be forgotten. docs/linking.md says how a link comes
// to be; this is only how it is kept.

namespace hs::archive {

/// A person of an archive. A number stays with its person while other races come in; of two people
/// who turn out to be one, the lower number stays.
using PersonId = base::Id<struct PersonIdTag>;

/// One result of an archive: the number of its race * 2^32 + its index in the race.
class ResultId : public base::Id<struct ResultIdTag, std::uint64_t> {
 public:
  using Id::Id;
  ResultId(std::uint32_t race, std::uint32_t index)
      : Id((std::uint64_t{race} << 32U) | std::uint64_t{index}) {}
  /// The race's number, as in `RaceEntry`.
  [[nodiscard]] std::uint32_t race() const { return static_cast<std::uint32_t>(raw() >> 32U); }
  [[nodiscard]] std::uint32_t index() const { return static_cast<std::uint32_t>(raw()); }
};

/// How sure it is that a result belongs to a person's others, 0 to 1 in steps of a millionth.
class Probability {
 public:
  static constexpr std::int64_t kOne = 1'000'000;
  constexpr Probability() = default;
  constexpr explicit Probability(std::int64_t millionths) : millionths_(millionths) {}
  [[nodiscard]] constexpr std::int64_t millionths() const { return millionths_; }
  friend constexpr auto operator<=>(const Probability&, const Probability&) = default;

 private:
  std::int64_t millionths_ = kOne;
};

/// A result of one person.
struct PersonResult {
  ResultId id;
  Probability probability;  ///< One for the only result, and for what the person said.
  /// The race with all it says of itself, and of its results this one alone: `race.results[0]`.
  model::PublishedRace race;
};

/// A person and every result that is linked to them.
struct Person {
  PersonId id;
  std::string name;  ///< As in the latest race; empty where no file names them, or by their wish.
  std::vector<PersonResult> results;  ///< By date, then race; one a race. Never empty.
};

/// Somebody whom a search found.
struct PersonHit {
  PersonId id;
  std::string name;   ///< As in the latest race.
  std::string place;  ///< City, state and country as in the latest race, by commas.
  std::uint32_t results = 0;
  base::Date first;  ///< The dates of the first and the last race.
  base::Date last;
};

/// What a result says of its runner. The texts hold for the call that hands it out.
struct NamedResult {
  ResultId id;
  std::string_view name;  ///< As published; or first and last name apart.
  std::string_view first_name;
  std::string_view last_name;
  std::string_view bib;
  std::string_view city;
  std::string_view state;
  std::string_view country;
  std::string_view club;
  std::optional<model::Sex> sex;
  std::optional<std::uint16_t> age;

  [[nodiscard]] bool has_name() const { return !name.empty() || !last_name.empty(); }
};

/// How a result ended: what `NamedResult` leaves out.
struct TimedResult {
  ResultId id;
  model::RunnerStatus status = model::RunnerStatus::Finished;
  bool on_foot = true;                 ///< And not in a field apart.
  std::optional<model::OwnTime> time;  ///< Of whoever finished.
  std::optional<std::uint32_t> place;
  std::optional<model::Sex> sex;
  std::optional<std::uint16_t> age;
};

/// A result and whose it is.
struct Link {
  ResultId result;
  PersonId person;
  Probability probability;
};

/// Two results that may be one person's and stay apart.
struct Doubt {
  ResultId a;
  ResultId b;
  Probability probability;
};

/// A race as linking keeps it, so that it need not be folded again. The bytes hold for the call
/// that hands it out, or takes it in.
struct Fold {
  std::uint32_t race = 0;
  std::uint32_t edition =
      0;  ///< Of the rules by which it was folded; under others it is worthless.
  std::string_view records;
};

/// A person as a list shows them.
struct PersonEntry {
  PersonHit shown;
  std::string names;  ///< Every spelling, by line feeds: what a search looks through.
};

/// What linking found out since the archive was last asked.
struct LinkChange {
  std::vector<Link> links;  ///< New or other than before.
  /// Hands out who is new or other than before, one by one: of millions, only one is in memory.
  std::function<std::optional<PersonEntry>()> next_person;
  std::vector<PersonId> gone;  ///< Who has no results any more.
  std::vector<Doubt> doubts;
  bool is_everything = false;        ///< All that was linked before goes first.
  std::optional<std::string> model;  ///< What linking has learned, where it has learned anew.
  std::vector<Fold> folds;           ///< Of races that had none.
};

/// A result as people name it: its race's id and its bib; "#12" is the result on line 12 of the
/// file, for races without bibs.
struct ResultName {
  std::string race;
  std::string bib;
};

/// What somebody said of two results: they are one person's, or two people's.
struct PersonWord {
  bool is_same = true;
  ResultName a;
  ResultName b;
  std::string by;
  std::string at;  ///< When, RFC 3339.
};

}  // namespace hs::archive
