#include <benchmark/benchmark.h>

#include <cmath>

#include "projection/generic.h"
#include "projection/nearest.h"
#include "projection/projector.h"

// What a projection costs: with the shipped table (the same work as with a course's own model),
// with the day, and from the nearest runners of a trail. The design asks for 20 us each.

namespace hs::projection {
namespace {

Course marathon() {
  Course course;
  for (const int metres : {5000, 10000, 15000, 20000, 25000, 30000, 35000, 40000, 42195}) {
    course.points.push_back(base::Distance::metres(metres));
  }
  return course;
}

std::vector<Runner> field(std::size_t count) {
  std::vector<Runner> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double pace = 240 + static_cast<double>(i * 7919 % 200);
    const double fade = static_cast<double>(i * 104729 % 100) / 500;
    for (const base::Distance point : marathon().points) {
      const double km = static_cast<double>(point.in_millimetres()) / 1e6;
      out[i].times.push_back(base::Duration(std::llround(1e6 * pace * km * (1 + fade * km / 42))));
    }
  }
  return out;
}

void ProjectAt30K(benchmark::State& state) {
  const Projector by(generic_model(), marathon(), model::ProjectionSource::Course);
  const auto runners = field(1000);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(by.project({&runners[i++ % runners.size()], 5, {}, {}}));
  }
}
BENCHMARK(ProjectAt30K);

void ProjectAt30KOnTheDay(benchmark::State& state) {
  const Projector by(generic_model(), marathon(), model::ProjectionSource::Course);
  const auto runners = field(5000);
  std::vector<base::RaceTime> starts(runners.size(), base::RaceTime{});
  const Day day = Day::learn(generic_model(), marathon(), runners, starts);
  std::size_t i = 0;
  for (auto _ : state) {
    const Runner& runner = runners[i++ % runners.size()];
    benchmark::DoNotOptimize(
        by.project({&runner, 5, {}, {}}, &day, base::RaceTime(*runner.times[5])));
  }
}
BENCHMARK(ProjectAt30KOnTheDay);

void ProjectOnATrail(benchmark::State& state) {
  const NearestRunners by(field(3000));
  const auto runners = field(1000);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(by.project({&runners[i++ % runners.size()], 5, {}, {}}));
  }
}
BENCHMARK(ProjectOnATrail);

}  // namespace
}  // namespace hs::projection
