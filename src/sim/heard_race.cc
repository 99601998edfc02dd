// Implementation notes
//
// Everything before the reads become files or bytes on a wire: plan, field, ways, what was heard
// and what was true. `set_up` comes last before the boxes listen, so that it sees the troubles
// planted.
#include "sim/heard_race.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "model/fact_codec.h"
#include "sim/field.h"
#include "sim/listen.h"
#include "sim/stage.h"

namespace hs::sim {

namespace {

constexpr std::uint32_t kMostRunners = 90000;  // Above it chips would meet the crew's.
constexpr std::uint64_t kTroubleStream = 5ULL << 32U;
// How far a read may be from the line: the reach and the spacing of the backup line at the slowest
// walk, and what the fastest drifting box gains in a day.
constexpr base::Duration kReachTolerance = std::chrono::seconds(10);

Plan plan_for(CourseKind course) {
  switch (course) {
    case CourseKind::Marathon:
      return marathon_plan();
    case CourseKind::Loop:
      return loop_plan();
    case CourseKind::CrossCountry:
      return cross_country_plan();
  }
  return marathon_plan();
}

/// The rulings that the officials of the event had made: accepted clocks.
std::string clock_rulings(const Plan& plan) {
  std::string out;
  for (const Box& box : plan.boxes) {
    if (!box.accepted_correction) continue;
    model::ClockCorrectionFact fact;
    fact.device = box.serial;
    fact.offset = *box.accepted_correction;
    fact.reason = "the box was set to the wrong side of summer time";
    fact.author.by = "Timer";
    out += model::to_json_line(fact);
    out += '\n';
  }
  return out;
}

std::vector<TroubleCount> count_troubles(const Plan& plan, const std::vector<TrueRun>& runs,
                                         const std::vector<Trouble>& in_files) {
  std::array<std::uint64_t, static_cast<std::size_t>(Trouble::Scene) + 1> counts{};
  const auto add = [&counts](Trouble trouble) { ++counts[static_cast<std::size_t>(trouble)]; };
  for (const TrueRun& run : runs) std::for_each(run.troubles.begin(), run.troubles.end(), add);
  for (const Box& box : plan.boxes) std::for_each(box.troubles.begin(), box.troubles.end(), add);
  std::for_each(in_files.begin(), in_files.end(), add);
  // The crew tests every box with a chip that nobody entered.
  for (std::size_t i = 0; i < plan.boxes.size(); ++i) add(Trouble::UnknownChip);
  std::vector<TroubleCount> out;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) out.push_back({static_cast<Trouble>(i), counts[i]});
  }
  return out;
}

CourseKind course_of(const Scene& scene) {
  return scene.course == "cross-country" ? CourseKind::CrossCountry : CourseKind::Marathon;
}

/// The scenes asked for, with the course they need.
base::Result<std::vector<Scene>> load_scenes(const SimulationRequest& request, CourseKind& course) {
  std::vector<Scene> scenes;
  if (request.own_scene) {
    HS_CHECK(request.scenes.empty(), "a scene of one's own has the race for itself");
    course = course_of(*request.own_scene);
    scenes.push_back(*request.own_scene);
    return scenes;
  }
  for (const std::string& name : request.scenes) {
    HS_TRY(Scene scene, load_scene(name));
    const CourseKind needed = course_of(scene);
    const bool alone = request.scenes.size() == 1;
    if ((!scenes.empty() && needed != course) || (scene.takes_the_race() && !alone)) {
      return base::fail(base::ErrorCode::InvalidInput,
                        fmt::format("the scene '{}' cannot share a race with '{}'", name,
                                    request.scenes.front() == name ? request.scenes.back()
                                                                   : request.scenes.front()));
    }
    course = needed;
    scenes.push_back(std::move(scene));
  }
  return scenes;
}

/// Nobody runs a race that is called off, and no box is set up.
void call_off(Plan& plan, std::vector<Runner>& field) {
  plan.boxes.clear();
  for (Runner& runner : field) {
    runner.starts = false;
    runner.way.clear();
  }
}

base::Result<HeardRace> play(const SimulationRequest& request, CourseKind course,
                             const std::vector<Scene>& scenes) {
  HeardRace played;
  Plan& plan = played.plan;
  std::vector<Runner>& field = played.field;
  std::uint32_t runners = request.runners;
  plan = plan_for(course);
  // A scene with a course of its own is alone.
  if (!scenes.empty() && scenes.front().own_course) {
    plan = outlined_plan(*scenes.front().own_course);
    runners = std::min(runners, scenes.front().own_course->runners);
  }
  field = draw_field(plan, runners, request.seed);
  for (const Scene& scene : scenes) {
    HS_TRY_VOID(stage_scene(scene, plan, field, request.seed));
  }
  if (plan.cancelled) {
    call_off(plan, field);
    return played;
  }
  if (request.troubles == WithTroubles::Yes) {
    Random random(request.seed, kTroubleStream);
    plant_people_troubles(plan, field, random);
    plant_box_troubles(plan, request.leave_out);
  }
  lay_ways(plan, field, request.seed, request.heat_per_mille);
  if (plan.stopped_at) stop_race(plan, field, *plan.stopped_at);
  return played;
}

}  // namespace

base::Result<HeardRace> hear_race(const SimulationRequest& request, const SetUp& set_up) {
  if (request.runners == 0 || request.runners > kMostRunners) {
    return base::fail(
        base::ErrorCode::InvalidInput,
        fmt::format("found {} runners, expected 1 to {}", request.runners, kMostRunners));
  }
  CourseKind course = request.course;
  HS_TRY(std::vector<Scene> scenes, load_scenes(request, course));
  HS_TRY(HeardRace race, play(request, course, scenes));
  race.scenes = std::move(scenes);
  if (set_up) set_up(race.plan);
  Listened listened = listen(race.plan, race.field, request.seed);
  race.by_box = std::move(listened.by_box);
  race.runs = std::move(listened.runs);
  return race;
}

std::string rulings_of(const HeardRace& race) {
  std::string rulings = clock_rulings(race.plan);
  for (const Scene& scene : race.scenes) rulings += ruling_lines(scene, race.plan);
  return rulings;
}

Truth truth_of(const HeardRace& race, const std::vector<Trouble>& in_files) {
  Truth truth;
  for (const PlanPoint& point : race.plan.points) truth.point_ids.push_back(point.id);
  truth.troubles = count_troubles(race.plan, race.runs, in_files);
  truth.runs = race.runs;
  for (const Scene& scene : race.scenes) rule_truth(scene, race.plan, truth.runs);
  truth.reach_tolerance = kReachTolerance;
  truth.cancelled = race.plan.cancelled;
  if (race.plan.cancelled) {
    for (TrueRun& run : truth.runs) run.status = model::RunnerStatus::Deferred;
  }
  return truth;
}

}  // namespace hs::sim
