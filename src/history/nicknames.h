#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/event.h"

namespace hs::history {

/// One name for all that are called alike: "bill" gives "william", as "william" itself does. Where
/// a name may stand for several ("chris"), the sex decides and then the order of the table, so that
/// spellings of one name meet ("katherine" gives "catherine"). A name that nobody knows gives
/// itself.
///
/// Shape: `first` folded (`base::fold_words`), one word.
[[nodiscard]] std::string_view formal_name(std::string_view first, std::optional<model::Sex> sex);

/// True where both may be called by one formal name, whatever the sex: "bill" and "willie", "chris"
/// and "christine". Not for a name and itself where the table has neither.
[[nodiscard]] bool are_nicknames(std::string_view a, std::string_view b);

/// Every other name of the table for which `are_nicknames` holds, by the alphabet.
[[nodiscard]] std::vector<std::string_view> nicknames_of(std::string_view name);

}  // namespace hs::history
