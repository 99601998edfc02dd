#include "present/results_json.h"

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/sha256.h"
#include "present/json_out.h"
#include "present/json_place.h"
#include "present/legs.h"
#include "present/listing.h"
#include "present/version_words.h"
#include "present/wording.h"
#include "scoring/rule_set.h"

// Implementation notes: the same content as results.csv, from the same helpers, so that the two
// cannot disagree. Nothing for officials is written: no reads, reasons, authors or attention.

namespace hs::present {
namespace {

constexpr std::int64_t kMillimetresPerMetre = 1000;

/// Metres with the decimals they need: "21097.5".
std::string metres_text(base::Distance distance) {
  const std::int64_t millimetres = distance.in_millimetres();
  std::string out = std::to_string(millimetres / kMillimetresPerMetre);
  std::string rest =
      std::to_string(kMillimetresPerMetre + millimetres % kMillimetresPerMetre).substr(1);
  while (!rest.empty() && rest.back() == '0') rest.pop_back();
  return rest.empty() ? out : out + "." + rest;
}

template <typename OptionalTime>
std::optional<base::Duration> value_of(const OptionalTime& elapsed) {
  if (!elapsed.has_value()) return std::nullopt;
  return elapsed->value();
}

void write_points(JsonOut& out, const model::Race& race) {
  out.key("points");
  out.begin_array();
  for (const model::Point& point : race.points) {
    if (point.role != model::PointRole::Timed) continue;
    out.begin_object();
    out.text_of("id", point.id);
    out.number_of("distance_m", metres_text(point.distance));
    out.text_of("leg", point.leg);
    out.end_object();
  }
  out.end_array();
}

void write_waves(JsonOut& out, const model::Race& race) {
  out.key("waves");
  out.begin_array();
  for (const model::Wave& wave : race.waves) {
    out.begin_object();
    out.text_of("id", wave.id);
    out.instant_of("gun_at", wave.gun);
    out.text_of("leg", wave.leg);
    out.end_object();
  }
  out.end_array();
}

void write_splits(JsonOut& out, const model::Race& race, const model::RunnerResult& r) {
  out.key("splits");
  out.begin_array();
  for (std::size_t i = 1; i < race.points.size() && i < r.splits.size(); ++i) {
    if (race.points[i].role != model::PointRole::Timed || !r.splits[i].net.has_value()) continue;
    out.begin_object();
    out.text_of("point", race.points[i].id);
    out.milliseconds_of("net_ms", value_of(r.splits[i].net));
    out.milliseconds_of("gun_ms", value_of(r.splits[i].gun));
    write_place(out, "place", r.splits[i].places.overall);
    write_place(out, "place_sex", r.splits[i].places.sex);
    write_place(out, "place_division", r.splits[i].places.division);
    out.end_object();
  }
  out.end_array();
}

void write_intervals(JsonOut& out, const model::EventResults& results, const model::Race& race,
                     model::EntrantId id) {
  const auto missed = missed_of(results, id);
  if (missed.empty()) return;
  out.key("intervals");
  out.begin_array();
  for (const model::MissedInterval& interval : missed) {
    out.begin_object();
    out.text_of("point", race.points[interval.point.raw()].id);
    out.milliseconds_of("earliest_ms", interval.earliest.value());
    out.milliseconds_of("latest_ms", interval.latest.value());
    out.end_object();
  }
  out.end_array();
}

void write_published(JsonOut& out, const model::EventResults& results, model::EntrantId id) {
  const auto columns = published_columns(results.event);
  if (columns.empty() || results.entrants[id.raw()].is_private) return;
  out.key("published");
  out.begin_object();
  for (const std::string& column : columns) {
    out.text_of(column,
                published_value(results.entrants[id.raw()], results.persons[id.raw()], column));
  }
  out.end_object();
}

void write_times(JsonOut& out, const model::RunnerResult& r) {
  out.milliseconds_of("official_ms", r.official);
  out.milliseconds_of("gun_ms", value_of(r.gun));
  out.milliseconds_of("net_ms", value_of(r.net));
  out.milliseconds_of("clock_ms", value_of(r.clock));
  if (r.start_at.has_value() || r.net.has_value()) {
    out.text_of("start_source", model::name_of(r.start_source));
  }
  out.milliseconds_of("start_offset_ms", r.start_offset);
  if (r.penalty != base::Duration::zero()) out.milliseconds_of("penalty_ms", r.penalty);
}

void write_runner(JsonOut& out, const model::EventResults& results, model::EntrantId id) {
  const model::RunnerResult& r = results.runners[id.raw()];
  const model::Race& race = results.event.races[r.race.raw()];
  const model::Entrant& entrant = results.entrants[id.raw()];
  const model::Person& person = results.persons[id.raw()];
  const bool placed = shows_place(r.status);
  out.begin_object();
  if (placed) write_place(out, "place", r.places.overall);
  out.text_of("bib", entrant.bib.view());
  out.text_of("name", model::public_name(entrant, person));
  if (entrant.sex.has_value()) out.text_of("sex", model::name_of(*entrant.sex));
  if (entrant.age.has_value() && !entrant.is_private) out.integer_of("age", *entrant.age);
  if (r.division.has_value()) out.text_of("division", race.divisions[r.division->raw()].id);
  if (r.wave.has_value()) out.text_of("wave", race.waves[r.wave->raw()].id);
  out.text_of("status", model::name_of(r.status));
  // A public disqualification shows its clause; the reason and who decided stay inside.
  if (r.status == model::RunnerStatus::Disqualified) out.text_of("clause", r.clause);
  write_times(out, r);
  if (placed) write_place(out, "place_sex", r.places.sex);
  if (placed) write_place(out, "place_division", r.places.division);
  out.text_of("mode", model::name_of(entrant.mode));
  if (!entrant.is_private) out.text_of("team", person.team);
  write_splits(out, race, r);
  write_legs(out, results, id, LegsFor::Public);
  write_intervals(out, results, race, id);
  write_published(out, results, id);
  out.end_object();
}

void write_award(JsonOut& out, const model::EventResults& results,
                 const model::AwardWinners& award) {
  out.begin_object();
  out.text_of("id", award.award);
  out.text_of("division", award.division);
  out.key("winners");
  out.begin_array();
  for (const auto& [placing, id] : award.winners) {
    const model::Entrant& entrant = results.entrants[id.raw()];
    out.begin_object();
    write_place(out, "place", placing);
    out.text_of("bib", entrant.bib.view());
    out.text_of("name", model::public_name(entrant, results.persons[id.raw()]));
    out.end_object();
  }
  out.end_array();
  out.boolean_of("locked", award.is_locked);
  if (!award.is_locked) {
    out.integer_of("could_change_it", static_cast<std::int64_t>(award.could.size()));
    out.instant_of("open_until_at", award.open);
  }
  out.end_object();
}

/// Which list this is: a preliminary one must not look final.
void write_state(JsonOut& out, const model::EventResults& results, model::RaceId id) {
  const scoring::ListState state = scoring::list_state(results, id);
  out.text_of("list", scoring::name_of(state.kind));
  out.text_of("list_words", list_state_words(results.event, state));
  if (state.version > 0) out.integer_of("version", state.version);
  if (state.version > 0 && state.at) out.instant_of("published_at", *state.at);
  if (state.protest_until) out.instant_of("protest_until_at", *state.protest_until);
}

/// A team and its runners. Whose entry is private adds to the score without being named: the team
/// is not theirs to show.
void write_team(JsonOut& out, const model::EventResults& results, const model::TeamResults& award,
                const model::TeamStanding& team) {
  out.begin_object();
  out.text_of("team", team.name);
  if (team.placing) {
    write_place(out, "place", team.placing);
    if (award.score == model::TeamScore::Places) {
      out.integer_of("points", static_cast<std::int64_t>(team.places));
    } else {
      out.milliseconds_of("time_ms", team.time);
    }
  }
  out.key("members");
  out.begin_array();
  for (const model::TeamMember& member : team.members) {
    const model::Entrant& entrant = results.entrants[member.runner.raw()];
    out.begin_object();
    if (!entrant.is_private) {
      out.text_of("bib", entrant.bib.view());
      out.text_of("name", model::public_name(entrant, results.persons[member.runner.raw()]));
    }
    if (member.place > 0) out.integer_of("place", member.place);
    out.milliseconds_of("time_ms", member.time);
    out.boolean_of("scores", member.scores);
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

void write_team_awards(JsonOut& out, const model::EventResults& results, model::RaceId id) {
  out.key("team_awards");
  out.begin_array();
  for (const model::TeamResults& award : results.teams) {
    if (award.race != id) continue;
    out.begin_object();
    out.text_of("id", award.award);
    out.text_of("score", model::name_of(award.score));
    out.key("teams");
    out.begin_array();
    for (const model::TeamStanding& team : award.teams) write_team(out, results, award, team);
    out.end_array();
    out.end_object();
  }
  out.end_array();
}

void write_race(JsonOut& out, const model::EventResults& results, model::RaceId id) {
  const model::Race& race = results.event.races[id.raw()];
  out.begin_object();
  out.text_of("id", race.id);
  out.text_of("name", race.name);
  out.text_of("rules", model::name_of(race.rules));
  out.text_of("rules_edition", scoring::rule_set_of(race).edition);
  out.text_of("rank_by", model::name_of(race.rank_by));
  out.boolean_of("closed", results.closed[id.raw()]);
  if (results.cancelled[id.raw()]) out.boolean_of("cancelled", true);
  write_state(out, results, id);
  write_points(out, race);
  write_waves(out, race);
  out.key("results");
  out.begin_array();
  for (const model::EntrantId entrant : listing(results, id)) write_runner(out, results, entrant);
  out.end_array();
  out.key("awards");
  out.begin_array();
  for (const model::AwardWinners& award : results.awards) {
    if (award.race == id) write_award(out, results, award);
  }
  out.end_array();
  if (!race.team_awards.empty()) write_team_awards(out, results, id);
  out.end_object();
}

}  // namespace

std::string results_json(const model::EventResults& results) {
  JsonOut out;
  out.begin_object();
  out.key("as_of");
  out.begin_object();
  out.integer_of("seq", static_cast<std::int64_t>(results.as_of.raw()));
  out.text_of("hash", base::to_hex(results.hash));
  out.end_object();
  out.key("event");
  out.begin_object();
  out.text_of("name", results.event.name);
  out.text_of("date", base::format_date(results.event.date));
  out.text_of("timezone", results.event.timezone);
  out.end_object();
  out.key("races");
  out.begin_array();
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    write_race(out, results, model::RaceId(static_cast<std::uint16_t>(r)));
  }
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace hs::present
