// Each scene alone in a small field, from bytes to results: what its file expects, and the truth.

#include <gtest/gtest.h>

#include <cstdio>

#include "base/file.h"
#include "moments/find_moments.h"
#include "sim/compare.h"
#include "sim/expect.h"
#include "sim/scene.h"
#include "sim/score_in_memory.h"
#include "sim/simulate.h"

namespace hs::sim_test {
namespace {

class SceneAlone : public testing::TestWithParam<std::string> {};

/// What a scene leaves for later is said aloud, so that nobody takes it for done.
void say_what_is_left(const sim::Scene& scene) {
  if (!scene.later.empty()) {
    std::printf("%s: left for later: %s\n", scene.name.c_str(), scene.later.c_str());
  }
  for (const sim::ExpectedMoment& moment : scene.moments) {
    if (moment.later.empty()) continue;
    std::printf("%s: the moment '%s' waits for: %s\n", scene.name.c_str(), moment.kind.c_str(),
                moment.later.c_str());
  }
}

/// The moments of a scene, and that those which stand on a note fall with it.
void expect_moments(const sim::Scene& scene, model::EventResults results) {
  const std::vector<model::Moment> moments = moments::find_moments(results);
  for (const std::string& unmet : sim::unmet_moments(scene, results, moments)) {
    ADD_FAILURE() << unmet;
  }
  results.notes.clear();
  const std::vector<model::Moment> without = moments::find_moments(results);
  for (const sim::ExpectedMoment& moment : scene.moments) {
    if (!moment.by_note || !moment.later.empty()) continue;
    EXPECT_FALSE(sim::is_told(moment, results, without))
        << scene.name << ": '" << moment.kind << "' is told without its note";
  }
}

TEST_P(SceneAlone, ComesThroughAsItsFileExpects) {
  const auto scene = sim::load_scene(GetParam());
  ASSERT_TRUE(scene.has_value()) << scene.error().text();
  say_what_is_left(*scene);
  for (const std::uint64_t seed : {1U, 2U}) {
    SCOPED_TRACE("HS_SEED=" + std::to_string(seed));
    sim::SimulationRequest request;
    request.seed = seed;
    request.scenes = {GetParam()};
    const auto event = sim::simulate(request);
    ASSERT_TRUE(event.has_value()) << event.error().text();
    const Scored scored = score_in_memory(*event);
    for (const std::string& problem : scored.problems) ADD_FAILURE() << problem;
    for (const std::string& unmet : sim::unmet_results(*scene, scored.results)) {
      ADD_FAILURE() << unmet;
    }
    const auto comparison = sim::compare_with_truth(event->truth, scored.results);
    EXPECT_TRUE(comparison.perfect()) << comparison.words();
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name;
  for (const char c : info.param) name += c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, SceneAlone, testing::ValuesIn(sim::scene_names()), test_name);

// A scene that takes the race has its moments in its own field.
class SceneWithItsRace : public testing::TestWithParam<std::string> {};

TEST_P(SceneWithItsRace, IsToldAsItsFileExpects) {
  const auto scene = sim::load_scene(GetParam());
  ASSERT_TRUE(scene.has_value());
  sim::SimulationRequest request;
  request.runners = 1000;
  request.scenes = {GetParam()};
  const auto event = sim::simulate(request);
  ASSERT_TRUE(event.has_value()) << event.error().text();
  const Scored scored = score_in_memory(*event);
  for (const std::string& unmet : sim::unmet_results(*scene, scored.results)) {
    ADD_FAILURE() << unmet;
  }
  expect_moments(*scene, scored.results);
}

std::vector<std::string> scenes_that_take_the_race() {
  std::vector<std::string> names;
  for (const std::string& name : sim::scene_names()) {
    const auto scene = sim::load_scene(name);
    if (scene && scene->takes_the_race()) names.push_back(name);
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, SceneWithItsRace, testing::ValuesIn(scenes_that_take_the_race()),
                         test_name);

// No scene of ours has weather: the storm is one of this folder's.
TEST(SceneOfAStorm, WhoeverKeptTheirPaceThroughItIsToldByTheNoteOfAnOfficial) {
  const auto toml = base::read_file("tests/sim/scenes/through-the-storm.toml");
  ASSERT_TRUE(toml.has_value()) << toml.error().text();
  const auto scene = sim::parse_scene(*toml, "through-the-storm");
  ASSERT_TRUE(scene.has_value()) << scene.error().text();
  for (const std::uint64_t seed : {1U, 2U}) {
    SCOPED_TRACE("HS_SEED=" + std::to_string(seed));
    sim::SimulationRequest request;
    request.seed = seed;
    request.own_scene = *scene;
    const auto event = sim::simulate(request);
    ASSERT_TRUE(event.has_value()) << event.error().text();
    const Scored scored = score_in_memory(*event);
    for (const std::string& unmet : sim::unmet_results(*scene, scored.results)) {
      ADD_FAILURE() << unmet;
    }
    const auto comparison = sim::compare_with_truth(event->truth, scored.results);
    EXPECT_TRUE(comparison.perfect()) << comparison.words();
    expect_moments(*scene, scored.results);
  }
}

// What is rare needs a field to be rare in.
TEST(ScenesTogether, TheirMomentsAreFoundInABigField) {
  sim::SimulationRequest request = sim::demo_request(1);
  request.runners = 10000;
  const auto event = sim::simulate(request);
  ASSERT_TRUE(event.has_value()) << event.error().text();
  const Scored scored = score_in_memory(*event);
  std::size_t expected = 0;
  for (const std::string& name : request.scenes) {
    const auto scene = sim::load_scene(name);
    ASSERT_TRUE(scene.has_value());
    expected += scene->moments.size();
    for (const std::string& unmet : sim::unmet_results(*scene, scored.results)) {
      ADD_FAILURE() << unmet;
    }
    expect_moments(*scene, scored.results);
  }
  EXPECT_GE(expected, 10U);
}

TEST(SceneOfAStop, EverybodyOnTheCourseIsUnresolvedAndKeepsTheirSplits) {
  sim::SimulationRequest request;
  request.scenes = {"stopped"};
  const auto event = sim::simulate(request);
  ASSERT_TRUE(event.has_value());
  std::size_t stopped = 0;
  for (const sim::TrueRun& run : event->truth.runs) {
    if (run.points.front().crossed && !run.points.back().crossed) ++stopped;
  }
  EXPECT_GT(stopped, 50U);
  const Scored scored = score_in_memory(*event);
  std::size_t unresolved = 0;
  for (const model::RunnerResult& result : scored.results.runners) {
    if (result.status != model::RunnerStatus::Unresolved) continue;
    ++unresolved;
    EXPECT_FALSE(result.places.overall.has_value());
  }
  EXPECT_GE(unresolved + 5, stopped);
}

}  // namespace
}  // namespace hs::sim_test
