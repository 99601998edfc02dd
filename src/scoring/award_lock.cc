#include "scoring/award_lock.h"

#include <algorithm>
#include <map>
#include <utility>

#include "model/relay.h"
#include "scoring/award_order.h"
#include "scoring/course.h"

// Implementation notes: each runner who may still finish has an earliest finish, and with it a
// least time by gun, clock or net. What cannot be known is taken in the runner's favour.

namespace hs::scoring {
namespace {

using base::Duration;
using base::RaceTime;
using model::RunnerStatus;

/// The courses of an event, each made once.
class Courses {
 public:
  explicit Courses(const model::Event& event) : event_(event) {}

  const Course& of(model::RaceId race, model::Mode mode) {
    const auto [found, fresh] = made_.try_emplace({race, mode});
    if (fresh) found->second = make_course(event_.races[race.raw()], mode, mats_);
    return found->second;
  }

 private:
  const model::Event& event_;
  MatTable mats_;
  std::map<std::pair<model::RaceId, model::Mode>, Course> made_;
};

std::optional<RaceTime> latest_passing(const model::EventResults& results) {
  std::optional<RaceTime> latest;
  for (const model::RunnerResult& runner : results.runners) {
    for (const model::Split& split : runner.splits) {
      if (split.passing && (!latest || split.passing->at > *latest)) latest = split.passing->at;
    }
  }
  return latest;
}

/// A runner who may still finish.
struct Chance {
  RaceTime from;        ///< What the award's time counts from, at the latest.
  RaceTime can_finish;  ///< Not before this.
};

/// What `by` counts from; of a start that was not heard yet the latest that may still come.
std::optional<RaceTime> counts_from(const model::EventResults& results,
                                    const model::RunnerResult& runner, model::RankBy by,
                                    RaceTime now) {
  const model::Race& race = results.event.races[runner.race.raw()];
  if (by == model::RankBy::Clock) {
    std::optional<RaceTime> first;
    for (const model::Wave& wave : race.waves) {
      if (wave.gun && (!first || *wave.gun < *first)) first = wave.gun;
    }
    return first;
  }
  if (!runner.gun_at) return std::nullopt;
  if (by == model::RankBy::Gun) return runner.gun_at;
  if (runner.start_at && runner.start_source != model::StartSource::Gun) return runner.start_at;
  // Nobody heard the start: the gun stands in, unless a start in the window is still to come.
  const bool seen = runner.status == RunnerStatus::Running;
  const RaceTime window_ends = *runner.gun_at + race.start_window;
  return seen || now > window_ends ? *runner.gun_at : window_ends;
}

std::optional<Chance> chance_of(const model::EventResults& results,
                                const model::RunnerResult& runner, const Course& course,
                                model::RankBy by, RaceTime now) {
  const auto from = counts_from(results, runner, by, now);
  if (!from) return std::nullopt;
  Chance out{*from, now};
  const std::size_t finish = course.finish();
  RaceTime earliest = by == model::RankBy::Net ? *from : runner.gun_at.value_or(*from);
  earliest = earliest + course.least_step(0, finish);
  // Behind a mass start the legs of a team are run at once: where one was says nothing of the last.
  const auto& waves = results.event.races[runner.race.raw()].waves;
  const bool at_once = std::any_of(waves.begin(), waves.end(), model::is_mass_start);
  for (std::size_t p = 0; p < finish && !at_once; ++p) {
    const model::Split& split = runner.splits[course.points[p].id.raw()];
    if (split.passing) earliest = split.passing->at + course.least_step(p, finish);
  }
  out.can_finish = std::max(now, earliest);
  return out;
}

bool may_finish(RunnerStatus status) {
  return status == RunnerStatus::Entered || status == RunnerStatus::Running;
}

/// The time of the last prize; absent where prizes are left.
std::optional<Duration> to_beat(const model::EventResults& results, const model::Award& award,
                                const model::AwardWinners& list) {
  if (list.winners.size() < static_cast<std::size_t>(award.places)) return std::nullopt;
  return time_by(results.runners[list.winners.back().second.raw()], award.by);
}

void judge(const model::EventResults& results, RaceTime now, Courses& courses,
           model::AwardWinners& list, const model::Award& award) {
  const model::Race& race = results.event.races[list.race.raw()];
  const auto last = to_beat(results, award, list);
  for (const model::RunnerResult& runner : results.runners) {
    if (runner.race != list.race || !may_finish(runner.status)) continue;
    const model::Entrant& entrant = results.entrants[runner.entrant.raw()];
    const model::Person& person = results.persons[runner.entrant.raw()];
    if (!may_win(race, award, list.division, entrant, person)) continue;
    const Course& course = courses.of(list.race, entrant.mode);
    const auto chance = chance_of(results, runner, course, award.by, now);
    // Without a gun nothing is known yet, and everything possible.
    if (chance && last && chance->can_finish - chance->from >= *last) continue;
    list.could.push_back(runner.entrant);
    if (chance && last) list.open = std::max(list.open.value_or(now), chance->from + *last);
  }
  if (!last) list.open.reset();
  list.is_locked = list.could.empty();
}

/// True where what happens in `other` may move the winners of `list`.
bool depends(const model::Race& race, const model::Award& award, const model::Award& other) {
  if (race.one_prize != model::OnePrize::No && !award.besides && !other.besides) return true;
  const auto& named = award.exclude_winners_of;
  return std::find(named.begin(), named.end(), other.id) != named.end();
}

const model::Award& award_of(const model::Race& race, const std::string& id) {
  return *std::find_if(race.awards.begin(), race.awards.end(),
                       [&](const model::Award& award) { return award.id == id; });
}

/// Takes back the locks of lists that hang on one that is open.
void unlock_dependent(const model::Event& event, std::vector<model::AwardWinners>& awards) {
  for (bool changed = true; changed;) {
    changed = false;
    for (model::AwardWinners& list : awards) {
      const model::Race& race = event.races[list.race.raw()];
      if (!list.is_locked) continue;
      for (const model::AwardWinners& other : awards) {
        if (other.race != list.race || other.is_locked) continue;
        if (!depends(race, award_of(race, list.award), award_of(race, other.award))) continue;
        list.is_locked = false;
        changed = true;
        break;
      }
    }
  }
}

}  // namespace

void add_locks(const model::EventResults& results, std::vector<model::AwardWinners>& awards) {
  const RaceTime now = latest_passing(results).value_or(results.event.begins);
  Courses courses(results.event);
  for (model::AwardWinners& list : awards) {
    const model::Race& race = results.event.races[list.race.raw()];
    list.is_locked = results.closed[list.race.raw()];
    if (list.is_locked) continue;
    judge(results, now, courses, list, award_of(race, list.award));
  }
  unlock_dependent(results.event, awards);
}

}  // namespace hs::scoring
