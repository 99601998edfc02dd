#include "conformance/relay_timing.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "conformance/club_files.h"
#include "conformance/fact_race.h"
#include "model/relay.h"

namespace hs::conformance {
namespace {

using base::Result;

constexpr const char* kRace = "relay";
constexpr const char* kMat = "line";

std::size_t number_of(const std::string& text) {
  return static_cast<std::size_t>(std::atoi(text.c_str()));
}

/// The point at which a leg ends; that of leg 0 is the start.
std::string end_of(std::size_t leg) { return leg == 0 ? "start" : "leg" + std::to_string(leg); }

model::Event event_of(const Config& config) {
  model::Event event = empty_event();
  model::Race race;
  race.id = kRace;
  race.rules = model::RuleSet::UsatfRoad;
  race.unresolved = model::Unresolved::DidNotFinish;
  race.gap = base::Duration(1);  // Every time that was written down is one of its own.
  race.points.push_back(point("start", 0, base::Duration(0)));
  const std::size_t legs = number_of(get(config, "NUMBER_OF_LEGS"));
  for (std::size_t leg = 1; leg <= legs; ++leg) {
    // The lengths are not in the files; any time after the one before counts.
    const auto metres = static_cast<std::int64_t>(leg) * 5000;
    model::Point end = point(end_of(leg), metres, std::chrono::seconds(leg));
    end.mat = kMat;
    end.leg = std::to_string(leg);
    race.points.push_back(std::move(end));
  }
  race.waves = {{"A", midnight() + race_start(config)}};
  for (const std::string& item : list_of(config, "MASS_START_TIMES")) {
    const auto parts = split(item, '/');
    const base::Duration at = duration(parts.at(1));
    if (at != base::Duration(0)) race.waves.push_back({"M" + parts[0], midnight() + at, parts[0]});
  }
  event.races.push_back(std::move(race));
  return event;
}

model::RulingFact ruling(model::RulingFact::Kind kind, const std::string& team) {
  model::RulingFact fact;
  fact.kind = kind;
  fact.race = kRace;
  fact.bib = bib(team);
  fact.reason = "config.txt";
  fact.author.by = "timer";
  return fact;
}

/// Of teams that lack times: the n-th is that of the n-th leg, and not of the one that would make
/// the legs most even.
void append_counted_legs(const std::map<std::string, std::vector<model::FactSeq>>& reads,
                         std::size_t legs, FactRace& facts) {
  for (const auto& [team, of_team] : reads) {
    for (std::size_t leg = 1; leg <= of_team.size() && of_team.size() < legs; ++leg) {
      auto fact = ruling(model::RulingFact::Kind::ForceRead, team);
      fact.reads = {of_team[leg - 1]};
      fact.point = end_of(leg);
      facts.append(fact);
    }
  }
}

void append_rulings(const Config& config, FactRace& facts) {
  for (const std::string& item : list_of(config, "DNF_FINISHERS")) {
    const auto parts = split(item, '/');
    auto fact = ruling(model::RulingFact::Kind::DidNotFinish, parts.at(0));
    fact.point = end_of(number_of(parts.at(1)));
    facts.append(fact);
  }
  for (const std::string& item : list_of(config, "INDIVIDUAL_LEG_STARTS")) {
    const auto parts = split(item, '/');
    auto fact = ruling(model::RulingFact::Kind::Start, parts.at(0));
    fact.point = end_of(number_of(parts.at(1)) - 1);
    fact.at = midnight() + duration(parts.at(2));
    facts.append(fact);
  }
}

Result<model::EventResults> results_of(const std::string& folder) {
  HS_TRY(const Config config, read_config(folder));
  FactRace facts;
  facts.append(model::EventFact{event_of(config)});
  HS_TRY(const auto entries, lines_of(folder + "/" + get(config, "ENTRIES_PATH")));
  for (const std::string& line : entries) {
    const auto cells = split(line, '\t');
    model::EntrantFact team;
    team.entrant.race = kRace;
    team.entrant.bib = bib(cells.at(0));
    team.person.name = cells.at(1);
    facts.append(team);
  }
  HS_TRY(const auto times, lines_of(folder + "/" + get(config, "RAW_RESULTS_PATH")));
  std::map<std::string, std::vector<model::FactSeq>> reads;
  for (const std::string& line : times) {
    const auto cells = split(line, '\t');
    const bool is_known = cells.at(0) != "?";
    const model::FactSeq read =
        facts.read(is_known ? cells[0] : "0", kMat, recorded(cells.at(1)), model::ReadRole::Manual);
    if (is_known) reads[cells[0]].push_back(read);
  }
  append_counted_legs(reads, number_of(get(config, "NUMBER_OF_LEGS")), facts);
  append_rulings(config, facts);
  return facts.results();
}

std::string seconds_text(base::Duration time) {
  return padded(base::format_official(time, base::Rounding::UpToSecond));
}

/// Which mass start sent a leg out, or would have: "M3 ", or nothing.
std::string mass_start_of(const model::Race& race, const std::vector<model::RelayLeg>& legs,
                          std::size_t leg, const model::LegResult& result) {
  if (result.start != model::LegStart::MassStart) return {};
  const auto gun = model::mass_start_of(race, legs, leg);
  for (const model::Wave& wave : race.waves) {
    if (model::is_mass_start(wave) && wave.gun == gun) return wave.id + " ";
  }
  return {};
}

std::string place_text(const std::optional<model::Placing>& placing) {
  if (!placing) return "-";
  return std::to_string(placing->place) + (placing->shared ? "=" : "");
}

TeamLine team_line(const model::EventResults& results, model::EntrantId id) {
  const model::RunnerResult& runner = results.runners[id.raw()];
  const model::Race& race = results.event.races[0];
  const auto legs = model::legs_of(race);
  TeamLine line{place_text(runner.places.overall), results.entrants[id.raw()].bib.str(), {}};
  for (std::size_t l = 0; l < legs.size(); ++l) {
    const auto& gun = runner.splits[legs[l].to].gun;
    const auto& time = runner.legs[l].time;
    line.legs.push_back(mass_start_of(race, legs, l, runner.legs[l]) +
                        (time ? seconds_text(*time) : "DNF") + " " +
                        (gun ? seconds_text(gun->value()) : "DNF"));
  }
  return line;
}

/// Those placed as they stand, the others by number.
void settle_order(std::vector<TeamLine>& teams) {
  std::stable_sort(teams.begin(), teams.end(), [](const TeamLine& a, const TeamLine& b) {
    const auto key = [](const TeamLine& line) {
      return std::tuple(line.place == "-", line.place == "-" ? number_of(line.bib) : 0);
    };
    return key(a) < key(b);
  });
}

LegLines leg_lines(const model::EventResults& results, std::size_t leg) {
  std::vector<std::tuple<std::uint32_t, std::string>> lines;
  for (const model::RunnerResult& runner : results.runners) {
    if (runner.status == model::RunnerStatus::DidNotStart) continue;
    const auto& placing = runner.legs[leg].places.overall;
    const auto& time = runner.legs[leg].time;
    lines.emplace_back(placing ? placing->place : UINT32_MAX,
                       place_text(placing) + " " + (time ? seconds_text(*time) : "DNF"));
  }
  std::sort(lines.begin(), lines.end());
  LegLines out;
  for (const auto& [place, text] : lines) out.push_back(text);
  return out;
}

/// The mark behind the names of who began with a mass start: "Ann & Bo (M3)" gives "M3 ".
std::string mark_of(const std::string& names) {
  const std::size_t at = names.rfind("(M");
  if (at == std::string::npos || names.back() != ')') return {};
  return names.substr(at + 1, names.size() - at - 2) + " ";
}

}  // namespace

Result<RelayLists> score_relay(const std::string& folder) {
  HS_TRY(const model::EventResults results, results_of(folder));
  RelayLists out;
  for (const model::EntrantId id : results.order[0]) {
    if (results.runners[id.raw()].status == model::RunnerStatus::DidNotStart) continue;
    out.teams.push_back(team_line(results, id));
  }
  settle_order(out.teams);
  const std::size_t legs = model::legs_of(results.event.races[0]).size();
  for (std::size_t leg = 0; leg < legs; ++leg) out.legs.push_back(leg_lines(results, leg));
  return out;
}

Result<std::vector<TeamLine>> expected_teams(const std::string& csv_path) {
  HS_TRY(const auto rows, lines_of(csv_path));
  std::vector<TeamLine> teams;
  for (const std::string& row : rows) {
    const auto cells = split(row, ',');
    if (cells[0] == "Pos") continue;
    TeamLine line{cells[0], cells[1], {}};
    for (std::size_t i = 4; i + 2 < cells.size(); i += 3) {
      line.legs.push_back(mark_of(cells[i]) + cells[i + 1] + " " + cells[i + 2]);
    }
    teams.push_back(std::move(line));
  }
  settle_order(teams);
  return teams;
}

Result<LegLines> expected_leg(const std::string& csv_path) {
  HS_TRY(const auto rows, lines_of(csv_path));
  LegLines lines;
  for (const std::string& row : rows) {
    const auto cells = split(row, ',');
    if (cells[0] != "Pos") lines.push_back(cells[0] + " " + cells.back());
  }
  return lines;
}

std::string text_of(const TeamLine& line) {
  std::string out = line.place + " #" + line.bib;
  for (const std::string& leg : line.legs) out += ", " + leg;
  return out;
}

}  // namespace hs::conformance
