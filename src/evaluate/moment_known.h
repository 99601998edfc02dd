#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/moment.h"
#include "model/result.h"

namespace hs::evaluate {

/// Something that a person knows to have happened and that should be found.
struct Expected {
  enum class Among { Stories, Shelf };
  std::vector<std::string> bibs;  ///< As written, one or more.
  std::string kind;               ///< Empty: whichever.
  Among among = Among::Stories;
  std::size_t first = 50;  ///< Among so many of them.
  int line = 0;            ///< In the file.
};

/// Reads a list of known moments: a table (any dialect) with the columns `bibs` (several with `;`
/// between) and, in any order, `kind` and `within`: "story-1", "story-50", "shelf-15"; left blank
/// it is story-50.
///
/// Errors: InvalidInput with file, line and column for another column, a kind or a `within` that
///         is none, a row without bibs.
[[nodiscard]] base::Result<std::vector<Expected>> read_expected(std::string_view bytes,
                                                                const std::string& file);

/// Where a known moment was found.
struct KnownMoment {
  Expected expected;
  bool is_entered = true;               ///< All its bibs are in the race.
  std::optional<std::size_t> by_score;  ///< From 1, in the order of `moments::find_moments`.
  std::optional<std::size_t> in_story;  ///< From 1, as a story tells them.
  std::string kind;                     ///< Of what was found.
  std::optional<std::size_t> on_shelf;  ///< From 1, by minutes, of the best of its shelves.
  std::string shelf;                    ///< The kind that shelf is of.
  [[nodiscard]] bool is_met() const;
};

/// `found`: the moments of the race as `moments_of` gives them. A moment is the known one if it is
/// about all of its bibs. A shelf holds the largest of one kind by minutes, told or not
/// (moments/shelf.h), or what was told and has minutes to be ordered by.
///
/// Cost: O(known x moments) and the candidates of the race once.
[[nodiscard]] std::vector<KnownMoment> find_known(std::span<const Expected> expected,
                                                  std::span<const model::Moment> found,
                                                  const model::EventResults& results,
                                                  model::RaceId race);

}  // namespace hs::evaluate
