#include "evaluate/protocol_b.h"

#include <algorithm>
#include <cmath>

#include "evaluate/baselines.h"
#include "projection/projector.h"

namespace hs::evaluate {
namespace {

constexpr double kHidden = 0.257;
constexpr std::size_t kMethods = kBaselines.size() + 1;

struct Last {
  double km;
  const char* name;
  double share;
};
constexpr std::array<Last, 5> kLast = {
    {{20, "20K", 1.7}, {25, "25K", 0.7}, {30, "30K", 8.2}, {35, "35K", 9.5}, {40, "40K", 80.0}}};

using Samples = std::array<std::array<std::vector<Sample>, kMethods>, kLast.size()>;

double minutes_of(base::Duration time) {
  return std::chrono::duration<double, std::ratio<60>>(time).count();
}

std::vector<projection::Runner> slow_finishers(const Field& field) {
  std::vector<projection::Runner> out;
  for (const projection::Runner& runner : field.runners) {
    const bool is_complete = std::all_of(runner.times.begin(), runner.times.end(),
                                         [](const auto& time) { return time.has_value(); });
    // A time that is not later than the one before is a mistake of the file.
    const auto odd = std::adjacent_find(runner.times.begin(), runner.times.end(),
                                        [](const auto& a, const auto& b) { return !(a < b); });
    if (is_complete && odd == runner.times.end() && *runner.times.back() >= std::chrono::hours(4)) {
      out.push_back(runner);
    }
  }
  return out;
}

void run_seed(const Field& field, const std::vector<projection::Runner>& runners,
              const std::array<std::size_t, kLast.size()>& points, std::uint64_t seed,
              Samples& samples) {
  Random random(seed);
  const auto order = shuffled(runners.size(), random);
  const auto hidden =
      static_cast<std::size_t>(std::llround(kHidden * static_cast<double>(runners.size())));
  projection::PastRace rest{field.course, {}};
  for (std::size_t i = hidden; i < order.size(); ++i) rest.runners.push_back(runners[order[i]]);
  const std::span past(&rest, 1);
  const auto model = projection::fit_course(past, projection::Legs::FinishOnly);
  if (!model) return;
  const projection::Projector projector(*model, field.course, model::ProjectionSource::Course);
  std::vector<BaselinesAt> baselines;
  for (const std::size_t point : points) baselines.emplace_back(past, field.course, point);
  double whole = 0;
  for (const Last& last : kLast) whole += last.share;
  for (std::size_t i = 0; i < hidden; ++i) {
    const projection::Runner& runner = runners[order[i]];
    double at = random.unit() * whole;
    std::size_t k = 0;
    while (k + 1 < kLast.size() && at >= kLast[k].share) at -= kLast[k++].share;
    const double truth = minutes_of(*runner.times.back());
    for (std::size_t m = 0; m < kBaselines.size(); ++m) {
      if (const auto minutes = baselines[k].project(kBaselines[m], runner)) {
        samples[k][m].push_back(judge(*minutes, truth));
      }
    }
    if (const auto projection = projector.project({&runner, points[k], {}, {}})) {
      samples[k].back().push_back(judge(*projection, truth));
    }
  }
}

}  // namespace

base::Result<ProtocolB> run_protocol_b(const Field& field, std::size_t seeds) {
  const auto refuse = [&](const std::string& found) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "'" + field.name + "' has " + found +
                          ", expected a marathon with 20K, 25K, 30K, 35K and 40K");
  };
  if (!field.has_distances()) return refuse("points without a distance");
  const auto km = projection::kilometres(field.course);
  if (std::abs(km.back() - 42.195) > 0.2) return refuse("another length");
  std::array<std::size_t, kLast.size()> points{};
  for (std::size_t k = 0; k < kLast.size(); ++k) {
    const auto found = std::find_if(
        km.begin(), km.end(), [&](double where) { return std::abs(where - kLast[k].km) < 0.05; });
    if (found == km.end()) return refuse(std::string("no ") + kLast[k].name);
    points[k] = static_cast<std::size_t>(found - km.begin());
  }
  const auto runners = slow_finishers(field);
  if (runners.size() < 2 * projection::kLeastPast) return refuse("too few runners over four hours");
  Samples samples;
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    run_seed(field, runners, points, seed, samples);
  }
  ProtocolB out;
  out.runners = runners.size();
  out.seeds = seeds;
  for (std::size_t m = 0; m < kMethods; ++m) {
    const char* name = m < kBaselines.size() ? name_of(kBaselines[m]) : "projected";
    std::vector<Sample> all;
    for (std::size_t k = 0; k < kLast.size(); ++k) {
      all.insert(all.end(), samples[k][m].begin(), samples[k][m].end());
    }
    out.methods.push_back({name, figures_of(all, seeds)});
  }
  for (std::size_t k = 0; k < kLast.size(); ++k) {
    ProtocolB::AtPoint at{kLast[k].name, {}};
    for (std::size_t m = 0; m < kMethods; ++m) {
      at.methods.push_back({out.methods[m].method, figures_of(samples[k][m], seeds)});
    }
    out.points.push_back(std::move(at));
  }
  return out;
}

}  // namespace hs::evaluate
