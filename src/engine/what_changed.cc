#include "engine/what_changed.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace hs::engine {
namespace {

using model::Change;
using model::ChangeKind;
using model::Split;

struct Sides {
  const model::RunnerResult& before;
  const model::RunnerResult& after;
};

bool is_same(const Split& a, const Split& b) {
  const auto at = [](const Split& split) {
    return split.passing ? std::optional(split.passing->at) : std::nullopt;
  };
  return at(a) == at(b) && a.net == b.net && a.gun == b.gun;
}

/// The orders at a point in which the runner stood or stands.
std::vector<std::string> orders_at(const model::Race& race, const model::Entrant& entrant,
                                   const Sides& sides, const std::string& point) {
  const std::string all = race.id + "/" + point;
  std::vector<std::string> orders = {all};
  if (entrant.sex) orders.push_back(all + "/" + model::name_of(*entrant.sex));
  const auto add = [&](const std::optional<model::DivisionId>& division) {
    if (!division) return;
    // A division may be called as a sex is.
    std::string order = all + "/" + race.divisions[division->raw()].id;
    if (std::find(orders.begin(), orders.end(), order) == orders.end()) {
      orders.push_back(std::move(order));
    }
  };
  add(sides.after.division);
  if (sides.before.division != sides.after.division) add(sides.before.division);
  return orders;
}

Change change_of(const model::Race& race, const model::Entrant& entrant, ChangeKind kind) {
  Change change;
  change.race = race.id;
  change.bib = entrant.bib;
  change.kind = kind;
  return change;
}

}  // namespace

std::vector<Change> what_changed(const model::Race& race, const model::Entrant& entrant,
                                 const model::RunnerResult& before,
                                 const model::RunnerResult& after) {
  HS_CHECK(before.race == after.race, "results of two races");
  const Sides sides{before, after};
  const Split none;
  std::vector<Change> changes;
  for (std::size_t p = 0; p < race.points.size(); ++p) {
    const Split& old = p < before.splits.size() ? before.splits[p] : none;
    const Split& now = p < after.splits.size() ? after.splits[p] : none;
    if (is_same(old, now)) continue;
    Change change = change_of(race, entrant, ChangeKind::Split);
    change.orders = orders_at(race, entrant, sides, race.points[p].id);
    changes.push_back(std::move(change));
  }
  const auto at_finish = [&](ChangeKind kind) {
    Change change = change_of(race, entrant, kind);
    change.orders = orders_at(race, entrant, sides, race.points.back().id);
    changes.push_back(std::move(change));
  };
  const bool other_result = before.ranking != after.ranking || before.official != after.official ||
                            before.division != after.division;
  if (other_result) at_finish(ChangeKind::Result);
  if (before.status != after.status || before.clause != after.clause) at_finish(ChangeKind::Status);
  return changes;
}

}  // namespace hs::engine
