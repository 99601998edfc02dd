#include "scoring/missed.h"

#include <algorithm>
#include <tuple>

namespace hs::scoring {
namespace {

using base::Duration;
using base::RaceTime;

constexpr std::int64_t kPartsPerMillion = 1'000'000;
constexpr std::size_t kFieldLeast = 20;

/// A runner's instant at a course point; the start is the gun where it was not heard.
std::optional<RaceTime> instant_at(const Course& course, const RunnerFold& fold, std::size_t p) {
  if (p == 0) return fold.start_at;
  const auto& passing = fold.passings[course.points[p].id.raw()];
  return passing ? std::optional(passing->at) : std::nullopt;
}

}  // namespace

const MissedIntervals::Share& MissedIntervals::share(const ScorerState& state, model::RaceId race,
                                                     const Between& points) {
  const auto [found, is_new] = shares_.try_emplace({race, points});
  if (is_new) found->second = measure(state, race, points);
  return found->second;
}

MissedIntervals::Share MissedIntervals::measure(const ScorerState& state, model::RaceId race,
                                                const Between& points) {
  std::vector<std::int64_t> parts;
  for (const EntrantState& other : state.entrants) {
    if (!other.live || other.race != race || other.fold.passings.empty()) continue;
    const Course& course = state.course_of(other);
    const auto a = instant_at(course, other.fold, points[0]);
    const auto at = instant_at(course, other.fold, points[1]);
    const auto b = instant_at(course, other.fold, points[2]);
    if (!a || !at || !b || *b <= *a) continue;
    parts.push_back((*at - *a).count() * kPartsPerMillion / (*b - *a).count());
  }
  if (parts.size() < kFieldLeast) return {};
  std::sort(parts.begin(), parts.end());
  const std::size_t cut = parts.size() / 100;
  return {parts[cut], parts[parts.size() - 1 - cut], true};
}

void MissedIntervals::take(const ScorerState& state, model::EntrantId id) {
  const EntrantState& runner = state.entrants[id.raw()];
  if (!runner.fold.start_at) return;
  const Course& course = state.course_of(runner);
  const RunnerFold& fold = runner.fold;
  std::size_t before = 0;
  for (std::size_t p = 1; p < course.finish(); ++p) {
    if (instant_at(course, fold, p)) {
      before = p;
      continue;
    }
    std::size_t after = p + 1;
    while (after <= course.finish() && !instant_at(course, fold, after)) ++after;
    if (after > course.finish()) return;
    const RaceTime from = *instant_at(course, fold, before);
    const RaceTime until = *instant_at(course, fold, after);
    RaceTime earliest = from + course.least_step(before, p);
    RaceTime latest = until - course.least_step(p, after);
    const Share& share = this->share(state, *runner.race, {before, p, after});
    if (share.known) {
      const std::int64_t whole = (until - from).count();
      const Duration least(whole / kPartsPerMillion * share.least +
                           whole % kPartsPerMillion * share.least / kPartsPerMillion);
      const Duration most(whole / kPartsPerMillion * share.most +
                          whole % kPartsPerMillion * share.most / kPartsPerMillion + 1);
      earliest = std::max(earliest, from + least);
      latest = std::min(latest, from + most);
    }
    if (earliest > latest) std::tie(earliest, latest) = std::pair(from, until);
    found_.push_back({id, course.points[p].id, base::NetTime(earliest - *fold.start_at),
                      base::NetTime(latest - *fold.start_at)});
  }
}

}  // namespace hs::scoring
