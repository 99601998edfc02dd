#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "model/event.h"
#include "model/fact.h"

namespace hs::scoring {

/// What two runners with the same raw time at the line get.
enum class EqualTimes {
  Share,          ///< The same place.
  RecordedOrder,  ///< The order in which one device recorded them; two devices: the same place.
};

/// What follows for a runner when a referee says that there was help.
enum class Follows {
  Nothing,             ///< The result stands.
  Out,                 ///< Disqualified.
  OutIfMedicalAtHand,  ///< Disqualified where medical help was at hand; else the result stands.
  OutIfAdvantage,      ///< Disqualified where somebody gained by it; else the result stands.
  RefereeSays,         ///< The clause is not known here: a ruling of its own is needed.
};

/// What this program takes from one edition of a rule book. One row of the table in `rule_set.cc`.
struct RuleSetEntry {
  model::RuleSet rules;
  const char* edition;      ///< From which on it holds: a year; printed with every result.
  base::Rounding rounding;  ///< How the official time is made of the raw one.
  EqualTimes equal_times;
  bool places_by_gun;  ///< The book places by finish order from the gun.
  const char* clause;  ///< Where the book says so.
  /// Where the book penalises help by others, clauses apart by ", "; empty: it does, but the clause
  /// is not known here; null: it does not.
  const char* assistance;
  Follows helped;       ///< For whoever was helped.
  Follows helper;       ///< For a runner who helped.
  const char* checked;  ///< Against what this row was checked: a quotation, or the book.
};

/// The row in force in `edition`: the newest that is not newer; without an edition the newest of
/// all, and for one older than any row the oldest. Never fails: every enumerator has a row.
[[nodiscard]] const RuleSetEntry& rule_set(model::RuleSet rules, std::string_view edition = {});

/// The row under which a race is held.
[[nodiscard]] const RuleSetEntry& rule_set_of(const model::Race& race);

/// All rows, in the order of the enumeration, older editions first.
[[nodiscard]] std::span<const RuleSetEntry> all_rule_sets();

/// A rule set as people write it: "nfhs-xc", "nfhs-xc@2017".
struct RuleChoice {
  model::RuleSet rules = model::RuleSet::Open;
  std::string edition;  ///< Empty: the newest.
};
/// Errors: InvalidInput, naming what there is, for a rule book or edition that there is not.
[[nodiscard]] base::Result<RuleChoice> parse_rule_choice(std::string_view text);

/// "nfhs-xc 2017": the book, and the edition that is used.
[[nodiscard]] std::string rules_words(const RuleSetEntry& entry);

/// True where a ruling `assisted` takes the runner out under `entry`.
[[nodiscard]] bool takes_out(Follows follows, const model::RulingFact& assisted);

/// True where the clause of a ruling says that it is about help by others: it names a clause of
/// that book about that, or the word "assistance".
[[nodiscard]] bool names_assistance(const RuleSetEntry& entry, std::string_view clause);

/// How official times of `rules` are rounded; no edition changed it.
[[nodiscard]] base::Rounding rounding_of(model::RuleSet rules);

}  // namespace hs::scoring
