#include <algorithm>
#include <optional>

#include "scoring/scorer_state.h"

// Implementation notes: what rulings make of a race before anybody in it is folded. A shortened
// race is the configured one with fewer points, so that everything behind sees one finish. Of
// several rulings of one kind the last holds; parts that do not count add up.

namespace hs::scoring {
namespace {

/// Where a point stands among the points of a race; nothing where it is not taken a time at.
std::optional<std::size_t> timed_point(const model::Race& race, const std::string& id) {
  const auto found =
      std::find_if(race.points.begin(), race.points.end(), [&](const model::Point& point) {
        return point.id == id && point.role == model::PointRole::Timed;
      });
  if (found == race.points.end()) return std::nullopt;
  return static_cast<std::size_t>(found - race.points.begin());
}

/// Lets the race end at a point. What another distance asked for is asked no more.
bool shorten(model::Race& race, const std::string& id) {
  const auto point = timed_point(race, id);
  if (!point || *point == 0) return false;
  if (*point + 1 == race.points.size()) return true;
  // The leg of a relay that is cut short ends there.
  for (std::size_t p = *point; p < race.points.size() && race.points[*point].leg.empty(); ++p) {
    race.points[*point].leg = race.points[p].leg;
  }
  race.points.resize(*point + 1);
  race.standards.clear();
  return true;
}

std::optional<NeutralPart> neutral_part(const model::Race& race,
                                        const model::RaceRulingFact& ruling) {
  if (ruling.from && ruling.until) return NeutralPart{ruling.from, ruling.until, 0, 0};
  const auto from = timed_point(race, ruling.point);
  const auto until = timed_point(race, ruling.to_point);
  if (!from || !until || *from >= *until) return std::nullopt;
  return NeutralPart{std::nullopt, std::nullopt, *from, *until};
}

}  // namespace

void ScorerState::derive_race_rulings(std::size_t r) {
  using Kind = model::RaceRulingFact::Kind;
  model::Race& race = event.races[r];
  RaceState& state = races[r];
  std::vector<std::pair<model::FactSeq, const model::RaceRulingFact*>> said;
  for (const PersonFact& fact : person_facts) {
    const auto* ruling = std::get_if<model::RaceRulingFact>(&fact.fact.body);
    if (ruling != nullptr && fact.active && ruling->race == race.id) {
      said.emplace_back(fact.fact.seq, ruling);
    }
  }
  for (auto last = said.rbegin(); last != said.rend() && !state.shortened; ++last) {
    const bool holds = last->second->kind == Kind::Shorten && shorten(race, last->second->point);
    if (holds) state.shortened = last->first;
  }
  for (const auto& [seq, ruling] : said) {
    if (ruling->kind == Kind::Stop && ruling->at) {
      state.stop = StopRuling{*ruling->at, timed_point(race, ruling->point)};
      if (state.stop->point == 0) state.stop->point.reset();
    } else if (ruling->kind == Kind::Neutralise) {
      if (const auto part = neutral_part(race, *ruling)) state.neutral.push_back(*part);
    }
  }
}

}  // namespace hs::scoring
