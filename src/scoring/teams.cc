#include "scoring/teams.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/check.h"
#include "scoring/award_order.h"
#include "scoring/division.h"
#include "scoring/rule_set.h"
#include "scoring/tied_order.h"

// Implementation notes: teams are counted in three steps. Who takes a place at all (full teams, not
// too many of one), which places those are, and how teams with the same sum stand to each other.

namespace hs::scoring {
namespace {

using model::RuleSet;
using model::TeamMember;
using model::TeamScore;
using model::TeamStanding;
using model::TeamTie;

struct BookRow {
  RuleSet rules;
  TeamRules teams;
};

// Public quotations of the books; docs/scoring-rules.md says where a row was checked.
const BookRow kBooks[] = {
    {RuleSet::NfhsXc, {TeamScore::Places, 5, 7, true, TeamTie::NextRunner, "9-2-4"}},
    {RuleSet::NcaaXc, {TeamScore::Places, 5, 7, true, TeamTie::Pairs, "cross-country scoring"}},
    {RuleSet::WaXc, {TeamScore::Places, 4, 6, false, TeamTie::LastScorer, "TR 56"}},
};

/// The order of members of `team` as they came.
std::vector<std::vector<std::size_t>> by_team(const std::vector<TeamRunner>& runners,
                                              std::size_t teams) {
  std::vector<std::vector<std::size_t>> out(teams);
  for (std::size_t i = 0; i < runners.size(); ++i) {
    HS_CHECK(runners[i].team < teams, "a runner of a team that is not listed");
    out[runners[i].team].push_back(i);
  }
  return out;
}

/// Places counted anew among the runners who `count`; equal ones stay equal. 0: does not count.
std::vector<std::uint32_t> places_among(const std::vector<TeamRunner>& runners,
                                        const std::vector<bool>& count) {
  std::vector<std::uint32_t> out(runners.size(), 0);
  std::uint32_t counted = 0;
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < runners.size(); ++i) {
    if (!count[i]) continue;
    ++counted;
    out[i] = last && runners[*last].place == runners[i].place ? out[*last] : counted;
    last = i;
  }
  return out;
}

TeamMember member(const TeamRunner& runner, std::size_t index, std::uint32_t place, bool scores) {
  return {model::EntrantId(static_cast<std::uint32_t>(index)), place, runner.time, scores};
}

/// Where the runner behind the scorers came in; teams without one come behind all that have one.
std::uint64_t next_runner(const TeamStanding& team, std::size_t scorers) {
  if (team.members.size() <= scorers || team.members[scorers].place == 0) return UINT64_MAX;
  return team.members[scorers].place;
}

/// Sum of the first `count` places.
std::uint64_t first_places(const TeamStanding& team, std::size_t count) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += team.members[i].place;
  return sum;
}

/// Below 0 where `a` stands before `b`, which has the same score.
int compare_tied(const TeamStanding& a, const TeamStanding& b, const TeamRules& rules) {
  const auto scorers = static_cast<std::size_t>(rules.scorers);
  const auto sign = [](std::uint64_t x, std::uint64_t y) { return x < y ? -1 : (x > y ? 1 : 0); };
  switch (rules.tie) {
    case TeamTie::NextRunner: {
      const std::uint64_t of_a = next_runner(a, scorers);
      const std::uint64_t of_b = next_runner(b, scorers);
      if (of_a != of_b) return sign(of_a, of_b);
      return sign(first_places(a, scorers - 1), first_places(b, scorers - 1));
    }
    case TeamTie::Pairs: {
      int won = 0;
      for (std::size_t i = 0; i < scorers; ++i) {
        won += sign(a.members[i].place, b.members[i].place);
      }
      return won;
    }
    case TeamTie::LastScorer:
      return sign(a.members[scorers - 1].place, b.members[scorers - 1].place);
    case TeamTie::Share:
      return 0;
  }
  return 0;
}

std::vector<TeamStanding> standings(const std::vector<TeamRunner>& runners,
                                    const std::vector<std::string>& names, const TeamRules& rules,
                                    const std::vector<std::vector<std::size_t>>& members,
                                    const std::vector<std::uint32_t>& places) {
  const auto scorers = static_cast<std::size_t>(rules.scorers);
  std::vector<TeamStanding> out;
  for (std::size_t t = 0; t < members.size(); ++t) {
    TeamStanding team{names[t], std::nullopt, 0, base::Duration(0), {}};
    const bool full = members[t].size() >= scorers;
    for (const std::size_t i : members[t]) {
      const bool scores = full && team.members.size() < scorers;
      team.members.push_back(member(runners[i], i, places[i], scores));
      if (!scores) continue;
      team.places += places[i];
      team.time += runners[i].time;
    }
    out.push_back(std::move(team));
  }
  return out;
}

}  // namespace

TeamRules team_rules(RuleSet rules, const model::TeamAward& award) {
  TeamRules out;
  out.clause = "house rule";
  for (const BookRow& row : kBooks) {
    if (row.rules == rules) out = row.teams;
  }
  if (award.score) out.score = *award.score;
  if (award.scorers) out.scorers = *award.scorers;
  if (award.runners) out.runners = *award.runners;
  if (award.closes_up) out.closes_up = *award.closes_up;
  if (award.tie) out.tie = *award.tie;
  if (out.runners) out.runners = std::max(*out.runners, out.scorers);
  return out;
}

std::vector<TeamStanding> place_teams(const std::vector<TeamRunner>& runners,
                                      const std::vector<std::string>& names,
                                      const TeamRules& rules) {
  HS_CHECK(rules.scorers >= 1, "a team award without a scorer");
  const auto scorers = static_cast<std::size_t>(rules.scorers);
  const auto members = by_team(runners, names.size());
  std::vector<bool> count(runners.size(), false);
  for (const std::vector<std::size_t>& team : members) {
    if (rules.closes_up && team.size() < scorers) continue;
    for (std::size_t k = 0; k < team.size(); ++k) {
      count[team[k]] = !rules.runners || k < static_cast<std::size_t>(*rules.runners);
    }
  }
  std::vector<std::uint32_t> places(runners.size(), 0);
  if (rules.closes_up) {
    places = places_among(runners, count);
  } else {
    for (std::size_t i = 0; i < runners.size(); ++i) places[i] = count[i] ? runners[i].place : 0;
  }
  std::vector<TeamStanding> teams = standings(runners, names, rules, members, places);
  const auto full = [&](const TeamStanding& team) { return team.members.size() >= scorers; };
  const auto by_score = [&](const TeamStanding& a, const TeamStanding& b) {
    if (full(a) != full(b)) return full(a);
    if (!full(a)) return a.name < b.name;
    return rules.score == TeamScore::Places ? a.places < b.places : a.time < b.time;
  };
  std::sort(teams.begin(), teams.end(),
            [](const TeamStanding& a, const TeamStanding& b) { return a.name < b.name; });
  std::stable_sort(teams.begin(), teams.end(), by_score);
  for (std::size_t i = 0; i < teams.size() && full(teams[i]);) {
    std::size_t same = i + 1;
    while (same < teams.size() && full(teams[same]) && !by_score(teams[i], teams[same])) ++same;
    place_tied(
        teams, i, same,
        [&](const TeamStanding& a, const TeamStanding& b) { return compare_tied(a, b, rules); },
        [](TeamStanding & team) -> auto& { return team.placing; });
    i = same;
  }
  return teams;
}

namespace {

const std::string& team_of(const model::Person& person, model::TeamOf of) {
  return of == model::TeamOf::Team ? person.team : person.club;
}

model::TeamResults results_of(const model::EventResults& results, std::size_t r,
                              const model::TeamAward& award) {
  const model::Race& race = results.event.races[r];
  const TeamRules rules = team_rules(race.rules, award);
  std::map<std::string, std::size_t> index;
  std::vector<std::string> names;
  std::vector<TeamRunner> runners;
  std::vector<model::EntrantId> ids;
  std::uint32_t finished = 0;
  std::uint32_t place = 0;
  std::optional<AwardFinisher> last;
  for (const AwardFinisher& ranked : ranked_by(results, r, award.by)) {
    const model::Entrant& entrant = results.entrants[ranked.id.raw()];
    if (award.sex && award.sex != entrant.sex) continue;
    if (!award.division.empty() && !belongs(race, award.division, entrant)) continue;
    ++finished;
    if (!last || !shares(*last, ranked, award.by == race.rank_by)) place = finished;
    last = ranked;
    const std::string& name = team_of(results.persons[ranked.id.raw()], award.of);
    if (name.empty()) continue;
    const auto [at, fresh] = index.emplace(name, names.size());
    if (fresh) names.push_back(name);
    runners.push_back({at->second, base::round_up(ranked.time, rounding_of(race.rules)), place});
    ids.push_back(ranked.id);
  }
  model::TeamResults out{model::RaceId(static_cast<std::uint16_t>(r)), award.id, rules.score, {}};
  out.teams = place_teams(runners, names, rules);
  for (TeamStanding& team : out.teams) {
    for (TeamMember& one : team.members) one.runner = ids[one.runner.raw()];
  }
  return out;
}

}  // namespace

std::vector<model::TeamResults> team_results(const model::EventResults& results) {
  std::vector<model::TeamResults> out;
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    for (const model::TeamAward& award : results.event.races[r].team_awards) {
      out.push_back(results_of(results, r, award));
    }
  }
  return out;
}

}  // namespace hs::scoring
