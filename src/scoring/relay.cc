#include "scoring/relay.h"

#include <algorithm>
#include <numeric>
#include <optional>

// Implementation notes: the order in which runners ran is searched from the one in which they were
// heard last, by exchanging two at a time as long as that explains more points; a team has a
// handful of legs, and the search begins only where somebody of every leg was heard and a leg still
// has no end.

namespace hs::scoring {
namespace {

using base::Duration;
using base::RaceTime;
using Order = std::vector<std::uint16_t>;

bool has_mass_start(const Course& course) {
  return std::any_of(course.points.begin(), course.points.end(),
                     [](const CoursePoint& point) { return point.mass_start.has_value(); });
}

bool runners_have_chips(const FoldWork& work) {
  return std::any_of(work.sightings.begin(), work.sightings.end(),
                     [](const Sighting& s) { return s.legs != 0; });
}

/// Who wears which label, as entered.
struct Labels {
  std::vector<LegSet> sightings;
  std::vector<LegSet> visits;
};

Labels labels_of(const FoldWork& work) {
  Labels out;
  for (const Sighting& s : work.sightings) out.sightings.push_back(s.legs);
  for (const Visit& visit : work.visits) out.visits.push_back(visit.legs);
  return out;
}

LegSet reordered(LegSet entered, const Order& order) {
  LegSet out = entered & kNoLeg;
  for (std::size_t l = 0; l < order.size(); ++l) {
    if ((entered & leg_bit(order[l])) != 0) out |= leg_bit(l);
  }
  return out;
}

/// Lets everybody run in `order`.
void relabel(const Labels& entered, const Order& order, FoldWork& work) {
  for (std::size_t i = 0; i < work.sightings.size(); ++i) {
    work.sightings[i].legs = reordered(entered.sightings[i], order);
  }
  for (std::size_t i = 0; i < work.visits.size(); ++i) {
    work.visits[i].legs = reordered(entered.visits[i], order);
  }
}

/// The points of the course that end the legs.
std::vector<std::size_t> ends_of(const RaceContext& context, const Course& course) {
  std::vector<std::size_t> out;
  for (std::size_t p = 1; p < course.points.size(); ++p) {
    const auto ends = [&](const model::RelayLeg& leg) {
      return leg.to == course.points[p].id.raw();
    };
    if (std::any_of(context.legs.begin(), context.legs.end(), ends)) out.push_back(p);
  }
  return out;
}

bool has_end(const FoldWork& work, std::size_t end) {
  return work.assignment.visits[end].has_value();
}

/// True where somebody of every leg was heard, so that every leg may have an end.
bool all_heard(const std::vector<Visit>& visits, std::size_t legs) {
  LegSet heard = 0;
  for (const Visit& visit : visits) heard |= visit.legs;
  for (std::size_t l = 0; l < legs; ++l) {
    if ((heard & leg_bit(l)) == 0) return false;
  }
  return true;
}

/// True where a runner who would have begun a leg at an exchange was heard there last so long
/// before that they were on the way already.
bool left_before(const FoldWork& work, const std::vector<std::size_t>& ends, std::size_t leg,
                 Duration gap) {
  const auto& chosen = work.assignment.visits;
  const Visit& in = work.visits[*chosen[ends[leg]]];
  std::optional<RaceTime> last;
  for (std::uint32_t v = 0; v < work.visits.size(); ++v) {
    const Visit& out = work.visits[v];
    if (out.mat != in.mat || out.at > in.at || out.first == out.end) continue;
    if ((out.legs & leg_bit(leg + 1)) == 0) continue;
    if (std::find(chosen.begin(), chosen.end(), v) != chosen.end()) continue;
    last = work.sightings[out.end - 1].time;
  }
  return last && in.at - *last > gap;
}

bool is_believed(const FoldWork& work, const std::vector<std::size_t>& ends, const Order& order,
                 Duration gap) {
  for (const std::size_t end : ends) {
    if (!has_end(work, end)) return false;
  }
  for (std::size_t l = 0; l + 1 < order.size(); ++l) {
    const bool as_entered = order[l] == l && order[l + 1] == l + 1;
    if (!as_entered && left_before(work, ends, l, gap)) return false;
  }
  return true;
}

/// The legs in the order in which those entered for them were heard last; in course order where
/// somebody runs several.
Order by_last_visit(const std::vector<Visit>& visits, std::size_t legs) {
  Order order(legs);
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  std::vector<RaceTime> last(legs);
  for (const Visit& visit : visits) {
    for (std::size_t l = 0; l < legs; ++l) {
      if ((visit.legs & leg_bit(l)) == 0) continue;
      if (visit.legs != leg_bit(l)) return order;
      last[l] = std::max(last[l], visit.at);
    }
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint16_t a, std::uint16_t b) { return last[a] < last[b]; });
  return order;
}

/// Tries the order in which they were heard, then exchanges two runners as long as that explains
/// more points. Leaves `work` as the last try did.
Order best_order(const Labels& entered, const std::vector<std::size_t>& ends, FoldWork& work,
                 const std::function<void()>& explain) {
  Order best(ends.size());
  std::iota(best.begin(), best.end(), std::uint16_t{0});
  std::size_t most = work.assignment.explained;
  const auto is_better = [&](const Order& order) {
    relabel(entered, order, work);
    explain();
    if (work.assignment.explained <= most) return false;
    most = work.assignment.explained;
    return true;
  };
  Order heard = by_last_visit(work.visits, ends.size());
  if (is_better(heard)) best = std::move(heard);
  for (bool better = true; better;) {
    better = false;
    const Order from = best;
    for (std::size_t a = 0; a < from.size(); ++a) {
      for (std::size_t b = a + 1; b < from.size(); ++b) {
        Order tried = from;
        std::swap(tried[a], tried[b]);
        if (!is_better(tried)) continue;
        best = std::move(tried);
        better = true;
      }
    }
  }
  return best;
}

/// What a leg begins with; its start stays absent where that cannot be known.
void begin_leg(const RaceContext& context, const Decisions& decisions, std::size_t number,
               const RunnerFold& fold, LegFold& leg) {
  if (number == 0) {
    leg.start = model::LegStart::Start;
    leg.start_at = context.race->rank_by == model::RankBy::Net ? fold.start_at : fold.gun_at;
    return;
  }
  for (const Decisions::OfLeg& said : decisions.legs) {
    if (!said.at || said.point != context.race->points[leg.from].id) continue;
    leg.start = model::LegStart::Ruling;
    leg.start_at = said.at;
  }
  if (leg.start == model::LegStart::Ruling) return;
  const std::vector<model::RelayLeg> legs(context.legs.begin(), context.legs.end());
  const auto gun = model::mass_start_of(*context.race, legs, number);
  const auto& exchange = fold.passings[leg.from];
  if (exchange) leg.start_at = exchange->at;
  if (!gun || (exchange && exchange->at <= *gun)) return;
  leg.start = model::LegStart::MassStart;
  if (exchange) leg.start_at = gun;
}

bool says_unfinished(const RaceContext& context, const Decisions::OfLeg& said, const LegFold& leg) {
  if (said.at) return false;
  for (std::size_t p = leg.from + 1; p <= leg.to; ++p) {
    if (context.race->points[p].id == said.point) return true;
  }
  return false;
}

/// From one instant to another, negative where the second is earlier.
Duration span(const RunnerFold& fold, RaceTime from, RaceTime to) {
  return from <= to ? fold.counted(from, to) : -fold.counted(to, from);
}

}  // namespace

bool is_set_aside(const Sighting& sighting, const Course& course, const FoldWork& work) {
  return sighting.legs == 0 && has_mass_start(course) && runners_have_chips(work);
}

void set_aside_team_visits(const Course& course, FoldWork& work) {
  if (!has_mass_start(course) || !runners_have_chips(work)) return;
  std::erase_if(work.visits,
                [](const Visit& visit) { return visit.legs == 0 && !visit.forced_to; });
}

std::vector<std::uint16_t> find_leg_order(const RaceContext& context, const Course& course,
                                          FoldWork& work, const std::function<void()>& explain) {
  const std::vector<std::size_t> ends = ends_of(context, course);
  const bool is_whole =
      std::all_of(ends.begin(), ends.end(), [&](std::size_t end) { return has_end(work, end); });
  if (is_whole || !all_heard(work.visits, ends.size())) return {};
  const Labels entered = labels_of(work);
  const Order order = best_order(entered, ends, work, explain);
  relabel(entered, order, work);
  explain();
  const bool is_other = !std::is_sorted(order.begin(), order.end());
  if (is_other && is_believed(work, ends, order, context.race->gap)) return order;
  Order as_entered = order;
  std::sort(as_entered.begin(), as_entered.end());
  relabel(entered, as_entered, work);
  explain();
  return {};
}

void fold_legs(const RaceContext& context, const Decisions& decisions,
               const std::vector<std::uint16_t>& ran_by, RunnerFold& fold) {
  bool is_empty = false;  // An exchange before this leg was not heard.
  for (std::size_t l = 0; l < context.legs.size(); ++l) {
    LegFold leg;
    leg.from = context.legs[l].from;
    leg.to = context.legs[l].to;
    if (!ran_by.empty() && ran_by[l] != l) leg.ran_by = ran_by[l];
    begin_leg(context, decisions, l, fold, leg);
    leg.did_not_finish = std::any_of(
        decisions.legs.begin(), decisions.legs.end(),
        [&](const Decisions::OfLeg& said) { return says_unfinished(context, said, leg); });
    fold.legs.push_back(leg);
    if (!fold.passings[leg.to]) {
      is_empty = true;
    } else if (is_empty && !fold.exchange_missing) {
      for (const LegFold& before : fold.legs) {
        if (fold.passings[before.to] || fold.exchange_missing) continue;
        fold.exchange_missing = model::PointId(static_cast<std::uint16_t>(before.to));
      }
    }
  }
}

void time_legs(RunnerFold& fold) {
  std::optional<Duration> ahead = Duration::zero();
  for (LegFold& leg : fold.legs) {
    if (leg.start != model::LegStart::Start && ahead) {
      const auto& exchange = fold.passings[leg.from];
      if (leg.start_at && exchange) {
        *ahead += span(fold, *leg.start_at, exchange->at);
      } else if (leg.start != model::LegStart::Handover) {
        ahead.reset();  // How long the leg before took is not known, and the sum hangs on it.
      }
    }
    if (leg.did_not_finish) ahead.reset();
    leg.ahead = ahead;
    const auto& end = fold.passings[leg.to];
    if (leg.did_not_finish || !leg.start_at || !end || end->at <= *leg.start_at) continue;
    leg.time = fold.counted(*leg.start_at, end->at);
  }
}

}  // namespace hs::scoring
