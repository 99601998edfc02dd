#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "model/fact.h"
#include "model/result.h"

namespace hs::present {

/// One thing a person decided, in words, and whether it still holds.
struct Decision {
  enum class State : std::uint8_t {
    Holds,
    TakenBack,  ///< An undo that itself holds took it back.
    Moot,       ///< A later one says otherwise about the same thing.
  };
  model::FactSeq seq;
  State state = State::Holds;
  std::string kind;   ///< "penalty", "gun" ...
  std::string words;  ///< Whole, with reason and author: officials only.
};

/// A ruling about a race in words, without reason and author.
[[nodiscard]] std::string race_ruling_words(const model::Event& event,
                                            const model::RaceRulingFact& ruling);

/// What people decided that bears on one entry: its rulings, also under other names that rulings
/// made its own, hand reads and undos of these, the guns of its wave, and the rulings about its
/// race and its close. Order: as in the log. `facts` is in log order.
[[nodiscard]] std::vector<Decision> decisions_about(const model::EventResults& results,
                                                    model::EntrantId entrant,
                                                    std::span<const model::Fact> facts);

}  // namespace hs::present
