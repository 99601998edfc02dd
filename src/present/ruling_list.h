#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/fact.h"
#include "present/decisions.h"

namespace hs::present {

/// The facts that an undo took back, where that undo was not itself taken back, each with the first
/// undo of it that holds. `facts` is in log order.
[[nodiscard]] std::map<model::FactSeq, model::FactSeq> undone_by(
    std::span<const model::Fact> facts);

/// What a ruling says something about that only one ruling can say, as a word; empty where rulings
/// of its kind add up.
[[nodiscard]] std::string subject_of(const model::RulingFact& ruling, const model::Race& race);

/// True of two legs of a relay that were not finished: the one says nothing of the other.
[[nodiscard]] bool are_of_two_legs(const model::RulingFact& a, const model::RulingFact& b);

/// A ruling about a runner or a race, a race that was called off or closed: as a list of all has
/// it.
struct ListedRuling {
  const model::Fact* fact = nullptr;  ///< In the facts that were given.
  Decision::State state = Decision::State::Holds;
  /// The fact that took it back, or that says otherwise since; set unless it holds.
  std::optional<model::FactSeq> since;
};

/// All rulings of the log, in its order. One is moot where a later one that holds says something
/// else about the same thing of the same runner, whatever bib and race a move or a merge gave them
/// since, or about the same race. `facts` is in log order.
/// Cost: O(n log n).
[[nodiscard]] std::vector<ListedRuling> all_rulings(const model::Event& event,
                                                    std::span<const model::Fact> facts);

[[nodiscard]] const char* name_of(Decision::State state);  ///< "holds", "taken-back", "moot".

}  // namespace hs::present
