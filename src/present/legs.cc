#include "present/legs.h"

#include <algorithm>
#include <tuple>

#include "model/relay.h"
#include "present/csv_cell.h"
#include "present/json_place.h"

namespace hs::present {
namespace {

std::string number(const std::optional<model::Placing>& placing) {
  return placing ? std::to_string(placing->place) : std::string();
}

}  // namespace

std::string runner_of_leg(const model::EventResults& results, model::EntrantId team,
                          std::size_t leg) {
  const model::RunnerResult& runner = results.runners[team.raw()];
  if (results.entrants[team.raw()].is_private) return {};
  const auto legs = model::legs_of(results.event.races[runner.race.raw()]);
  const std::string& entered_for = legs[runner.legs[leg].ran_by.value_or(leg)].id;
  for (const auto& [id, name] : results.persons[team.raw()].runners) {
    if (id == entered_for) return name;
  }
  return {};
}

void write_legs(JsonOut& out, const model::EventResults& results, model::EntrantId id,
                LegsFor whom) {
  const model::RunnerResult& r = results.runners[id.raw()];
  if (r.legs.empty()) return;
  const auto legs = model::legs_of(results.event.races[r.race.raw()]);
  out.key("legs");
  out.begin_array();
  for (std::size_t l = 0; l < r.legs.size(); ++l) {
    const model::LegResult& leg = r.legs[l];
    out.begin_object();
    out.text_of("leg", legs[l].id);
    out.text_of("runner", runner_of_leg(results, id, l));
    out.milliseconds_of("time_ms", leg.time);
    write_place(out, "place", leg.places.overall);
    write_place(out, "place_sex", leg.places.sex);
    write_place(out, "place_division", leg.places.division);
    out.text_of("start", model::name_of(leg.start));
    if (leg.did_not_finish) out.text_of("status", "DNF");
    if (whom == LegsFor::Officials) {
      out.instant_of("start_at", leg.start_at);
      if (leg.ran_by) out.text_of("entered_leg", legs[*leg.ran_by].id);
    }
    out.end_object();
  }
  out.end_array();
}

std::vector<model::EntrantId> leg_listing(const model::EventResults& results, model::RaceId race,
                                          std::size_t leg) {
  std::vector<model::EntrantId> teams;
  for (const model::RunnerResult& runner : results.runners) {
    if (runner.race == race && leg < runner.legs.size()) teams.push_back(runner.entrant);
  }
  const auto key = [&](model::EntrantId team) {
    const auto& place = results.runners[team.raw()].legs[leg].places.overall;
    return std::tuple(!place.has_value(), place ? place->place : 0,
                      results.entrants[team.raw()].bib);
  };
  std::sort(teams.begin(), teams.end(),
            [&](model::EntrantId a, model::EntrantId b) { return key(a) < key(b); });
  return teams;
}

std::string legs_csv(const model::EventResults& results) {
  std::string out = "race,leg,place,bib,team,runner,time,place_sex,place_division,start,status\n";
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    const model::RaceId race(static_cast<std::uint16_t>(r));
    const auto legs = model::legs_of(results.event.races[r]);
    for (std::size_t l = 0; l < legs.size(); ++l) {
      for (const model::EntrantId team : leg_listing(results, race, l)) {
        const model::LegResult& leg = results.runners[team.raw()].legs[l];
        const model::Entrant& entrant = results.entrants[team.raw()];
        CsvRow row(out);
        row.text(results.event.races[r].id)
            .text(legs[l].id)
            .plain(number(leg.places.overall))
            .text(entrant.bib.view())
            .text(model::public_name(entrant, results.persons[team.raw()]))
            .text(runner_of_leg(results, team, l))
            .plain(leg.time ? base::format_h_mm_ss_mmm(*leg.time) : "")
            .plain(number(leg.places.sex))
            .plain(number(leg.places.division))
            .plain(model::name_of(leg.start))
            .plain(leg.did_not_finish ? "DNF" : "");
        row.end();
      }
    }
  }
  return out;
}

}  // namespace hs::present
