#include "scoring/standings.h"

#include <algorithm>
#include <array>

#include "base/check.h"

// Implementation notes: an order is one flat sorted vector. A blocked list or a tree would make an
// insertion cheaper than the 40 us a move of half a megabyte costs, and would make reading the
// whole order, which happens far more often, slower and the code twice as long.

namespace hs::scoring {
namespace {

std::array<std::optional<std::size_t>, 3> slots_of(const Member& member) {
  std::array<std::optional<std::size_t>, 3> out;
  out[0] = 0;
  if (member.sex) out[1] = 1 + static_cast<std::size_t>(*member.sex);
  if (member.division) out[2] = 4 + std::size_t{member.division->raw()};
  return out;
}

}  // namespace

RaceStandings::RaceStandings(std::size_t points, std::size_t divisions, EqualTimes equal_times)
    : points_(points), divisions_(divisions), equal_times_(equal_times) {
  orders_.resize(points_ * slots());
}

RaceStandings::Order& RaceStandings::at(std::size_t point, std::size_t slot) {
  return orders_[point * slots() + slot];
}

const RaceStandings::Order& RaceStandings::at(std::size_t point, std::size_t slot) const {
  return orders_[point * slots() + slot];
}

const Member* RaceStandings::find(model::EntrantId entrant) const {
  if (entrant.raw() >= members_.size() || !members_[entrant.raw()]) return nullptr;
  return &*members_[entrant.raw()];
}

void RaceStandings::rebuild(std::vector<Member> members) {
  for (Order& order : orders_) order.clear();
  members_.clear();
  std::uint32_t most = 0;
  for (const Member& member : members) most = std::max(most, member.id.raw() + 1);
  members_.resize(most);
  for (Member& member : members) {
    const std::uint32_t index = member.id.raw();
    members_[index] = std::move(member);
  }
  // Each point is sorted once; the lists of a sex or division are then filled in that order.
  for (std::size_t point = 0; point < points_; ++point) {
    Order& overall = at(point, 0);
    for (const auto& member : members_) {
      if (member && member->times[point]) overall.push_back({*member->times[point], member->id});
    }
    std::sort(overall.begin(), overall.end());
    for (const Key& key : overall) {
      const auto slots_here = slots_of(*members_[key.entrant.raw()]);
      if (slots_here[1]) at(point, *slots_here[1]).push_back(key);
      if (slots_here[2]) at(point, *slots_here[2]).push_back(key);
    }
  }
}

void RaceStandings::move(const Member& before, const Member& after, std::size_t point) {
  const auto old_slots = slots_of(before);
  const auto new_slots = slots_of(after);
  const auto& old_time = before.times[point];
  const auto& new_time = after.times[point];
  for (std::size_t i = 0; i < old_slots.size(); ++i) {
    if (old_slots[i] == new_slots[i] && old_time == new_time) continue;
    if (old_slots[i] && old_time) {
      Order& order = at(point, *old_slots[i]);
      const Key key{*old_time, before.id};
      const auto found = std::lower_bound(order.begin(), order.end(), key);
      HS_CHECK(found != order.end() && *found == key, "a runner is missing from their order");
      order.erase(found);
    }
    if (new_slots[i] && new_time) {
      Order& order = at(point, *new_slots[i]);
      const Key key{*new_time, after.id};
      order.insert(std::lower_bound(order.begin(), order.end(), key), key);
    }
  }
}

void RaceStandings::set(const Member& member) {
  HS_CHECK(member.times.size() == points_, "one time a point");
  if (member.id.raw() >= members_.size()) members_.resize(member.id.raw() + 1);
  auto& known = members_[member.id.raw()];
  if (!known) {
    known = Member{member.id, member.sex, member.division, {}};
    known->times.resize(points_);
  }
  for (std::size_t point = 0; point < points_; ++point) move(*known, member, point);
  known = member;
}

bool RaceStandings::comparable(std::span<const TieInfo> group) const {
  bool by_hand = true;
  for (const TieInfo& tie : group) {
    if (tie.at != group[0].at || tie.device != group[0].device) return false;
    by_hand = by_hand && tie.by_hand;
  }
  return by_hand || equal_times_ == EqualTimes::RecordedOrder;
}

std::optional<model::Placing> RaceStandings::place_in(const Order& order, const Key& key,
                                                      std::size_t point,
                                                      const TieSource& ties) const {
  const auto lo = std::lower_bound(order.begin(), order.end(), key.time,
                                   [](const Key& k, base::Duration t) { return k.time < t; });
  auto hi = lo;
  while (hi != order.end() && hi->time == key.time) ++hi;
  const auto ahead = static_cast<std::uint32_t>(lo - order.begin());
  if (hi - lo == 1) return model::Placing{ahead + 1, false};

  std::vector<TieInfo> group;
  std::size_t own = 0;
  for (auto it = lo; it != hi; ++it) {
    if (it->entrant == key.entrant) own = group.size();
    group.push_back(ties.tie(it->entrant, point));
  }
  // A declared dead heat counts as one arrival, at the first of its members.
  const auto arrival = [&](const TieInfo& tie) {
    std::uint64_t first = tie.position;
    for (const TieInfo& other : group) {
      if (tie.heat && other.heat == tie.heat) first = std::min(first, other.position);
    }
    return first;
  };
  const bool one_heat = std::all_of(group.begin(), group.end(), [&](const TieInfo& tie) {
    return tie.heat && tie.heat == group[0].heat;
  });
  if (one_heat || !comparable(group)) return model::Placing{ahead + 1, true};
  const std::uint64_t mine = arrival(group[own]);
  std::uint32_t before = 0;
  std::uint32_t same = 0;
  for (const TieInfo& tie : group) {
    if (arrival(tie) < mine) ++before;
    if (arrival(tie) == mine) ++same;
  }
  return model::Placing{ahead + before + 1, same > 1};
}

model::Places RaceStandings::places(model::EntrantId entrant, std::size_t point,
                                    const TieSource& ties) const {
  model::Places out;
  const Member* member = find(entrant);
  if (member == nullptr || !member->times[point]) return out;
  const Key key{*member->times[point], entrant};
  const auto slots_here = slots_of(*member);
  out.overall = place_in(at(point, 0), key, point, ties);
  if (slots_here[1]) out.sex = place_in(at(point, *slots_here[1]), key, point, ties);
  if (slots_here[2]) out.division = place_in(at(point, *slots_here[2]), key, point, ties);
  return out;
}

std::vector<model::Places> RaceStandings::all_places(std::size_t point,
                                                     const TieSource& ties) const {
  std::vector<model::Places> out(members_.size());
  for (std::size_t slot = 0; slot < slots(); ++slot) {
    const Order& keys = at(point, slot);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const bool alone = (i == 0 || keys[i - 1].time != keys[i].time) &&
                         (i + 1 == keys.size() || keys[i + 1].time != keys[i].time);
      const auto placing = alone ? model::Placing{static_cast<std::uint32_t>(i + 1), false}
                                 : place_in(keys, keys[i], point, ties);
      model::Places& places = out[keys[i].entrant.raw()];
      (slot == 0 ? places.overall : slot < 4 ? places.sex : places.division) = placing;
    }
  }
  return out;
}

std::vector<model::EntrantId> RaceStandings::order(std::size_t point, const TieSource& ties) const {
  const Order& keys = at(point, 0);
  std::vector<model::EntrantId> out;
  out.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size();) {
    std::size_t end = i + 1;
    while (end < keys.size() && keys[end].time == keys[i].time) ++end;
    std::vector<std::pair<std::uint32_t, model::EntrantId>> group;
    for (std::size_t k = i; k < end; ++k) {
      const auto placing = end - i == 1 ? std::optional<model::Placing>(model::Placing{})
                                        : place_in(keys, keys[k], point, ties);
      group.emplace_back(placing->place, keys[k].entrant);
    }
    std::sort(group.begin(), group.end());
    for (const auto& [place, id] : group) out.push_back(id);
    i = end;
  }
  return out;
}

std::vector<std::vector<model::EntrantId>> RaceStandings::shared_instants(
    std::size_t point, const TieSource& ties) const {
  std::vector<std::vector<model::EntrantId>> out;
  const Order& keys = at(point, 0);
  for (std::size_t i = 0; i < keys.size();) {
    std::size_t end = i + 1;
    while (end < keys.size() && keys[end].time == keys[i].time) ++end;
    std::vector<TieInfo> group;
    std::vector<model::EntrantId> ids;
    for (std::size_t k = i; end - i > 1 && k < end; ++k) {
      group.push_back(ties.tie(keys[k].entrant, point));
      ids.push_back(keys[k].entrant);
    }
    const bool one_instant =
        !group.empty() && std::all_of(group.begin(), group.end(), [&](const TieInfo& tie) {
          return tie.at == group[0].at && !tie.heat;
        });
    if (one_instant && (equal_times_ == EqualTimes::RecordedOrder || comparable(group))) {
      out.push_back(std::move(ids));
    }
    i = end;
  }
  return out;
}

}  // namespace hs::scoring
