#include "engine/snapshot.h"

#include <algorithm>

namespace hs::engine {

PointOrder::PointOrder(std::vector<model::EntrantId> entrants, std::vector<model::Places> places)
    : entrants_(std::move(entrants)), places_(std::move(places)) {
  HS_CHECK(entrants_.size() == places_.size(), "places for each of an order");
  std::uint32_t highest = 0;
  for (const model::EntrantId id : entrants_) highest = std::max(highest, id.raw() + 1);
  row_of_.resize(highest);
  for (std::size_t i = 0; i < entrants_.size(); ++i) {
    row_of_[entrants_[i].raw()] = static_cast<std::uint32_t>(i + 1);
  }
}

}  // namespace hs::engine
