#include "moments/field_weather.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "moments/field_view.h"

// Implementation notes: a lead is claimed only where mats show it. Walking back from the line, the
// claim ends at the first mat that did not hear the winner, that is deaf or whose clock may be off
// by more than the gap, that heard somebody earlier, that missed somebody who was ahead or close at
// the mats around, or whose leader cannot be believed. Only people of the winner's gun are
// compared: those of another start ran another race on the same road.

namespace hs::moments {
namespace {

using model::EntrantId;
using model::EventResults;
using model::PointId;
using model::RunnerResult;
using model::RunnerStatus;

constexpr std::size_t kHalvesLeast = 20;
constexpr double kSlowed = 1.1;
/// A mat's clock may be off by this share of the way there before it blurs the halves.
constexpr double kDoubtShare = 0.002;
constexpr std::size_t kLastLeast = 10;
/// Seconds a metre over the whole course: slower than a stroll was no runner but a chip in a bag.
constexpr double kStroll = 0.9;

bool is_finisher(const RunnerResult& runner) {
  return runner.status == RunnerStatus::Finished || runner.status == RunnerStatus::OutOfCompetition;
}

void count(const EventResults& results, FieldWeather& into) {
  for (const RunnerResult& runner : results.runners) {
    if (runner.race != into.race) continue;
    const bool gave_up = runner.status == RunnerStatus::Unresolved ||
                         runner.status == RunnerStatus::DidNotFinish ||
                         runner.status == RunnerStatus::Disqualified;
    const bool runs = runner.status == RunnerStatus::Running;
    if (is_finisher(runner)) ++into.finished;
    if (runs) ++into.on_course;
    if (is_finisher(runner) || gave_up || runs) ++into.started;
  }
}

std::optional<std::size_t> column_of(const FieldView& view, PointId point) {
  const auto found = std::find(view.points.begin(), view.points.end(), point);
  if (found == view.points.end()) return std::nullopt;
  return static_cast<std::size_t>(found - view.points.begin());
}

std::optional<FieldWeather::Halves> compare_halves(const FieldView& view) {
  const auto half = half_way(view.race_config());
  const auto column = half ? column_of(view, *half) : std::nullopt;
  if (!column || view.deaf[*column] || view.deaf[view.finish()]) return {};
  FieldWeather::Halves out;
  out.at = *half;
  std::vector<double> ratios;
  std::vector<double> before;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double ratio = view.pace(row, *column, view.finish()) / view.pace(row, 0, *column);
    if (!is_known(ratio) || !(ratio > 0) || std::isinf(ratio)) continue;
    ratios.push_back(ratio);
    before.push_back(view.net_at(row, *column));
    if (ratio > kSlowed) ++out.slowed;
    if (ratio < 1) ++out.faster;
  }
  out.known = ratios.size();
  if (out.known < kHalvesLeast || out.known * 2 < view.rows()) return {};
  const double doubt = std::max(view.clock_doubt[*column], view.clock_doubt[view.finish()]);
  if (doubt > kDoubtShare * quantile(before, 0.5)) return {};
  out.middle_permille = std::llround(quantile(ratios, 0.5) * 1000);
  return out;
}

/// The passing of a runner at a point, where a mat gave one.
std::optional<base::RaceTime> heard(const RunnerResult& runner, PointId point) {
  if (point.raw() >= runner.splits.size() || !runner.splits[point.raw()].passing) return {};
  return runner.splits[point.raw()].passing->at;
}

/// Those on foot with the winner's gun who are in the running, the winner left out.
std::vector<const RunnerResult*> rivals_of(const EventResults& results,
                                           const RunnerResult& winner) {
  std::vector<const RunnerResult*> out;
  for (const RunnerResult& runner : results.runners) {
    const bool counts = runner.status == RunnerStatus::Finished ||
                        runner.status == RunnerStatus::DidNotFinish ||
                        runner.status == RunnerStatus::Unresolved;
    if (runner.race != winner.race || runner.entrant == winner.entrant || !counts) continue;
    const bool on_foot = results.entrants[runner.entrant.raw()].mode == model::Mode::Foot;
    if (on_foot && runner.gun_at == winner.gun_at) out.push_back(&runner);
  }
  return out;
}

/// Missed at `column` but heard later, and ahead of the winner or close behind at the mats around.
bool may_have_led(const FieldView& view, const RunnerResult& rival, const RunnerResult& winner,
                  std::size_t column) {
  constexpr base::Duration kClose = std::chrono::seconds(30);
  std::optional<base::Duration> behind_after;
  for (std::size_t c = column + 1; c < view.columns() && !behind_after; ++c) {
    const auto theirs = heard(rival, view.points[c]);
    const auto own = heard(winner, view.points[c]);
    if (theirs && own) behind_after = *theirs - *own;
  }
  if (!behind_after) return false;  // Never got there.
  if (*behind_after < kClose) return true;
  for (std::size_t c = column; c-- > 1;) {
    const auto theirs = heard(rival, view.points[c]);
    const auto own = heard(winner, view.points[c]);
    if (theirs && own) return *theirs <= *own;
  }
  return false;
}

/// Whether somebody ahead of the winner at a mat and then beaten can be believed: heard at the
/// start if the winner was, and not hours behind at the line, as those are whose chip was carried
/// past.
bool is_credible(const RunnerResult& rival, const RunnerResult& winner, const FieldView& view) {
  constexpr double kSlowerMost = 1.25;
  const PointId start = view.points.front();
  if (heard(winner, start) && !heard(rival, start)) return false;
  const auto& own = winner.splits.back().net;
  const auto& theirs = rival.splits.back().net;
  if (!own || !theirs) return true;  // Gave up later.
  return static_cast<double>(theirs->value().count()) <=
         kSlowerMost * static_cast<double>(own->value().count());
}

/// The standing of the winner at one mat.
struct Standing {
  bool first = false;
  base::Duration ahead{0};  ///< Of the next, where first.
  bool has_next = false;
  std::uint32_t place = 1;
  base::Duration behind{0};  ///< The first, where not first.
};

/// Nothing where the mat cannot tell.
std::optional<Standing> standing_at(const FieldView& view, const RunnerResult& winner,
                                    const std::vector<const RunnerResult*>& rivals,
                                    std::size_t column) {
  const auto own = heard(winner, view.points[column]);
  if (!own || view.deaf[column]) return {};
  const base::Duration doubt(std::llround(view.clock_doubt[column] * 1e6));
  Standing out;
  for (const RunnerResult* rival : rivals) {
    const auto theirs = heard(*rival, view.points[column]);
    if (!theirs) {
      if (may_have_led(view, *rival, winner, column)) return {};
      continue;
    }
    if (doubt > base::Duration(0) && std::chrono::abs(*theirs - *own) <= doubt) return {};
    if (*theirs <= *own) {
      if (!is_credible(*rival, winner, view)) return {};
      ++out.place;
      out.behind = std::max(out.behind, base::Duration(*own - *theirs));
    } else if (!out.has_next || *theirs - *own < out.ahead) {
      out.ahead = *theirs - *own;
      out.has_next = true;
    }
  }
  out.first = out.place == 1;
  return out;
}

void find_lead(const FieldView& view, const RunnerResult& winner, FieldWeather::Front& into) {
  const auto rivals = rivals_of(*view.results, winner);
  for (std::size_t column = view.finish(); column >= 1; --column) {
    const auto standing = standing_at(view, winner, rivals, column);
    if (standing && standing->first && standing->has_next) {
      into.led = FieldWeather::Lead{view.points[column], standing->ahead};
      continue;
    }
    if (standing && !standing->first && into.led) {
      into.behind = FieldWeather::Behind{view.points[column], standing->place, standing->behind};
    }
    break;
  }
}

/// The row of the one with that place, nobody where it is shared.
std::optional<std::size_t> row_at_place(const FieldView& view, std::uint32_t place) {
  std::optional<std::size_t> out;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (view.place[row] != place) continue;
    if (out) return {};
    out = row;
  }
  return out;
}

std::optional<FieldWeather::Front> find_front(const FieldView& view) {
  const auto row = row_at_place(view, 1);
  if (!row || view.runner(*row).places.overall->shared) return {};
  const RunnerResult& winner = view.runner(*row);
  if (!winner.official) return {};
  FieldWeather::Front out;
  out.winner = winner.entrant;
  out.won_in = *winner.official;
  const auto second = row_at_place(view, 2);
  if (!second || !winner.ranking || !view.runner(*second).ranking) return out;
  out.ahead = *view.runner(*second).ranking - *winner.ranking;
  const bool raced = view.runner(*second).gun_at == winner.gun_at;
  if (raced && view.race_config().rank_by != model::RankBy::Net) find_lead(view, winner, out);
  return out;
}

/// When anybody of the race last crossed the line, on whatever wheels, counted or not.
std::optional<base::RaceTime> last_crossing(const FieldView& view) {
  std::optional<base::RaceTime> last;
  const PointId line = view.points[view.finish()];
  for (const RunnerResult& runner : view.results->runners) {
    const auto at = runner.race == view.race ? heard(runner, line) : std::nullopt;
    if (at && (!last || *at > *last)) last = at;
  }
  return last;
}

std::optional<FieldWeather::Last> find_last(const FieldView& view,
                                            const std::optional<FieldWeather::Front>& front) {
  const PointId line = view.points[view.finish()];
  const auto crossing = last_crossing(view);
  std::size_t known = 0;
  std::optional<std::size_t> last;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const auto at = heard(view.runner(row), line);
    if (at) ++known;
    if (at && at == crossing) last = row;
  }
  const auto& items = view.results->attention;
  const bool open_end = std::any_of(items.begin(), items.end(), [&](const auto& item) {
    return item.kind == model::Attention::Kind::AfterClose &&
           (!item.race || *item.race == view.race);
  });
  if (!last || known < kLastLeast || open_end || view.telling[*last] == Telling::Nothing) return {};
  if (!(view.pace(*last, 0, view.finish()) <= kStroll)) return {};
  FieldWeather::Last out;
  out.after_gun = *crossing - view.clock_zero;
  const auto won = front ? heard(view.results->runners[front->winner.raw()], line) : std::nullopt;
  for (std::size_t column = 1; won && column < view.finish(); ++column) {
    const auto at = heard(view.runner(*last), view.points[column]);
    if (at && *at <= *won) out.when_won = view.points[column];
  }
  return out;
}

bool is_set(const std::vector<bool>& flags, model::RaceId race) {
  return race.raw() < flags.size() && flags[race.raw()];
}

}  // namespace

std::optional<PointId> half_way(const model::Race& race) {
  constexpr std::int64_t kLeastPercent = 40;
  constexpr std::int64_t kMostPercent = 60;
  const std::int64_t whole = race.points.back().distance.in_millimetres();
  std::optional<PointId> out;
  std::int64_t nearest = whole;
  for (std::size_t i = 1; i + 1 < race.points.size(); ++i) {
    if (race.points[i].role != model::PointRole::Timed) continue;
    const std::int64_t at = race.points[i].distance.in_millimetres();
    const std::int64_t off = std::abs(2 * at - whole);
    const bool inside = at * 100 >= whole * kLeastPercent && at * 100 <= whole * kMostPercent;
    if (!inside || off >= nearest) continue;
    nearest = off;
    out = PointId(static_cast<std::uint16_t>(i));
  }
  return out;
}

FieldWeather field_weather(const EventResults& results, model::RaceId race) {
  FieldWeather out;
  out.race = race;
  count(results, out);
  if (is_set(results.cancelled, race)) return out;
  const FieldView view = view_field(results, race);
  if (view.rows() == 0 || view.columns() < 2) return out;
  out.halves = compare_halves(view);
  if (!is_set(results.closed, race)) return out;
  out.front = find_front(view);
  out.last = find_last(view, out.front);
  return out;
}

}  // namespace hs::moments
