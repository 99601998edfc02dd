#include "moments/barrier.h"

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "moments/ages.h"
#include "scoring/rule_set.h"
#include "scoring/standard.h"

// Implementation notes: by net time, which the moment's own words give, and only where the official
// time is under the barrier too: nobody is told to have beaten what the results say they missed. A
// standard says itself which time counts, and the time that ranks may be the other one; so there
// the time that counts is rounded as this race rounds official times.

namespace hs::moments {
namespace {

constexpr std::int64_t kHalfHour = 1800;
constexpr std::int64_t kMostLeft = 10;
constexpr std::int64_t kLeastBarrier = 3600;

/// Whole seconds, cut as they are shown.
std::int64_t cut(base::Duration time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

bool is_official_under(const model::RunnerResult& runner, std::int64_t barrier) {
  return !runner.official || cut(*runner.official) < barrier;
}

struct Barrier {
  const char* given = "";
  std::int64_t seconds = 0;  ///< The time to be under.
  std::optional<std::int64_t> left;
  std::string name;
};

std::optional<Barrier> own_goal(const model::EventResults& results, model::EntrantId id) {
  const auto& wanted = results.persons[id.raw()].goal_time;
  if (!wanted || !results.entrants[id.raw()].tell) return std::nullopt;
  const model::RunnerResult& runner = results.runners[id.raw()];
  Barrier out{"goal", cut(*wanted), std::nullopt, {}};
  const std::int64_t left = out.seconds - cut(runner.net->value());
  if (left > 0 && is_official_under(runner, out.seconds)) out.left = left;
  return out;
}

/// True where the band follows from the published age alone. On a later day somebody is one of two
/// ages; where these have different times, the band would tell on which side of it the birthday is.
bool shows_only_age(const model::Standard& standard, const model::StandardTime& band,
                    const model::EventResults& results, const model::Entrant& entrant) {
  if (!publishes_ages(results) || !entrant.age || entrant.is_private) return false;
  if (!standard.age_on) return true;
  const int years = base::age_on(results.event.date, *standard.age_on);
  return scoring::band_of(standard, band.sex, *entrant.age + years) == &band &&
         scoring::band_of(standard, band.sex, *entrant.age + years + 1) == &band;
}

/// What is left of a standard, where it is near and may be told.
std::optional<Barrier> near_standard(const model::Standard& standard,
                                     const model::EventResults& results, model::EntrantId id) {
  const auto against = scoring::against_standard(standard, results, id);
  if (!against || !shows_only_age(standard, *against->band, results, results.entrants[id.raw()])) {
    return std::nullopt;
  }
  const std::int64_t left = against->left_seconds();
  if (left == 0 || left > kMostLeft || left < -kMostLeft) return std::nullopt;
  const model::Race& race = results.event.races[results.runners[id.raw()].race.raw()];
  const auto shown = base::round_up(against->took, scoring::rounding_of(race.rules));
  if (left > 0 && shown >= against->band->time) return std::nullopt;
  return Barrier{"standard", cut(against->band->time), left, standard.name};
}

enum class Side { Made, Missed };

/// The nearest standard on that side; of equals the first of the event file.
std::optional<Barrier> nearest_standard(const model::EventResults& results, model::EntrantId id,
                                        Side side) {
  std::optional<Barrier> nearest;
  const model::RaceId race = results.runners[id.raw()].race;
  for (const model::Standard& standard : results.event.races[race.raw()].standards) {
    const auto one = near_standard(standard, results, id);
    if (!one || (*one->left > 0) != (side == Side::Made)) continue;
    if (!nearest || std::abs(*one->left) < std::abs(*nearest->left)) nearest = one;
  }
  return nearest;
}

std::optional<Barrier> half_hour(const model::RunnerResult& runner) {
  const std::int64_t took = cut(runner.net->value());
  const std::int64_t barrier = (took / kHalfHour + 1) * kHalfHour;
  if (barrier < kLeastBarrier || barrier - took > kMostLeft) return std::nullopt;
  if (!is_official_under(runner, barrier)) return std::nullopt;
  return Barrier{"time", barrier, barrier - took, {}};
}

std::optional<Barrier> barrier_of(const model::EventResults& results, model::EntrantId id,
                                  bool hardship) {
  auto goal = own_goal(results, id);
  if (goal && goal->left && *goal->left <= kMostLeft) return goal;
  if (auto made = nearest_standard(results, id, Side::Made)) return made;
  if (hardship) {
    if (goal && !goal->left) return goal;
    if (auto missed = nearest_standard(results, id, Side::Missed)) return missed;
  }
  return half_hour(results.runners[id.raw()]);
}

}  // namespace

void add_barrier(const model::EventResults& results, model::Moment& moment) {
  if (moment.people.size() != 1) return;
  const model::EntrantId id = moment.people.front();
  const model::RunnerResult& runner = results.runners[id.raw()];
  if (!runner.net || runner.status != model::RunnerStatus::Finished) return;
  const auto barrier = barrier_of(results, id, model::is_hardship(moment.kind));
  if (!barrier) return;
  model::Evidence evidence;
  evidence.what = "barrier";
  evidence.to = results.event.races[moment.race.raw()].points.back().id;
  evidence.bibs = {results.entrants[id.raw()].bib};
  evidence.seconds = barrier->left;
  evidence.expected_seconds = barrier->seconds;
  evidence.given = barrier->given;
  evidence.name = barrier->name;
  moment.evidence.push_back(std::move(evidence));
}

}  // namespace hs::moments
