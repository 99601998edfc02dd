#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "history/roll.h"

namespace hs::history {

/// Which road led to a pair.
enum class Road : std::uint8_t {
  Name,       ///< Names that sound alike, in any order and at any age.
  LastState,  ///< The last name, or a part of it, in one state (or country) at one age.
  FirstCity,  ///< The first name in one city at one age: a married name.
};

struct CandidateOptions {
  /// Look at one in so many groups, chosen by their key; 1 looks at all.
  std::uint32_t one_in = 1;
  /// Where it is not empty: only pairs with a fresh one.
  const std::vector<bool>* fresh = nullptr;
};

/// Calls `visit` with pairs of results that may be one person's: of different races, the lower
/// number first. A pair may come again on another road.
///
/// Order: the same for the same roll.
/// Cost:  near linear. Large groups are looked through by age, and then by city; who has more than
///        some sixty others of his age, name and city around him is not looked at further: nothing
///        in a result tells them apart.
void visit_candidates(const Roll& roll, const CandidateOptions& options,
                      const std::function<void(std::uint32_t, std::uint32_t, Road)>& visit);

}  // namespace hs::history
