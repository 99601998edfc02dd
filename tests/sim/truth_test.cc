// Whole simulated events, from bytes to results, against what truly happened.

#include <gtest/gtest.h>

#include "sim/compare.h"
#include "sim/score_in_memory.h"
#include "sim/simulate.h"

namespace hs::sim_test {
namespace {

struct Case {
  sim::CourseKind course;
  sim::WithTroubles troubles;
  std::uint32_t runners;
};

void expect_truth(const Case& one, std::uint64_t seed) {
  SCOPED_TRACE("HS_SEED=" + std::to_string(seed));
  sim::SimulationRequest request;
  request.seed = seed;
  request.runners = one.runners;
  request.course = one.course;
  request.troubles = one.troubles;
  const auto event = sim::simulate(request);
  ASSERT_TRUE(event.has_value());
  const Scored scored = score_in_memory(*event);
  for (const std::string& problem : scored.problems) ADD_FAILURE() << problem;
  const sim::Comparison comparison = sim::compare_with_truth(event->truth, scored.results);
  EXPECT_EQ(comparison.entries, one.runners);
  EXPECT_TRUE(comparison.perfect()) << comparison.words();
}

constexpr std::uint64_t kSeeds = 3;

TEST(WholeEvent, CleanMarathonIsExactlyTheTruth) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    expect_truth({sim::CourseKind::Marathon, sim::WithTroubles::No, 300}, seed);
  }
}

TEST(WholeEvent, TroubledMarathonIsExactlyTheTruth) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    expect_truth({sim::CourseKind::Marathon, sim::WithTroubles::Yes, 600}, seed);
  }
}

TEST(WholeEvent, LoopUnderOneArchIsExactlyTheTruth) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    expect_truth({sim::CourseKind::Loop, sim::WithTroubles::Yes, 400}, seed);
  }
}

TEST(WholeEvent, CrossCountryIsExactlyTheTruth) {
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    expect_truth({sim::CourseKind::CrossCountry, sim::WithTroubles::Yes, 200}, seed);
  }
}

}  // namespace
}  // namespace hs::sim_test
