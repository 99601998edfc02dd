#include "scoring/awards.h"

#include <algorithm>
#include <set>

#include "scoring/division.h"

namespace hs::scoring {
namespace {

using model::EntrantId;

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

/// Finishers of one race by one time, equal ones in the race's own order.
struct Ranked {
  EntrantId id;
  base::Duration time;
  std::optional<model::Placing> race_place;
};

std::vector<Ranked> ranked_by(const model::EventResults& results, std::size_t race,
                              model::RankBy by) {
  std::vector<Ranked> out;
  for (const EntrantId id : results.order[race]) {
    const model::RunnerResult& runner = results.runners[id.raw()];
    if (!runner.places.overall) continue;
    if (const auto time = time_by(runner, by)) out.push_back({id, *time, runner.places.overall});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Ranked& a, const Ranked& b) { return a.time < b.time; });
  return out;
}

/// True when `b`, right behind `a`, shares its place: equal time, and where the race ranks by the
/// same time, as the race's own order says.
bool shares(const Ranked& a, const Ranked& b, bool race_ranks_so) {
  if (race_ranks_so) return a.race_place->place == b.race_place->place;
  return a.time == b.time;
}

using Winners = std::vector<std::pair<model::Placing, EntrantId>>;

Winners take_prizes(const std::vector<Ranked>& eligible, int places, bool race_ranks_so) {
  Winners out;
  std::uint32_t place = 1;
  for (std::size_t i = 0; i < eligible.size();) {
    std::size_t end = i + 1;
    while (end < eligible.size() && shares(eligible[end - 1], eligible[end], race_ranks_so)) ++end;
    if (place > static_cast<std::uint32_t>(places)) break;
    for (std::size_t k = i; k < end; ++k) {
      out.push_back({model::Placing{place, end - i > 1}, eligible[k].id});
    }
    place += static_cast<std::uint32_t>(end - i);
    i = end;
  }
  return out;
}

/// The division lists an award has: none named, one, or each.
std::vector<std::optional<std::size_t>> divisions_of(const model::Race& race,
                                                     const model::Award& award) {
  if (award.division.empty()) return {std::nullopt};
  std::vector<std::optional<std::size_t>> out;
  for (std::size_t d = 0; d < race.divisions.size(); ++d) {
    if (award.division == "*" || race.divisions[d].id == award.division) out.emplace_back(d);
  }
  return out;
}

}  // namespace

std::vector<model::AwardWinners> award_winners(const model::EventResults& results) {
  std::vector<model::AwardWinners> out;
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    const model::Race& race = results.event.races[r];
    std::vector<std::pair<std::string, EntrantId>> won;
    for (const model::Award& award : race.awards) {
      const std::vector<Ranked> ranked = ranked_by(results, r, award.by);
      std::set<EntrantId> passed_over;
      for (const auto& [id, runner] : won) {
        const auto& names = award.exclude_winners_of;
        if (std::find(names.begin(), names.end(), id) != names.end()) passed_over.insert(runner);
      }
      for (const auto division : divisions_of(race, award)) {
        std::vector<Ranked> eligible;
        for (const Ranked& runner : ranked) {
          const model::Entrant& entrant = results.entrants[runner.id.raw()];
          const bool fits = (!award.sex || award.sex == entrant.sex) &&
                            (!division || belongs(race.divisions[*division], entrant)) &&
                            !passed_over.contains(runner.id);
          if (fits) eligible.push_back(runner);
        }
        model::AwardWinners list{model::RaceId(static_cast<std::uint16_t>(r)), award.id,
                                 division ? race.divisions[*division].id : std::string(),
                                 take_prizes(eligible, award.places, award.by == race.rank_by)};
        for (const auto& [placing, id] : list.winners) won.emplace_back(award.id, id);
        out.push_back(std::move(list));
      }
    }
  }
  return out;
}

}  // namespace hs::scoring
