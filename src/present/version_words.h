#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/fact.h"
#include "model/result.h"
#include "present/json_out.h"
#include "scoring/list_state.h"

namespace hs::present {

/// "provisional", "provisional, changed since version 2 of 14:10:00", "published, version 2 of
/// 14:10:00, protests until 15:00:00", "official, version 3 of 15:10:00".
[[nodiscard]] std::string list_state_words(const model::Event& event,
                                           const scoring::ListState& state);

/// What the lists beside it are, a line a race: "half: published, version 2 of 14:10:00", and below
/// what was decided about the race. For readers of `results.csv`, which has no room for it.
[[nodiscard]] std::string list_states_text(const model::EventResults& results);

/// Two lists of a race: results, the fact up to which each is computed, and all that people said up
/// to the later one, in log order.
struct TwoLists {
  const model::EventResults& before;
  const model::EventResults& after;
  model::FactSeq before_seq;
  model::FactSeq after_seq;
  std::span<const model::Fact> said;
};

/// The difference between two versions of a race, a line each: who stands otherwise and how, with
/// the facts behind it indented below; then who only moved up or down because of them; then awards.
/// Empty where nothing differs. For officials: with names and reasons.
[[nodiscard]] std::vector<std::string> version_changes(const TwoLists& lists,
                                                       const std::string& race);

/// The same as a JSON array of {"bib","before","after","facts":[{"seq","kind","words"}],"reads"}.
[[nodiscard]] std::string version_changes_json(const TwoLists& lists, const std::string& race);

/// The same for a page, as members of an object that is open: "items", as above but for those who
/// only moved, with "who"; "moved" in a line, absent where nobody did; "awards", a line each.
void write_version_changes(JsonOut& out, const TwoLists& lists, const std::string& race);

/// Who would stand otherwise under another rule set, a line each, with the clause that makes it so.
/// `before` is held under the race's own rules, `after` under the others.
[[nodiscard]] std::vector<std::string> rules_comparison(const model::EventResults& before,
                                                        const model::EventResults& after,
                                                        const std::string& race);

/// Runners of a race without a sex or without an age, who are in no list by them: a line each sort;
/// empty where nobody is.
[[nodiscard]] std::vector<std::string> gaps_of(const model::EventResults& results,
                                               model::RaceId race);

}  // namespace hs::present
