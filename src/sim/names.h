#pragma once

#include <string>

#include "sim/random.h"

namespace hs::sim {

/// A person's name. Invented: made of listed given names and of family names put together from
/// syllables, so that nobody real is meant.
struct PersonName {
  std::string first;
  std::string last;
};

[[nodiscard]] PersonName draw_name(bool female, Random& random);

/// How many names `strange_name` has.
[[nodiscard]] std::size_t strange_name_count();

/// A name that breaks careless programs: other scripts, right to left, emoji, 200 characters, the
/// look of a spreadsheet formula, quotes and separators. `index` below `strange_name_count()`.
[[nodiscard]] PersonName strange_name(std::size_t index);

[[nodiscard]] std::string draw_club(Random& random);
[[nodiscard]] std::string draw_city(Random& random);

}  // namespace hs::sim
