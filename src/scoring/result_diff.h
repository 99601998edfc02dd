#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/result.h"

namespace hs::scoring {

/// What is different about one runner in two lists of a race.
struct ResultChange {
  std::optional<model::EntrantId> before;  ///< In the first list; absent: not in it.
  std::optional<model::EntrantId> after;   ///< In the second.
  /// Only places differ: others came before them, or are no longer there.
  bool is_place_only = false;
};

/// Who stands otherwise in the second list, by their place in it, then by bib. Compared is all that
/// `race_hash` covers. A race that is in only one of them counts as empty in the other.
/// Cost: O(n log n).
[[nodiscard]] std::vector<ResultChange> changes_between(const model::EventResults& first,
                                                        const model::EventResults& second,
                                                        std::string_view race);

/// Who wins a prize, in two lists.
struct AwardChange {
  const model::AwardWinners* before = nullptr;  ///< Null: the award is not in the first list.
  const model::AwardWinners* after = nullptr;
};

/// Awards of a race with other winners, or other places of them; as the race names them.
[[nodiscard]] std::vector<AwardChange> award_changes(const model::EventResults& first,
                                                     const model::EventResults& second,
                                                     std::string_view race);

}  // namespace hs::scoring
