#include "scoring/result_diff.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

namespace hs::scoring {
namespace {

using model::EntrantId;
using model::EventResults;

auto key_of(const std::optional<model::Placing>& placing) {
  return placing ? std::pair(placing->place, placing->shared) : std::pair(0U, false);
}

bool same_places(const model::Places& a, const model::Places& b) {
  return key_of(a.overall) == key_of(b.overall) && key_of(a.sex) == key_of(b.sex) &&
         key_of(a.division) == key_of(b.division);
}

template <typename Same>
bool same_splits(const model::RunnerResult& a, const model::RunnerResult& b, const Same& same) {
  return std::equal(a.splits.begin(), a.splits.end(), b.splits.begin(), b.splits.end(), same);
}

/// All but places.
bool same_runner(const model::RunnerResult& a, const model::RunnerResult& b) {
  const auto values = [](const model::RunnerResult& r) {
    return std::tie(r.status, r.start_source, r.gun_at, r.start_at, r.gun, r.clock, r.net,
                    r.official, r.penalty, r.clause);
  };
  return values(a) == values(b) &&
         same_splits(a, b, [](const model::Split& x, const model::Split& y) {
           return x.net == y.net && x.gun == y.gun;
         });
}

std::map<model::BibNumber, EntrantId> by_bib(const EventResults& results, std::string_view race) {
  std::map<model::BibNumber, EntrantId> out;
  for (const model::RunnerResult& runner : results.runners) {
    if (results.event.races[runner.race.raw()].id != race) continue;
    out.emplace(results.entrants[runner.entrant.raw()].bib, runner.entrant);
  }
  return out;
}

std::map<std::pair<std::string, std::string>, const model::AwardWinners*> awards_of(
    const EventResults& results, std::string_view race) {
  std::map<std::pair<std::string, std::string>, const model::AwardWinners*> out;
  for (const model::AwardWinners& award : results.awards) {
    if (results.event.races[award.race.raw()].id != race) continue;
    out[{award.award, award.division}] = &award;
  }
  return out;
}

/// The winners of an award, with what does not hang on the list they are of.
std::vector<std::tuple<std::uint32_t, bool, model::BibNumber>> winners_of(
    const EventResults& results, const model::AwardWinners* award) {
  std::vector<std::tuple<std::uint32_t, bool, model::BibNumber>> out;
  if (award == nullptr) return out;
  for (const auto& [placing, id] : award->winners) {
    out.emplace_back(placing.place, placing.shared, results.entrants[id.raw()].bib);
  }
  return out;
}

}  // namespace

std::vector<ResultChange> changes_between(const EventResults& first, const EventResults& second,
                                          std::string_view race) {
  const auto before = by_bib(first, race);
  const auto after = by_bib(second, race);
  std::vector<ResultChange> out;
  for (const auto& [bib, id] : after) {
    const auto found = before.find(bib);
    if (found == before.end()) {
      out.push_back({std::nullopt, id, false});
      continue;
    }
    const model::RunnerResult& a = first.runners[found->second.raw()];
    const model::RunnerResult& b = second.runners[id.raw()];
    const bool same = same_runner(a, b);
    if (!same || !same_places(a.places, b.places)) out.push_back({found->second, id, same});
  }
  for (const auto& [bib, id] : before) {
    if (!after.contains(bib)) out.push_back({id, std::nullopt, false});
  }
  const auto place = [&](const ResultChange& change) {
    std::optional<model::Placing> placing;
    if (change.after) placing = second.runners[change.after->raw()].places.overall;
    return placing ? std::pair(false, placing->place) : std::pair(true, 0U);
  };
  std::stable_sort(out.begin(), out.end(), [&](const ResultChange& a, const ResultChange& b) {
    return place(a) < place(b);
  });
  return out;
}

std::vector<AwardChange> award_changes(const EventResults& first, const EventResults& second,
                                       std::string_view race) {
  const auto before = awards_of(first, race);
  const auto after = awards_of(second, race);
  std::vector<AwardChange> out;
  for (const model::AwardWinners& award : second.awards) {
    if (second.event.races[award.race.raw()].id != race) continue;
    const auto found = before.find({award.award, award.division});
    const auto* known = found == before.end() ? nullptr : found->second;
    if (winners_of(first, known) != winners_of(second, &award)) out.push_back({known, &award});
  }
  for (const auto& [key, award] : before) {
    if (!after.contains(key) && !award->winners.empty()) out.push_back({award, nullptr});
  }
  return out;
}

}  // namespace hs::scoring
