// Each scene alone in a small field, from bytes to results: what its file expects, and the truth.

#include <gtest/gtest.h>

#include "moments/find_moments.h"
#include "sim/compare.h"
#include "sim/expect.h"
#include "sim/scene.h"
#include "sim/score_in_memory.h"
#include "sim/simulate.h"

namespace hs::sim_test {
namespace {

class SceneAlone : public testing::TestWithParam<std::string> {};

TEST_P(SceneAlone, ComesThroughAsItsFileExpects) {
  const auto scene = sim::load_scene(GetParam());
  ASSERT_TRUE(scene.has_value()) << scene.error().text();
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

// What is rare needs a field to be rare in.
TEST(ScenesTogether, TheirMomentsAreFoundInABigField) {
  sim::SimulationRequest request = sim::demo_request(1);
  request.runners = 3000;
  const auto event = sim::simulate(request);
  ASSERT_TRUE(event.has_value()) << event.error().text();
  const Scored scored = score_in_memory(*event);
  const std::vector<model::Moment> moments = moments::find_moments(scored.results);
  std::size_t expected = 0;
  for (const std::string& name : request.scenes) {
    const auto scene = sim::load_scene(name);
    ASSERT_TRUE(scene.has_value());
    expected += scene->moments.size();
    for (const std::string& unmet : sim::unmet_results(*scene, scored.results)) {
      ADD_FAILURE() << unmet;
    }
    for (const std::string& unmet : sim::unmet_moments(*scene, scored.results, moments)) {
      ADD_FAILURE() << unmet;
    }
  }
  EXPECT_GE(expected, 2U);
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
