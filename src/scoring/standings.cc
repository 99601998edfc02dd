#include "scoring/standings.h"

#include <algorithm>

#include "base/check.h"

// Implementation notes: an order is one flat sorted vector. A blocked list or a tree would make an
// insertion cheaper than the 40 us a move of half a megabyte costs, and would make reading the
// whole order, which happens far more often, slower and the code twice as long.

namespace hs::scoring {

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

std::optional<std::size_t> RaceStandings::row_of(model::EntrantId entrant) const {
  if (entrant.raw() >= row_of_.size() || row_of_[entrant.raw()] == 0) return std::nullopt;
  return row_of_[entrant.raw()] - 1;
}

RaceStandings::Row RaceStandings::row_for(const Member& member) {
  Row row{member.id, {}};
  row.slots[0] = 0;
  if (member.sex) row.slots[1] = static_cast<std::uint16_t>(1 + static_cast<int>(*member.sex));
  if (member.division) row.slots[2] = static_cast<std::uint16_t>(4 + member.division->raw());
  return row;
}

std::size_t RaceStandings::add_row(const Row& row, Times times) {
  if (row.id.raw() >= row_of_.size()) row_of_.resize(std::size_t{row.id.raw()} + 1);
  rows_.push_back(row);
  times_.insert(times_.end(), times.begin(), times.end());
  row_of_[row.id.raw()] = static_cast<std::uint32_t>(rows_.size());
  return rows_.size() - 1;
}

void RaceStandings::clear(std::size_t members) {
  for (Order& order : orders_) order.clear();
  rows_.clear();
  times_.clear();
  row_of_.clear();
  rows_.reserve(members);
  times_.reserve(members * points_);
}

void RaceStandings::load(const Member& member) {
  HS_CHECK(member.times.size() == points_, "one time a point");
  HS_CHECK(rows_.empty() || rows_.back().id < member.id, "members are loaded in rising id");
  (void)add_row(row_for(member), member.times);
}

void RaceStandings::sort() {
  std::vector<Key> scratch;
  // Each point is sorted once; the lists of a sex or division are then filled in that order.
  for (std::size_t point = 0; point < points_; ++point) {
    Order& overall = at(point, 0);
    overall.reserve(rows_.size());
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (const auto& time = times_[r * points_ + point]) overall.push_back({*time, rows_[r].id});
    }
    sort_by_time(overall, scratch);
    for (const Key& key : overall) {
      const Row& row = rows_[row_of_[key.entrant.raw()] - 1];
      if (row.slots[1]) at(point, *row.slots[1]).push_back(key);
      if (row.slots[2]) at(point, *row.slots[2]).push_back(key);
    }
  }
}

void RaceStandings::move(const Row& before, const std::optional<base::Duration>& old_time,
                         const Row& after, const std::optional<base::Duration>& new_time,
                         std::size_t point) {
  for (std::size_t i = 0; i < before.slots.size(); ++i) {
    const auto& from = before.slots[i];
    const auto& to = after.slots[i];
    if (from == to && old_time == new_time) continue;
    if (from && old_time) {
      Order& order = at(point, *from);
      const Key key{*old_time, before.id};
      const auto found = std::lower_bound(order.begin(), order.end(), key);
      HS_CHECK(found != order.end() && *found == key, "a runner is missing from their order");
      order.erase(found);
    }
    if (to && new_time) {
      Order& order = at(point, *to);
      const Key key{*new_time, after.id};
      order.insert(std::lower_bound(order.begin(), order.end(), key), key);
    }
  }
}

void RaceStandings::set(const Member& member) {
  HS_CHECK(member.times.size() == points_, "one time a point");
  const Row row = row_for(member);
  auto known = row_of(member.id);
  if (!known) known = add_row(row, std::vector<std::optional<base::Duration>>(points_));
  for (std::size_t point = 0; point < points_; ++point) {
    auto& time = times_[*known * points_ + point];
    move(rows_[*known], time, row, member.times[point], point);
    time = member.times[point];
  }
  rows_[*known] = row;
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
  const auto row = row_of(entrant);
  if (!row || !times_[*row * points_ + point]) return out;
  const Key key{*times_[*row * points_ + point], entrant};
  const auto& lists = rows_[*row].slots;
  out.overall = place_in(at(point, 0), key, point, ties);
  if (lists[1]) out.sex = place_in(at(point, *lists[1]), key, point, ties);
  if (lists[2]) out.division = place_in(at(point, *lists[2]), key, point, ties);
  return out;
}

std::vector<model::Places> RaceStandings::all_places(std::size_t point,
                                                     const TieSource& ties) const {
  std::vector<model::Places> out(rows_.size());
  const Order& keys = at(point, 0);
  // Whoever is alone at a time overall is alone in every list, and there the next in turn.
  std::vector<std::uint32_t> reached(slots(), 0);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool alone = (i == 0 || keys[i - 1].time != keys[i].time) &&
                       (i + 1 == keys.size() || keys[i + 1].time != keys[i].time);
    const std::size_t r = row_of_[keys[i].entrant.raw()] - 1;
    const auto& lists = rows_[r].slots;
    const std::array<std::optional<model::Placing>*, 3> placings = {&out[r].overall, &out[r].sex,
                                                                    &out[r].division};
    for (std::size_t list = 0; list < placings.size(); ++list) {
      if (!lists[list]) continue;
      const std::uint32_t place = ++reached[*lists[list]];
      *placings[list] = alone ? model::Placing{place, false}
                              : place_in(at(point, *lists[list]), keys[i], point, ties);
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
