#pragma once

#include <span>
#include <string_view>

#include "base/time.h"
#include "model/event.h"

namespace hs::scoring {

/// What two runners with the same raw time at the line get.
enum class EqualTimes {
  Share,          ///< The same place.
  RecordedOrder,  ///< The order in which one device recorded them; two devices: the same place.
};

/// What this program takes from one rule book. One row of the table in `rule_set.cc`.
struct RuleSetEntry {
  model::RuleSet rules;
  const char* edition;      ///< The edition used; printed with every result.
  base::Rounding rounding;  ///< How the official time is made of the raw one.
  EqualTimes equal_times;
  bool places_by_gun;  ///< The book places by finish order from the gun.
  const char* clause;  ///< Where the book says so.
  /// Where the book penalises help by others, clauses apart by ", "; empty: it does, but the clause
  /// is not known here; null: it does not.
  const char* assistance;
  const char* checked;  ///< Against what this row was checked: a quotation, or the book.
};

/// The row of `rules`. Never fails: every enumerator has one.
[[nodiscard]] const RuleSetEntry& rule_set(model::RuleSet rules);

/// All rows, in the order of the enumeration.
[[nodiscard]] std::span<const RuleSetEntry> all_rule_sets();

/// True where the clause of a ruling says that it is about help by others: it names a clause of
/// `rules` about that, or the word "assistance".
[[nodiscard]] bool names_assistance(model::RuleSet rules, std::string_view clause);

/// How official times of `rules` are rounded.
[[nodiscard]] base::Rounding rounding_of(model::RuleSet rules);

}  // namespace hs::scoring
