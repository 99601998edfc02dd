#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "model/result.h"

namespace hs::scoring {

/// What sort of list the results of a race are.
struct ListState {
  enum class Kind : std::uint8_t { Provisional, Published, Official };
  Kind kind = Kind::Provisional;
  std::uint32_t version = 0;                    ///< The last one that went out; 0: none yet.
  std::optional<base::RaceTime> at;             ///< When it did.
  std::optional<base::RaceTime> protest_until;  ///< Only while it is not official.
};

/// Whether the results of a race are the last version that went out, by the hash that it keeps.
/// Cost: O(runners) where a version went out.
[[nodiscard]] ListState list_state(const model::EventResults& results, model::RaceId race);

/// The same of each race.
[[nodiscard]] std::vector<ListState> list_states(const model::EventResults& results);

[[nodiscard]] const char* name_of(ListState::Kind kind);  ///< "provisional", "published" ...

}  // namespace hs::scoring
