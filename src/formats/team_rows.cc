#include "formats/team_rows.h"

#include <algorithm>

namespace hs::formats {
namespace {

using model::EntrantFact;

const LegRow* who_runs(const TeamRows& rows, const std::string& leg) {
  for (const LegRow& row : rows.runners) {
    if (std::find(row.legs.begin(), row.legs.end(), leg) != row.legs.end()) return &row;
  }
  return nullptr;
}

/// What `text` says in all rows alike; empty where they differ.
std::string common(const TeamRows& rows, std::string model::Person::*text) {
  const std::string& first = rows.runners.front().runner.person.*text;
  const bool is_common =
      std::all_of(rows.runners.begin(), rows.runners.end(),
                  [&](const LegRow& row) { return row.runner.person.*text == first; });
  return is_common ? first : std::string();
}

std::optional<model::Sex> sex_of_all(const TeamRows& rows) {
  const auto first = rows.runners.front().runner.entrant.sex;
  bool is_mixed = false;
  for (const LegRow& row : rows.runners) {
    if (!row.runner.entrant.sex) return std::nullopt;
    is_mixed = is_mixed || row.runner.entrant.sex != first;
  }
  return is_mixed ? model::Sex::X : first;
}

std::optional<int> age_of_youngest(const TeamRows& rows) {
  std::optional<int> least;
  for (const LegRow& row : rows.runners) {
    const auto& age = row.runner.entrant.age;
    if (!age) return std::nullopt;
    least = std::min(least.value_or(*age), *age);
  }
  return least;
}

void add_runners(const TeamRows& rows, const std::vector<model::RelayLeg>& legs,
                 EntrantFact& team) {
  for (const model::RelayLeg& leg : legs) {
    const LegRow* row = who_runs(rows, leg.id);
    if (row == nullptr) continue;
    const model::Entrant& runner = row->runner.entrant;
    team.entrant.legs.push_back({leg.id, runner.chips});
    if (!runner.is_private && !row->runner.person.name.empty()) {
      team.person.runners.emplace_back(leg.id, row->runner.person.name);
    }
  }
  for (const LegRow& row : rows.runners) {
    auto& chips = team.entrant.chips;
    for (const model::TagCode& chip : row.runner.entrant.chips) {
      if (std::find(chips.begin(), chips.end(), chip) == chips.end()) chips.push_back(chip);
    }
    team.entrant.is_minor = team.entrant.is_minor || row.runner.entrant.is_minor;
    for (const auto& [column, text] : row.runner.person.extra) {
      team.person.extra.emplace_back("leg " + row.legs.front() + " " + column, text);
    }
  }
}

}  // namespace

EntrantFact team_of(const TeamRows& rows, const std::vector<model::RelayLeg>& legs) {
  EntrantFact team = rows.own.value_or(EntrantFact{});
  if (rows.runners.empty()) {
    if (team.person.name.empty()) team.person.name = team.person.team;
    return team;
  }
  const EntrantFact& first = rows.runners.front().runner;
  team.entrant.race = first.entrant.race;
  team.entrant.bib = first.entrant.bib;
  if (team.entrant.wave.empty()) team.entrant.wave = first.entrant.wave;
  if (!team.entrant.sex) team.entrant.sex = sex_of_all(rows);
  if (!team.entrant.age) team.entrant.age = age_of_youngest(rows);
  if (team.person.team.empty()) team.person.team = common(rows, &model::Person::team);
  if (team.person.club.empty()) team.person.club = common(rows, &model::Person::club);
  if (team.person.country.empty()) team.person.country = common(rows, &model::Person::country);
  if (team.person.name.empty()) team.person.name = team.person.team;
  add_runners(rows, legs, team);
  return team;
}

std::optional<std::string> leg_without_runner(const TeamRows& rows,
                                              const std::vector<model::RelayLeg>& legs) {
  if (rows.runners.empty()) return std::nullopt;
  for (const model::RelayLeg& leg : legs) {
    if (who_runs(rows, leg.id) == nullptr) return leg.id;
  }
  return std::nullopt;
}

}  // namespace hs::formats
