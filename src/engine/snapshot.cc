#include "engine/snapshot.h"

#include <algorithm>

namespace hs::engine {
namespace {

using MaybePlacing = std::optional<model::Placing>;

std::uint32_t packed(const MaybePlacing& placing) {
  return placing ? 2 * placing->place + (placing->shared ? 1 : 0) : 0;
}

MaybePlacing unpacked(std::uint32_t number) {
  if (number == 0) return std::nullopt;
  return model::Placing{number / 2, number % 2 == 1};
}

}  // namespace

PointOrder::PointOrder(std::vector<model::EntrantId> entrants,
                       const std::vector<model::Places>& places)
    : entrants_(std::move(entrants)) {
  HS_CHECK(entrants_.size() == places.size(), "places for each of an order");
  places_.reserve(places.size());
  for (const model::Places& one : places) {
    places_.push_back({packed(one.overall), packed(one.sex), packed(one.division)});
  }
  std::uint32_t highest = 0;
  for (const model::EntrantId id : entrants_) highest = std::max(highest, id.raw() + 1);
  row_of_.resize(highest);
  for (std::size_t i = 0; i < entrants_.size(); ++i) {
    row_of_[entrants_[i].raw()] = static_cast<std::uint32_t>(i + 1);
  }
}

std::optional<model::Places> PointOrder::places_of(model::EntrantId id) const {
  if (!has(id)) return std::nullopt;
  const Row& row = places_[row_of_[id.raw()] - 1];
  return model::Places{unpacked(row[0]), unpacked(row[1]), unpacked(row[2])};
}

}  // namespace hs::engine
