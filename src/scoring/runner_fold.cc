#include "scoring/runner_fold.h"

#include <algorithm>
#include <tuple>

#include "base/check.h"
#include "scoring/relay.h"

namespace hs::scoring {
namespace {

using base::Duration;
using base::RaceTime;
using model::StartSource;

constexpr RaceTime kEndOfTime = RaceTime::max();

const Decisions::Forced* forced_by(const Decisions& decisions, model::FactSeq read) {
  const Decisions::Forced* found = nullptr;
  for (const Decisions::Forced& forced : decisions.forced) {
    if (forced.read == read) found = &forced;
  }
  return found;
}

std::optional<std::size_t> course_index(const RaceContext& context, const Course& course,
                                        const std::string& point) {
  for (std::size_t i = 0; i < course.points.size(); ++i) {
    if (context.race->points[course.points[i].id.raw()].id == point) return i;
  }
  return std::nullopt;
}

/// Sorts the sightings, the forced ones apart behind the others.
void order_sightings(const Decisions& decisions, FoldWork& work) {
  sort_sightings(work.sightings);
  work.forced_from = work.sightings.size();
  if (decisions.forced.empty()) return;
  const auto begin_forced =
      std::stable_partition(work.sightings.begin(), work.sightings.end(),
                            [&](const Sighting& s) { return !forced_by(decisions, s.fact); });
  work.forced_from = static_cast<std::size_t>(begin_forced - work.sightings.begin());
}

/// Of several rulings about one point the latest holds.
void add_pinned_visits(const RaceContext& context, const Course& course, const Decisions& decisions,
                       FoldWork& work) {
  std::vector<std::pair<model::FactSeq, Visit>> pinned;
  const auto pin = [&](model::FactSeq ruling, const Visit& visit) {
    const auto same = std::find_if(pinned.begin(), pinned.end(), [&](const auto& known) {
      return known.second.forced_to == visit.forced_to;
    });
    if (same == pinned.end()) {
      pinned.emplace_back(ruling, visit);
    } else if (same->first < ruling) {
      *same = {ruling, visit};
    }
  };
  for (std::size_t i = work.forced_from; i < work.sightings.size(); ++i) {
    const Sighting& s = work.sightings[i];
    const Decisions::Forced& forced = *forced_by(decisions, s.fact);
    const auto index = course_index(context, course, forced.point);
    if (!index || *index == 0) continue;
    const auto at = static_cast<std::uint32_t>(i);
    pin(forced.seq, {s.time, s.mat, at, at, at + 1, index, s.legs});
  }
  if (decisions.finish) {
    const std::size_t last = course.finish();
    pin(decisions.finish->seq, {decisions.finish->at, course.points[last].mat, 0, 0, 0, last, 0});
  }
  if (pinned.empty()) return;
  for (const auto& [ruling, visit] : pinned) work.visits.push_back(visit);
  sort_visits(work.visits);
}

/// A start that a ruling names, as an instant or as a read; the latest ruling holds.
std::optional<StartOption> ruled_start(const RaceContext& context, const Course& course,
                                       const Decisions& decisions, const FoldWork& work) {
  std::optional<StartOption> found;
  model::FactSeq latest;
  if (decisions.start) {
    latest = decisions.start->seq;
    found = {StartOption::Kind::Ruling, decisions.start->at, std::nullopt, std::nullopt};
  }
  for (std::size_t i = work.forced_from; i < work.sightings.size(); ++i) {
    const Sighting& s = work.sightings[i];
    const Decisions::Forced& forced = *forced_by(decisions, s.fact);
    const auto index = course_index(context, course, forced.point);
    if (!index || *index != 0 || (found && forced.seq < latest)) continue;
    latest = forced.seq;
    found = {StartOption::Kind::Ruling, s.time, std::nullopt, static_cast<std::uint32_t>(i)};
  }
  return found;
}

/// The last usable start of a visit before the own gun but behind another one.
std::optional<std::uint32_t> other_wave_sighting(const RaceContext& context, const Visit& visit,
                                                 std::span<const Sighting> sightings,
                                                 RaceTime own_gun) {
  std::optional<std::uint32_t> best;
  for (const GunWindow& window : context.guns) {
    if (window.gun >= own_gun) break;
    const RaceTime until = std::min(window.until, own_gun - Duration(1));
    const auto found = start_sighting(visit, sightings, window.gun, until);
    if (found && (!best || sightings[*found].time > sightings[*best].time)) best = found;
  }
  return best;
}

/// The latest start that leaves time for what a ruling says about later points. Without it, a
/// ruled finish would make a start of the very read it was taken from.
RaceTime latest_start(const Course& course, std::span<const Visit> visits) {
  RaceTime latest = kEndOfTime;
  for (const Visit& visit : visits) {
    if (!visit.forced_to) continue;
    latest = std::min(latest, visit.at - course.least_step(0, *visit.forced_to));
  }
  return latest;
}

/// All starts the visits allow, best kind first, each kind by time.
void find_starts(const RaceContext& context, const Course& course, const Decisions& decisions,
                 RaceTime own_gun, FoldWork& work) {
  work.starts.clear();
  if (const auto ruled = ruled_start(context, course, decisions, work)) {
    work.starts.push_back(*ruled);
    return;
  }
  const RaceTime latest = latest_start(course, work.visits);
  const RaceTime until =
      decisions.accept_start ? latest : std::min(latest, own_gun + context.race->start_window);
  const CoursePoint& line = course.points.front();
  for (std::uint32_t v = 0; v < work.visits.size(); ++v) {
    const Visit& visit = work.visits[v];
    if (!fits(visit, line) || visit.forced_to) continue;
    if (const auto own = start_sighting(visit, work.sightings, own_gun, until)) {
      work.starts.push_back({StartOption::Kind::Own, work.sightings[*own].time, v, own});
    }
  }
  for (std::uint32_t v = 0; v < work.visits.size(); ++v) {
    const Visit& visit = work.visits[v];
    if (!fits(visit, line) || visit.forced_to) continue;
    const auto other = other_wave_sighting(context, visit, work.sightings, own_gun);
    if (other && work.sightings[*other].time <= latest) {
      work.starts.push_back({StartOption::Kind::OtherWave, work.sightings[*other].time, v, other});
    }
  }
  work.starts.push_back({StartOption::Kind::None, own_gun, std::nullopt, std::nullopt});
}

model::Passing passing_of(const Sighting& s, bool forced) {
  return {s.time, s.fact, s.role, forced};
}

/// The gun behind which the runner really started.
const GunWindow* gun_of_start(const RaceContext& context, RaceTime start) {
  const GunWindow* found = nullptr;
  for (const GunWindow& window : context.guns) {
    if (window.gun <= start && start <= window.until) found = &window;
  }
  return found;
}

void take_start(const RaceContext& context, const Decisions& decisions, const FoldWork& work,
                RunnerFold& fold) {
  const StartOption& start = work.assignment.start;
  fold.start_at = start.at;
  const bool forced = start.kind == StartOption::Kind::Ruling;
  if (start.sighting) {
    fold.start = passing_of(work.sightings[*start.sighting], forced);
  } else if (forced) {
    fold.start = model::Passing{start.at, std::nullopt, model::ReadRole::Main, true};
  }
  switch (start.kind) {
    case StartOption::Kind::Own:
      fold.start_source = StartSource::Mat;
      break;
    case StartOption::Kind::OtherWave: {
      fold.start_source = StartSource::OtherWave;
      const GunWindow* window = decisions.accept_wave ? gun_of_start(context, start.at) : nullptr;
      if (window != nullptr) {
        fold.gun_at = window->gun;
        fold.start_source = StartSource::Mat;
        if (window->race == context.id) fold.wave = window->wave;
      } else {
        fold.other_wave = start.at - *fold.gun_at;
      }
      break;
    }
    case StartOption::Kind::None:
      fold.start_source = StartSource::Gun;
      break;
    case StartOption::Kind::Ruling:
      fold.start_source = StartSource::Ruling;
      break;
  }
}

void take_passings(const Course& course, const FoldWork& work, RunnerFold& fold) {
  fold.passings.front() = fold.start;
  for (std::size_t p = 1; p < course.points.size(); ++p) {
    const auto index = work.assignment.visits[p];
    if (!index) continue;
    const Visit& visit = work.visits[*index];
    auto& passing = fold.passings[course.points[p].id.raw()];
    if (visit.first == visit.end) {
      passing = model::Passing{visit.at, std::nullopt, model::ReadRole::Main, true};
    } else {
      passing = passing_of(work.sightings[visit.counted], visit.forced_to.has_value());
    }
  }
}

/// Visits to the start mat behind the window by somebody whose start was not heard.
void note_late_start(const RaceContext& context, const Course& course, const FoldWork& work,
                     RunnerFold& fold) {
  if (work.assignment.start.kind != StartOption::Kind::None) return;
  const RaceTime window_end = *fold.gun_at + context.race->start_window;
  const CoursePoint& line = course.points.front();
  std::optional<RaceTime> first_counted;
  for (const auto& visit : work.assignment.visits) {
    if (visit && !first_counted) first_counted = work.visits[*visit].at;
  }
  std::optional<RaceTime> first_late;
  for (const Visit& visit : work.visits) {
    if (!fits(visit, line) || visit.at <= window_end) continue;
    if (!first_late) first_late = visit.at;
    const bool is_walk_or_start = course.points.back().mat == line.mat &&
                                  visit.at - *first_late >= course.points.back().fastest;
    fold.late_start_or_walk = fold.late_start_or_walk || is_walk_or_start;
  }
  if (first_late && (!first_counted || *first_late < *first_counted)) {
    fold.late_start = *first_late - window_end;
  }
}

/// The last start heard in its window that was put aside for a point behind it: the points decide
/// what explains most, and that a start does not go with them is for a person to know.
void note_start_aside(const Course& course, const FoldWork& work, RunnerFold& fold) {
  if (work.assignment.start.kind != StartOption::Kind::None) return;
  const auto& given = work.assignment.visits;
  const auto first = std::find_if(given.begin(), given.end(), [](const auto& v) { return v; });
  if (first == given.end()) return;
  for (const StartOption& start : work.starts) {
    if (!start.visit || *start.visit >= **first) continue;
    if (fold.start_aside && start.at < *fold.start_aside) continue;
    fold.start_aside = start.at;
    fold.start_aside_for = course.points[static_cast<std::size_t>(first - given.begin())].id;
  }
}

/// A point left empty on a mat that serves several points, by somebody who finished.
void note_missing_lap(const Course& course, const FoldWork& work, RunnerFold& fold) {
  if (!fold.finish()) return;
  for (std::size_t p = 1; p < course.finish(); ++p) {
    if (work.assignment.visits[p] || fold.passings[course.points[p].id.raw()]) continue;
    const auto shares =
        std::count_if(course.points.begin() + 1, course.points.end(),
                      [&](const CoursePoint& other) { return other.mat == course.points[p].mat; });
    if (shares > 1) {
      fold.lap_missing = course.points[p].id;
      return;
    }
  }
}

/// Starts and passings behind one gun.
RunnerFold fold_behind_gun(const RaceContext& context, const Course& course,
                           const Decisions& decisions, model::WaveId wave, FoldWork& work) {
  RunnerFold fold;
  fold.wave = wave;
  fold.gun_at = context.race->waves[wave.raw()].gun;
  fold.passings.resize(context.race->points.size());
  const auto explain = [&] {
    find_starts(context, course, decisions, *fold.gun_at, work);
    work.assignment = assign_visits(course, work.visits, work.starts);
  };
  explain();
  std::vector<std::uint16_t> ran_by;
  if (!context.legs.empty()) ran_by = find_leg_order(context, course, work, explain);
  take_start(context, decisions, work, fold);
  take_passings(course, work, fold);
  if (work.assignment.other_start && *work.assignment.other_start > std::chrono::minutes(1)) {
    fold.other_start = work.assignment.other_start;
  }
  if (work.assignment.other_empty) {
    fold.other_empty = course.points[*work.assignment.other_empty].id;
  }
  fold.bounded = work.assignment.bounded;
  note_late_start(context, course, work, fold);
  note_start_aside(course, work, fold);
  if (context.legs.empty()) note_missing_lap(course, work, fold);
  if (!context.legs.empty()) fold_legs(context, decisions, ran_by, fold);
  const bool heard = std::any_of(work.sightings.begin(), work.sightings.end(),
                                 [&](const Sighting& s) { return s.time >= *fold.gun_at; });
  fold.seen = heard || fold.start || fold.finish();
  return fold;
}

/// The wave of an entry; nothing where it is to be found from the start.
std::optional<model::WaveId> entered_wave(const model::Race& race, const model::Entrant& entrant) {
  const auto waves = std::count_if(race.waves.begin(), race.waves.end(),
                                   [](const model::Wave& w) { return !model::is_mass_start(w); });
  for (std::size_t w = 0; w < race.waves.size(); ++w) {
    if (model::is_mass_start(race.waves[w])) continue;
    if (race.waves[w].id == entrant.wave || waves == 1) {
      return model::WaveId(static_cast<std::uint16_t>(w));
    }
  }
  return std::nullopt;
}

/// Tries every wave that has a gun; the one that explains most, by an own start, with the latest
/// gun. Leaves `work` as that wave's fold left it.
std::optional<RunnerFold> fold_unknown_wave(const RaceContext& context, const Course& course,
                                            const Decisions& decisions, FoldWork& work) {
  std::optional<RunnerFold> best;
  std::optional<std::tuple<std::size_t, bool, RaceTime>> best_score;
  std::size_t waves = context.race->waves.size();
  for (std::size_t w = 0; w < waves; ++w) {
    const model::Wave& tried = context.race->waves[w];
    if (!tried.gun || model::is_mass_start(tried)) continue;
    const model::WaveId wave(static_cast<std::uint16_t>(w));
    RunnerFold fold = fold_behind_gun(context, course, decisions, wave, work);
    const std::tuple score(work.assignment.explained,
                           work.assignment.start.kind == StartOption::Kind::Own, *fold.gun_at);
    if (best_score && score <= *best_score) continue;
    best_score = score;
    best = std::move(fold);
  }
  if (!best) return std::nullopt;
  RunnerFold again = fold_behind_gun(context, course, decisions, *best->wave, work);
  again.wave_found = again.seen;
  if (!again.seen) again.wave.reset();  // Not heard: which wave is not known, and nobody asks.
  return again;
}

model::RunnerStatus status_of_ruling(model::RulingFact::Kind kind) {
  using Kind = model::RulingFact::Kind;
  switch (kind) {
    case Kind::Disqualify:
      return model::RunnerStatus::Disqualified;
    case Kind::DidNotFinish:
      return model::RunnerStatus::DidNotFinish;
    case Kind::DidNotStart:
      return model::RunnerStatus::DidNotStart;
    case Kind::OutOfCompetition:
      return model::RunnerStatus::OutOfCompetition;
    case Kind::Reinstate:
    case Kind::Penalty:
    case Kind::Start:
    case Kind::Finish:
    case Kind::AcceptStart:
    case Kind::AcceptWave:
    case Kind::IgnoreRead:
    case Kind::ForceRead:
    case Kind::DeadHeat:
    case Kind::Assisted:
    case Kind::Merge:
    case Kind::SwapChips:
    case Kind::Move:
      break;
  }
  HS_CHECK(false, "not a ruling about a status");
}

void decide_status(const RaceContext& context, const model::Entrant& entrant,
                   const Decisions& decisions, RunnerFold& fold) {
  using model::RunnerStatus;
  if (context.cancelled || entrant.entry_status == model::EntryStatus::Deferred) {
    fold.status = RunnerStatus::Deferred;
    return;
  }
  if (decisions.status) {
    fold.status = status_of_ruling(decisions.status->kind);
    fold.clause = decisions.status->clause;
    return;
  }
  // A relay team whose last runner is in, but whose time hangs on an exchange, is not yet timed.
  if (fold.finish() && (fold.legs.empty() || fold.legs.back().ahead)) {
    fold.status = RunnerStatus::Finished;
    return;
  }
  // Whoever was to start when the race was stopped has another race to come.
  const bool too_late = context.stop && fold.gun_at && *fold.gun_at > context.stop->at;
  if (too_late) {
    fold.status = RunnerStatus::Deferred;
    return;
  }
  if (fold.seen && context.stop) {
    fold.status = RunnerStatus::Stopped;
    return;
  }
  if (fold.seen) {
    fold.status = !context.closed ? RunnerStatus::Running
                  : context.race->unresolved == model::Unresolved::DidNotFinish
                      ? RunnerStatus::DidNotFinish
                      : RunnerStatus::Unresolved;
    return;
  }
  const bool known_absent = entrant.entry_status == model::EntryStatus::DidNotStart;
  fold.status = context.closed || known_absent ? RunnerStatus::DidNotStart : RunnerStatus::Entered;
}

using Span = std::pair<RaceTime, RaceTime>;

/// The runner's own part of what does not count; nothing where they did not pass both points.
std::optional<Span> own_part(const NeutralPart& part, const RunnerFold& fold) {
  if (part.from && part.until) return Span{*part.from, *part.until};
  const auto at = [&](std::size_t point) -> std::optional<RaceTime> {
    if (point == 0) return fold.start_at;
    return fold.passings[point] ? std::optional(fold.passings[point]->at) : std::nullopt;
  };
  const auto from = at(part.point);
  const auto until = at(part.to_point);
  if (!from || !until || *from >= *until) return std::nullopt;
  return Span{*from, *until};
}

/// What does not count, without counting twice where two parts overlap.
void find_neutral(const RaceContext& context, RunnerFold& fold) {
  for (const NeutralPart& part : context.neutral) {
    if (const auto own = own_part(part, fold)) fold.neutral.push_back(*own);
  }
  std::sort(fold.neutral.begin(), fold.neutral.end());
  std::vector<Span> apart;
  for (const Span& span : fold.neutral) {
    if (apart.empty() || span.first > apart.back().second) {
      apart.push_back(span);
    } else {
      apart.back().second = std::max(apart.back().second, span.second);
    }
  }
  fold.neutral = std::move(apart);
}

}  // namespace

Duration RunnerFold::counted(RaceTime from, RaceTime to) const {
  Duration out = to - from;
  for (const auto& [begins, ends] : neutral) {
    const RaceTime first = std::max(begins, from);
    const RaceTime last = std::min(ends, to);
    if (first < last) out -= last - first;
  }
  return out;
}

std::optional<Duration> RunnerFold::time_at(std::size_t point, RaceTime from) const {
  if (point >= passings.size() || !passings[point]) return std::nullopt;
  const Duration since = counted(from, passings[point]->at);
  for (const LegFold& leg : legs) {
    if (leg.from >= point || point > leg.to) continue;
    return leg.ahead ? std::optional(since + *leg.ahead) : std::nullopt;
  }
  return since;
}

RunnerFold fold_runner(const RaceContext& context, const Course& course,
                       const model::Entrant& entrant, const Decisions& decisions, FoldWork& work) {
  order_sightings(decisions, work);
  make_visits(std::span(work.sightings).first(work.forced_from), context.race->gap,
              context.race->pair_window, work.visits);
  add_pinned_visits(context, course, decisions, work);
  if (!context.legs.empty()) set_aside_team_visits(course, work);
  work.assignment = {};

  std::optional<RunnerFold> fold;
  const auto wave = entered_wave(*context.race, entrant);
  if (!wave) {
    fold = fold_unknown_wave(context, course, decisions, work);
  } else if (context.race->waves[wave->raw()].gun) {
    fold = fold_behind_gun(context, course, decisions, *wave, work);
  }
  if (!fold) {
    // No gun yet: reads are kept, nothing can be timed.
    fold.emplace();
    fold->wave = wave;
    fold->passings.resize(context.race->points.size());
    fold->seen = !work.sightings.empty();
  }
  fold->penalty = decisions.penalty;
  fold->assisted = decisions.assisted;
  find_neutral(context, *fold);
  time_legs(*fold);
  decide_status(context, entrant, decisions, *fold);
  return std::move(*fold);
}

}  // namespace hs::scoring
