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

std::size_t RaceStandings::end_of_group(const Order& order, std::size_t first) {
  std::size_t end = first;
  while (end < order.size() && order[end].time == order[first].time) ++end;
  return end;
}

void RaceStandings::place_group(const Order& order, std::size_t first, std::size_t end,
                                std::size_t point, const TieSource& ties,
                                std::vector<model::Placing>& out) const {
  const auto ahead = static_cast<std::uint32_t>(first);
  out.assign(end - first, model::Placing{ahead + 1, false});
  if (out.size() == 1) return;
  std::vector<TieInfo> group;
  for (std::size_t k = first; k < end; ++k) group.push_back(ties.tie(order[k].entrant, point));
  const bool one_heat = std::all_of(group.begin(), group.end(), [&](const TieInfo& tie) {
    return tie.heat && tie.heat == group[0].heat;
  });
  if (one_heat || !comparable(group)) {
    out.assign(group.size(), model::Placing{ahead + 1, true});
    return;
  }
  // A declared dead heat counts as one arrival, at the first of its members.
  std::vector<std::uint64_t> arrivals;
  for (const TieInfo& tie : group) {
    std::uint64_t arrival = tie.position;
    for (const TieInfo& other : group) {
      if (!tie.heat) break;
      if (other.heat == tie.heat) arrival = std::min(arrival, other.position);
    }
    arrivals.push_back(arrival);
  }
  std::vector<std::uint64_t> sorted = arrivals;
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    const auto [from, to] = std::equal_range(sorted.begin(), sorted.end(), arrivals[i]);
    const auto before = static_cast<std::uint32_t>(from - sorted.begin());
    out[i] = {ahead + before + 1, to - from > 1};
  }
}

std::optional<model::Placing> RaceStandings::place_in(const Order& order, const Key& key,
                                                      std::size_t point,
                                                      const TieSource& ties) const {
  const auto lo = std::lower_bound(order.begin(), order.end(), key.time,
                                   [](const Key& k, base::Duration t) { return k.time < t; });
  const auto first = static_cast<std::size_t>(lo - order.begin());
  const std::size_t end = end_of_group(order, first);
  std::vector<model::Placing> placings;
  place_group(order, first, end, point, ties, placings);
  std::size_t own = 0;
  for (std::size_t k = first; k < end; ++k) {
    if (order[k].entrant == key.entrant) own = k - first;
  }
  return placings[own];
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
  std::vector<model::Placing> placings;
  for (std::size_t slot = 0; slot < slots(); ++slot) {
    const Order& keys = at(point, slot);
    for (std::size_t first = 0; first < keys.size();) {
      const std::size_t end = end_of_group(keys, first);
      place_group(keys, first, end, point, ties, placings);
      for (std::size_t k = first; k < end; ++k) {
        const std::size_t r = row_of_[keys[k].entrant.raw()] - 1;
        const auto& lists = rows_[r].slots;
        const std::array wanted = {&out[r].overall, &out[r].sex, &out[r].division};
        for (std::size_t list = 0; list < wanted.size(); ++list) {
          if (lists[list] == slot) *wanted[list] = placings[k - first];
        }
      }
      first = end;
    }
  }
  return out;
}

std::vector<model::EntrantId> RaceStandings::order(std::size_t point, const TieSource& ties) const {
  const Order& keys = at(point, 0);
  std::vector<model::EntrantId> out;
  out.reserve(keys.size());
  std::vector<model::Placing> placings;
  for (std::size_t first = 0; first < keys.size();) {
    const std::size_t end = end_of_group(keys, first);
    if (end - first == 1) {
      out.push_back(keys[first++].entrant);
      continue;
    }
    place_group(keys, first, end, point, ties, placings);
    std::vector<std::pair<std::uint32_t, model::EntrantId>> group;
    for (std::size_t k = first; k < end; ++k) {
      group.emplace_back(placings[k - first].place, keys[k].entrant);
    }
    std::sort(group.begin(), group.end());
    for (const auto& [place, id] : group) out.push_back(id);
    first = end;
  }
  return out;
}

std::vector<std::vector<model::EntrantId>> RaceStandings::shared_instants(
    std::size_t point, const TieSource& ties) const {
  std::vector<std::vector<model::EntrantId>> out;
  const Order& keys = at(point, 0);
  for (std::size_t i = 0; i < keys.size();) {
    const std::size_t end = end_of_group(keys, i);
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
