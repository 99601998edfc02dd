// Events written by hand, for what no drawn field is sure to meet.

#include <gtest/gtest.h>

#include "sim/score_in_memory.h"

namespace hs::sim_test {
namespace {

/// A 10 km race with mats at 5 and 8 km, and one runner, heard as told by `rows`.
sim::SimulatedEvent one_runner(const std::string& rows) {
  sim::SimulatedEvent event;
  event.files.push_back({"event.toml", R"([event]
name     = "Pier Ten"
date     = 2026-09-20
timezone = "Europe/Berlin"
[[race]]
id = "ten"
[[race.point]]
id = "start"
distance_m = 0
mat = "start"
[[race.point]]
id = "5k"
distance_m = 5000
mat = "pier"
[[race.point]]
id = "8k"
distance_m = 8000
mat = "bridge"
[[race.point]]
id = "finish"
distance_m = 10000
mat = "finish"
[[race.wave]]
id = "A"
gun = "09:00:00"
[[source]]
file = "reads.csv"
format = "csv"
)"});
  event.files.push_back({"entrants.csv", "bib,chips,race\n1,1001,ten\n"});
  event.files.push_back({"reads.csv", "mat,tag,time\n" + rows});
  return event;
}

TEST(WayHome, PastAMatThatMissedTheRunnerIsNoPointOfTheRace) {
  const Scored scored =
      score_in_memory(one_runner("start,1001,2026-09-20T09:00:05.000\n"
                                 "bridge,1001,2026-09-20T09:38:00.000\n"
                                 "finish,1001,2026-09-20T09:48:00.000\n"
                                 "pier,1001,2026-09-20T10:20:00.000\n"));
  ASSERT_TRUE(scored.problems.empty()) << scored.problems.front();
  ASSERT_EQ(scored.results.runners.size(), 1U);
  const model::RunnerResult& result = scored.results.runners[0];
  EXPECT_EQ(result.status, model::RunnerStatus::Finished);
  EXPECT_FALSE(result.splits[1].passing.has_value());
  EXPECT_TRUE(result.splits[2].passing.has_value());
  ASSERT_TRUE(result.net.has_value());
  EXPECT_EQ(result.net->value(), std::chrono::minutes(47) + std::chrono::seconds(55));
}

}  // namespace
}  // namespace hs::sim_test
