#include "scoring/award_order.h"

#include <algorithm>

#include "scoring/division.h"

namespace hs::scoring {

std::optional<base::Duration> time_by(const model::RunnerResult& runner, model::RankBy by) {
  switch (by) {
    case model::RankBy::Gun:
      return runner.gun ? std::optional(runner.gun->value()) : std::nullopt;
    case model::RankBy::Clock:
      return runner.clock ? std::optional(runner.clock->value()) : std::nullopt;
    case model::RankBy::Net:
      return runner.net ? std::optional(runner.net->value()) : std::nullopt;
  }
  return std::nullopt;
}

bool may_win(const model::Race& race, const model::Award& award, const std::string& division,
             const model::Entrant& entrant, const model::Person& person) {
  if (award.sex && award.sex != entrant.sex) return false;
  const auto& clubs = award.clubs;
  if (!clubs.empty() && std::find(clubs.begin(), clubs.end(), person.club) == clubs.end()) {
    return false;
  }
  return division.empty() || belongs(race, division, entrant);
}

std::vector<AwardFinisher> ranked_by(const model::EventResults& results, std::size_t race,
                                     model::RankBy by) {
  std::vector<AwardFinisher> out;
  for (const model::EntrantId id : results.order[race]) {
    const model::RunnerResult& runner = results.runners[id.raw()];
    if (!runner.places.overall) continue;
    if (const auto time = time_by(runner, by)) out.push_back({id, *time, runner.places.overall});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const AwardFinisher& a, const AwardFinisher& b) { return a.time < b.time; });
  return out;
}

bool shares(const AwardFinisher& a, const AwardFinisher& b, bool race_ranks_so) {
  if (race_ranks_so) return a.race_place->place == b.race_place->place;
  return a.time == b.time;
}

}  // namespace hs::scoring
