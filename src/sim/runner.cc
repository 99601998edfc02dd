#include "sim/runner.h"

#include <algorithm>

namespace hs::sim {

void add_trouble(std::vector<Trouble>& troubles, Trouble trouble) {
  const auto at = std::lower_bound(troubles.begin(), troubles.end(), trouble);
  if (at == troubles.end() || *at != trouble) troubles.insert(at, trouble);
}

bool has_trouble(const std::vector<Trouble>& troubles, Trouble trouble) {
  return std::binary_search(troubles.begin(), troubles.end(), trouble);
}

namespace {

/// The crossing within one piece of the way, if it goes forward over `along`.
std::optional<base::RaceTime> crossing_between(const Knot& from, const Knot& to,
                                               base::Distance along) {
  if (!(from.along < along && along <= to.along)) return std::nullopt;
  const std::int64_t whole = (to.along - from.along).in_millimetres();
  const std::int64_t part = (along - from.along).in_millimetres();
  return from.at + (to.at - from.at) * part / whole;
}

}  // namespace

std::optional<base::RaceTime> first_crossing(const Way& way, base::Distance along) {
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    if (auto at = crossing_between(way[i], way[i + 1], along)) return at;
  }
  return std::nullopt;
}

std::optional<base::RaceTime> last_crossing(const Way& way, base::Distance along) {
  for (std::size_t i = way.size(); i >= 2; --i) {
    if (auto at = crossing_between(way[i - 2], way[i - 1], along)) return at;
  }
  return std::nullopt;
}

}  // namespace hs::sim
