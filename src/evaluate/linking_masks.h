#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "evaluate/figures.h"
#include "history/comparison.h"
#include "history/linker.h"

namespace hs::evaluate {

/// How a name of one person differs from one race to the next.
enum class NameChange : std::uint8_t {
  None,
  MiddleGone,
  MiddleAdded,
  MiddleOther,
  Nickname,
  Initial,
  FirstTypo,
  FirstOther,  ///< The middle name instead, or another.
  LastTypo,
  LastDouble,  ///< A part more or less.
  LastOther,   ///< A married name.
};
inline constexpr std::size_t kNameChanges = static_cast<std::size_t>(NameChange::LastOther) + 1;
[[nodiscard]] const char* name_of(NameChange change);

/// How often each was seen.
using ChangeCounts = std::array<std::size_t, kNameChanges>;

/// What differs between the names of two results, the gravest where more than one does. `earlier`
/// is the result of the earlier race.
[[nodiscard]] NameChange change_between(const history::Roll& roll, const history::Record& earlier,
                                        const history::Record& later);

/// A record with its name changed in this way; nothing where the name allows no such
/// change.
[[nodiscard]] std::optional<history::Record> masked(history::Roll& roll,
                                                    const history::Record& record,
                                                    NameChange change, Random& random);

}  // namespace hs::evaluate
