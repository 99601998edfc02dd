#include "sim/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "model/fact_codec.h"
#include "sim/field.h"

namespace hs::sim {

namespace {

using base::Distance;
using base::Duration;

constexpr std::uint64_t kSceneStream = 6ULL << 32U;
// How somebody goes on from a stop to the line.
constexpr std::int64_t kLastMetresMmPerS = 3000;

base::Error refusal(const Scene& scene, std::string message) {
  return {base::ErrorCode::InvalidInput, std::move(message), {scene.name + ".toml", 0, 0}};
}

std::optional<std::size_t> wave_index(const Plan& plan, const std::string& id) {
  for (std::size_t i = 0; i < plan.waves.size(); ++i) {
    if (plan.waves[i].id == id) return i;
  }
  return std::nullopt;
}

/// The place of a point, or of metres on the course: "2400m".
std::optional<Distance> place_of(const Plan& plan, std::string_view text) {
  for (const PlanPoint& point : plan.points) {
    if (point.id == text) return point.distance;
  }
  if (text.empty() || text.back() != 'm') return std::nullopt;
  std::int64_t metres = 0;
  const char* end = text.data() + text.size() - 1;
  const auto [read, failed] = std::from_chars(text.data(), end, metres);
  if (failed != std::errc() || read != end || metres <= 0) return std::nullopt;
  const Distance place = Distance::metres(metres);
  return place < plan.points.back().distance ? std::optional(place) : std::nullopt;
}

/// The times at points as places on the ground, with the stops before the finish put in.
base::Result<std::vector<KilometreTime>> times_of(const Scene& scene, const SceneRunner& from,
                                                  const Plan& plan, base::RaceTime crosses) {
  std::vector<KilometreTime> times;
  for (const auto& [id, since_start] : from.times) {
    const auto place = place_of(plan, id);
    if (!place) {
      return tl::make_unexpected(refusal(
          scene, fmt::format("found '{}', expected a point or metres before the finish", id)));
    }
    times.push_back({*place, since_start});
  }
  const Distance finish = plan.points.back().distance;
  if (from.finishes_at) times.push_back({finish, local_time(*from.finishes_at) - crosses});
  if (times.empty() || times.back().along < finish) return times;
  const KilometreTime end = times.back();
  times.pop_back();
  for (const SceneStop& stop : from.stops) {
    const Distance before = Distance::metres(stop.before_finish_m);
    const Duration rest(before.in_millimetres() * 1000000 / kLastMetresMmPerS);
    times.push_back({finish - before, end.since_start - rest - stop.lasts});
    times.push_back({finish - before, end.since_start - rest});
  }
  times.push_back(end);
  return times;
}

base::Result<Runner> entry_of(const Scene& scene, const SceneRunner& from, const Plan& plan) {
  Runner runner;
  const auto bib = model::BibNumber::parse(from.bib);
  if (!bib) return tl::make_unexpected(refusal(scene, bib.error().message));
  const auto wave = wave_index(plan, from.wave);
  if (!wave) {
    return tl::make_unexpected(refusal(scene, fmt::format("found no wave '{}'", from.wave)));
  }
  runner.entrant.race = plan.race_id;
  runner.entrant.bib = *bib;
  runner.entrant.wave = from.wave;
  runner.entrant.sex = from.sex;
  if (from.age > 0) runner.entrant.age = from.age;
  runner.entrant.mode = from.mode;
  runner.entrant.entry_status = from.entry_status;
  runner.entrant.tell = from.tell;
  runner.goal_time = from.goal;
  runner.person = from.person;
  runner.person.name = from.name;
  const std::size_t blank = from.name.rfind(' ');
  runner.person.first_name = from.name.substr(0, blank == std::string::npos ? 0 : blank);
  runner.person.last_name = from.name.substr(blank == std::string::npos ? 0 : blank + 1);
  runner.wave = *wave;
  runner.started_wave = *wave;
  runner.starts = !from.times.empty();
  add_trouble(runner.troubles, Trouble::Scene);
  return runner;
}

/// A wave of the scene's own: its gun is pressed at the start box like the others.
void add_wave(const SceneWave& from, Plan& plan) {
  plan.waves.push_back({from.id, local_time(from.gun)});
  for (Box& box : plan.boxes) {
    const auto has_guns = [](const BoxMarker& marker) { return marker.type == "Gun"; };
    if (std::none_of(box.markers.begin(), box.markers.end(), has_guns)) continue;
    box.markers.push_back({plan.waves.back().gun, "Gun", "Button Press", false});
    std::stable_sort(box.markers.begin(), box.markers.end(),
                     [](const BoxMarker& a, const BoxMarker& b) { return a.at < b.at; });
  }
}

/// Waves, divisions and what happens to the whole race.
void set_stage(const Scene& scene, Plan& plan) {
  for (const SceneWave& wave : scene.waves) add_wave(wave, plan);
  for (const SceneDivision& division : scene.divisions) {
    plan.mode_divisions.push_back({division.id, division.mode});
  }
  plan.standards.insert(plan.standards.end(), scene.standards.begin(), scene.standards.end());
  plan.publish.insert(plan.publish.end(), scene.publish.begin(), scene.publish.end());
  if (scene.stopped_at) plan.stopped_at = local_time(*scene.stopped_at);
  plan.cancelled = plan.cancelled || scene.cancel.has_value();
}

}  // namespace

base::Result<void> stage_scene(const Scene& scene, Plan& plan, std::vector<Runner>& field,
                               std::uint64_t seed) {
  set_stage(scene, plan);
  ChipNumber next_chip = 0;
  for (const Runner& runner : field) next_chip = std::max(next_chip, runner.chips.back());
  for (std::size_t i = 0; i < scene.runners.size(); ++i) {
    const SceneRunner& from = scene.runners[i];
    HS_TRY(Runner runner, entry_of(scene, from, plan));
    const bool taken = std::any_of(field.begin(), field.end(), [&](const Runner& other) {
      return other.entrant.bib == runner.entrant.bib;
    });
    if (taken) {
      return tl::make_unexpected(refusal(scene, fmt::format("bib {} is taken", from.bib)));
    }
    for (int n = 0; n < from.chips; ++n) runner.chips.push_back(++next_chip);
    runner.carries = runner.chips;
    if (runner.starts) {
      const base::RaceTime crosses = plan.waves[runner.wave].gun + from.starts_after;
      HS_TRY(const std::vector<KilometreTime> times, times_of(scene, from, plan, crosses));
      Random random(seed, kSceneStream + next_chip);
      lay_way(plan, runner, crosses, times, random);
    }
    field.push_back(std::move(runner));
  }
  return {};
}

namespace {

/// The instant of a finish that a person timed.
base::RaceTime finish_of(const Scene& scene, const SceneRuling& ruling, const Plan& plan) {
  for (const SceneRunner& runner : scene.runners) {
    if (runner.bib != ruling.fact.bib.view()) continue;
    // Staged, so that the wave is one of the plan's.
    return plan.waves[wave_index(plan, runner.wave).value_or(0)].gun +
           ruling.time.value_or(Duration(0));
  }
  HS_CHECK(false, "a ruling of a scene names somebody of it");
  return {};
}

}  // namespace

void rule_truth(const Scene& scene, const Plan& plan, std::vector<TrueRun>& runs) {
  using Kind = model::RulingFact::Kind;
  using model::RunnerStatus;
  for (const SceneRuling& ruling : scene.rulings) {
    for (TrueRun& run : runs) {
      if (run.bib != ruling.fact.bib.view()) continue;
      if (ruling.fact.kind == Kind::Disqualify) run.status = RunnerStatus::Disqualified;
      if (ruling.fact.kind == Kind::DidNotFinish) run.status = RunnerStatus::DidNotFinish;
      if (ruling.fact.kind == Kind::OutOfCompetition) run.status = RunnerStatus::OutOfCompetition;
      if (ruling.fact.kind != Kind::Finish) continue;
      run.status = RunnerStatus::Finished;
      run.points.back().heard = finish_of(scene, ruling, plan);
      run.points.back().knowable = true;
    }
  }
}

std::string ruling_lines(const Scene& scene, const Plan& plan) {
  std::string out;
  const auto add = [&](auto fact) {
    fact.race = plan.race_id;
    out += model::to_json_line(fact);
    out += '\n';
  };
  if (scene.cancel) add(*scene.cancel);
  for (const SceneRuling& ruling : scene.rulings) {
    model::RulingFact fact = ruling.fact;
    if (ruling.time) fact.at = finish_of(scene, ruling, plan);
    add(fact);
  }
  for (const model::NoteFact& note : scene.notes) add(note);
  return out;
}

}  // namespace hs::sim
