#include <cstdlib>

#include "model/relay.h"
#include "support/race_script.h"

// Implementation notes: the showing half of `RaceScript`. Everything is shown by bib and point id,
// never by number, so that an expectation can be written before the program runs.

namespace hs::test_support {
namespace {

std::string place_text(const std::optional<model::Placing>& placing) {
  if (!placing) return "-";
  return std::to_string(placing->place) + (placing->shared ? "=" : "");
}

std::string clock_text(base::RaceTime at) {
  std::string text = base::format_rfc3339(at, std::chrono::seconds(0));
  text.pop_back();  // The Z.
  return text.rfind("2026-05-08T", 0) == 0 ? text.substr(11) : text;
}

std::string bib_text(const model::EventResults& results, model::EntrantId id) {
  return results.entrants[id.raw()].bib.str();
}

std::string runner_line(const model::EventResults& results, const model::RunnerResult& runner) {
  std::string line = place_text(runner.places.overall) + " " + bib_text(results, runner.entrant) +
                     " " + model::name_of(runner.status);
  if (runner.net) line += " net " + short_time(runner.net->value());
  if (runner.gun) line += " gun " + short_time(runner.gun->value());
  if (runner.start_at) line += std::string(" start ") + model::name_of(runner.start_source);
  if (!runner.clause.empty()) line += " clause " + runner.clause;
  return line + "\n";
}

std::string stream_mat(const model::EventResults& results, model::StreamId id) {
  for (const model::StreamHealth& stream : results.streams) {
    if (stream.id == id) return stream.stream.mat;
  }
  return "?";
}

}  // namespace

std::string short_time(base::Duration value) {
  std::string text = base::format_h_mm_ss_mmm(value);
  const std::int64_t micros = std::abs(value.count()) % 1000;
  if (micros != 0) text += std::to_string(1000 + micros).substr(1);
  while (text.back() == '0' && text.find('.') != std::string::npos) text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string RaceScript::standings(std::string_view race) const {
  const model::EventResults all = results();
  std::string out;
  for (std::size_t r = 0; r < all.event.races.size(); ++r) {
    if (!race.empty() && all.event.races[r].id != race) continue;
    for (const model::EntrantId id : all.order[r]) out += runner_line(all, all.runners[id.raw()]);
  }
  return out;
}

std::string RaceScript::verdicts(std::string_view who) const {
  const model::EventResults all = results();
  std::string out;
  for (const model::ReadView& view : all.reads) {
    std::string runner = view.entrant ? bib_text(all, *view.entrant) : view.tag.str();
    if (!who.empty() && runner != who && view.tag.view() != who) continue;
    out += clock_text(view.time) + " " + stream_mat(all, view.stream);
    if (!runner.empty()) out += " " + runner;
    out += std::string(" ") + model::name_of(view.verdict);
    if (view.point && view.entrant) {
      const model::RunnerResult& result = all.runners[view.entrant->raw()];
      out += " " + all.event.races[result.race.raw()].points[view.point->raw()].id;
    }
    if (view.amount) out += " " + short_time(*view.amount);
    out += "\n";
  }
  return out;
}

std::string RaceScript::splits(std::string_view bib) const {
  const model::EventResults all = results();
  std::string out;
  for (const model::RunnerResult& runner : all.runners) {
    if (all.entrants[runner.entrant.raw()].bib.view() != bib) continue;
    const model::Race& race = all.event.races[runner.race.raw()];
    for (std::size_t p = 1; p < runner.splits.size(); ++p) {
      const model::Split& split = runner.splits[p];
      out += race.points[p].id;
      if (!split.passing) {
        out += " -\n";
        continue;
      }
      if (split.net) out += " " + short_time(split.net->value());
      if (split.gun) out += " gun " + short_time(split.gun->value());
      out += " place " + place_text(split.places.overall);
      if (split.passing->role != model::ReadRole::Main) {
        out += std::string(" ") + model::name_of(split.passing->role);
      }
      if (split.passing->forced) out += " forced";
      out += "\n";
    }
  }
  return out;
}

std::string RaceScript::legs(std::string_view bib) const {
  const model::EventResults all = results();
  std::string out;
  for (const model::RunnerResult& runner : all.runners) {
    if (all.entrants[runner.entrant.raw()].bib.view() != bib) continue;
    const auto named = model::legs_of(all.event.races[runner.race.raw()]);
    for (std::size_t l = 0; l < runner.legs.size(); ++l) {
      const model::LegResult& leg = runner.legs[l];
      out += named[l].id + " ";
      if (leg.time) {
        out += short_time(*leg.time) + " place " + place_text(leg.places.overall);
      } else {
        out += leg.did_not_finish ? "DNF" : "-";
      }
      out += std::string(" ") + model::name_of(leg.start);
      if (leg.ran_by) out += " by " + named[*leg.ran_by].id;
      out += "\n";
    }
  }
  return out;
}

std::string RaceScript::attention() const {
  const model::EventResults all = results();
  std::string out;
  for (const model::Attention& item : all.attention) {
    out += std::string(model::name_of(item.severity)) + " " + model::name_of(item.kind);
    if (item.entrant) out += " " + bib_text(all, *item.entrant);
    if (item.other_entrant) out += " " + bib_text(all, *item.other_entrant);
    if (item.point && item.race) {
      out += " " + all.event.races[item.race->raw()].points[item.point->raw()].id;
    }
    if (!item.mat.empty()) out += " " + item.mat;
    if (item.tag) out += " " + item.tag->str();
    if (item.amount) out += " " + short_time(*item.amount);
    if (item.from) out += " from " + clock_text(*item.from);
    if (item.until) out += " until " + clock_text(*item.until);
    if (item.count > 0) out += " count " + std::to_string(item.count);
    if (item.of > 0) out += " of " + std::to_string(item.of);
    if (!item.text.empty()) out += " (" + item.text + ")";
    out += "\n";
  }
  return out;
}

std::string RaceScript::awards() const {
  const model::EventResults all = results();
  std::string out;
  for (const model::AwardWinners& award : all.awards) {
    for (const auto& [placing, id] : award.winners) {
      out += award.award + (award.division.empty() ? "" : " " + award.division) + " " +
             place_text(placing) + " " + bib_text(all, id) + "\n";
    }
  }
  return out;
}

std::string RaceScript::locks() const {
  std::string out;
  for (const model::AwardWinners& award : results().awards) {
    out += award.award + (award.division.empty() ? "" : " " + award.division);
    out += award.is_locked ? " locked" : " open " + std::to_string(award.could.size());
    if (award.open) out += " until " + clock_text(*award.open);
    out += "\n";
  }
  return out;
}

namespace {

std::string team_line(const model::EventResults& all, const model::TeamResults& award,
                      const model::TeamStanding& team) {
  std::string out = award.award + " " + place_text(team.placing) + " " + team.name;
  const bool by_places = award.score == model::TeamScore::Places;
  if (team.placing) out += " " + (by_places ? std::to_string(team.places) : short_time(team.time));
  out += ":";
  bool scoring = true;
  for (const model::TeamMember& member : team.members) {
    if (scoring && team.placing && !member.scores) out += " |";
    scoring = member.scores;
    out += " ";
    if (!by_places) {
      out += bib_text(all, member.runner);
    } else {
      out += member.place == 0 ? "-" : std::to_string(member.place);
    }
  }
  return out;
}

}  // namespace

std::string RaceScript::teams() const {
  const model::EventResults all = results();
  std::string out;
  for (const model::TeamResults& award : all.teams) {
    for (const model::TeamStanding& team : award.teams) out += team_line(all, award, team) + "\n";
  }
  return out;
}

std::string RaceScript::missed() const {
  const model::EventResults all = results();
  std::string out;
  for (const model::MissedInterval& missed : all.missed) {
    const model::RunnerResult& runner = all.runners[missed.entrant.raw()];
    out += bib_text(all, missed.entrant) + " " +
           all.event.races[runner.race.raw()].points[missed.point.raw()].id + " " +
           short_time(missed.earliest.value()) + "-" + short_time(missed.latest.value()) + "\n";
  }
  return out;
}

namespace {

template <typename Optional, typename Value>
std::string maybe(const char* name, const Optional& what, Value value) {
  return what ? std::string(" ") + name + "=" + std::to_string(value(*what)) : std::string();
}

std::string official_line(const model::EventResults& results, const model::RunnerResult& runner) {
  const auto micros = [](base::Duration d) { return d.count(); };
  const auto elapsed = [](auto e) { return e.value().count(); };
  const auto instant = [](base::RaceTime t) { return t.time_since_epoch().count(); };
  const auto raw = [](auto id) { return id.raw(); };
  std::string line = results.event.races[runner.race.raw()].id + " " +
                     bib_text(results, runner.entrant) + " " + model::name_of(runner.status) + " " +
                     model::name_of(runner.start_source);
  line += maybe("wave", runner.wave, raw) + maybe("division", runner.division, raw);
  line += maybe("gun_at", runner.gun_at, instant) + maybe("start_at", runner.start_at, instant);
  line += maybe("start_offset", runner.start_offset, micros);
  line += maybe("gun", runner.gun, elapsed) + maybe("clock", runner.clock, elapsed);
  line += maybe("net", runner.net, elapsed) + maybe("ranking", runner.ranking, micros);
  line += maybe("official", runner.official, micros);
  line += " penalty=" + std::to_string(runner.penalty.count()) + " clause=" + runner.clause;
  const auto places = [&](const model::Places& p) {
    line += " " + place_text(p.overall) + "/" + place_text(p.sex) + "/" + place_text(p.division);
  };
  places(runner.places);
  for (const model::Split& split : runner.splits) {
    line += " |";
    if (split.passing) {
      line += " at=" + std::to_string(instant(split.passing->at)) + " " +
              model::name_of(split.passing->role) + (split.passing->forced ? " forced" : "");
    }
    line += maybe("net", split.net, elapsed) + maybe("gun", split.gun, elapsed);
    places(split.places);
  }
  for (const model::LegResult& leg : runner.legs) {
    line += std::string(" || ") + model::name_of(leg.start) + (leg.did_not_finish ? " DNF" : "");
    line += maybe("start_at", leg.start_at, instant) + maybe("time", leg.time, micros);
    if (leg.ran_by) line += " by=" + std::to_string(*leg.ran_by);
    places(leg.places);
  }
  return line + "\n";
}

}  // namespace

std::string official_text(const model::EventResults& results) {
  std::string out;
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    out += "race " + results.event.races[r].id + (results.closed[r] ? " closed" : "") +
           (results.cancelled[r] ? " cancelled" : "") + "\n";
    for (const model::EntrantId id : results.order[r]) {
      out += official_line(results, results.runners[id.raw()]);
    }
  }
  return out;
}

}  // namespace hs::test_support
