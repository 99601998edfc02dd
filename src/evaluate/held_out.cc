#include "evaluate/held_out.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "evaluate/baselines.h"
#include "evaluate/trail.h"
#include "projection/generic.h"
#include "projection/nearest.h"
#include "projection/projector.h"

namespace hs::evaluate {
namespace {

constexpr std::size_t kOracleRunners = 2000;
constexpr double kLateShare = 0.55;  ///< 25K of a marathon, for the reliability.
constexpr std::size_t kTenths = 10;

using Instant = base::RaceTime;

double minutes_of(base::Duration time) {
  return std::chrono::duration<double, std::ratio<60>>(time).count();
}

/// Projects one runner of the test at a point.
using Project =
    std::function<std::optional<model::Projection>(std::size_t runner, std::size_t point)>;

/// Everything that projects on a road: the model, and today's race as the rows may know it.
class Road {
 public:
  Road(std::span<const projection::PastRace> past, const Field& test, std::uint64_t seed,
       const projection::CourseModel& table)
      : test_(test), fitted_(projection::fit_course(past)), model_(&table) {
    const bool is_fitted = fitted_ && is_as_long(*fitted_);
    if (is_fitted) model_ = &*fitted_;
    source_ = is_fitted ? model::ProjectionSource::Course : model::ProjectionSource::Generic;
    projector_.emplace(*model_, test.course, source_);
    if (!can_recalibrate()) return;
    live_ = projection::Day::learn(*model_, test.course, test.runners, test.starts);
    // The oracle's runners were all there the day before: everything of theirs is known.
    Random random(seed);
    std::vector<projection::Runner> runners;
    for (const std::size_t i : shuffled(test.runners.size(), random)) {
      if (runners.size() == kOracleRunners) break;
      if (test.runners[i].times.back()) runners.push_back(test.runners[i]);
    }
    const std::vector<Instant> long_ago(runners.size(), Instant(-std::chrono::hours(24 * 30)));
    oracle_ = projection::Day::learn(*model_, test.course, runners, long_ago);
  }

  /// The table's points lie elsewhere on a course of another length.
  [[nodiscard]] bool can_recalibrate() const { return is_as_long(*model_); }
  [[nodiscard]] model::ProjectionSource source() const { return source_; }

  /// The wall alarm: the lines of `train`, or those of the table where nothing was learned.
  [[nodiscard]] std::vector<WallAt> walls(std::span<const Field> train) const {
    if (!can_recalibrate()) return {};
    const bool is_fitted = source_ == model::ProjectionSource::Course;
    const auto lines = is_fitted ? learn_walls(*model_, train) : model_->wall;
    return judge_walls(lines, *projector_, live_, test_);
  }

  [[nodiscard]] std::optional<model::Projection> project(Recalibration recalibration,
                                                         std::size_t runner,
                                                         std::size_t point) const {
    const projection::Known known{&test_.runners[runner], point, {}, {}};
    if (recalibration == Recalibration::None) return projector_->project(known);
    const Instant instant = test_.starts[runner] + *test_.runners[runner].times[point];
    return projector_->project(known, recalibration == Recalibration::Live ? &live_ : &oracle_,
                               instant);
  }

 private:
  [[nodiscard]] bool is_as_long(const projection::CourseModel& model) const {
    return projection::is_as_long(model.grid.km.back(),
                                  projection::kilometres(test_.course).back());
  }

  const Field& test_;
  std::optional<projection::CourseModel> fitted_;
  const projection::CourseModel* model_;
  model::ProjectionSource source_{};
  std::optional<projection::Projector> projector_;
  projection::Day live_;
  projection::Day oracle_;
};

/// Who of the test is asked about at a point: seen there and at the finish, with times that can be.
std::vector<std::size_t> asked_at(const Field& test, std::size_t point) {
  std::vector<std::size_t> out;
  for (std::size_t r = 0; r < test.runners.size(); ++r) {
    const auto& times = test.runners[r].times;
    if (times[point] && times.back() && *times[point] < *times.back() &&
        *times[point] > base::Duration(0)) {
      out.push_back(r);
    }
  }
  return out;
}

std::vector<Sample> samples_of(const Field& test, const std::vector<std::size_t>& runners,
                               std::size_t point, const Project& project) {
  std::vector<Sample> samples;
  for (const std::size_t r : runners) {
    const auto projection = project(r, point);
    if (!projection) continue;
    samples.push_back(judge(*projection, minutes_of(*test.runners[r].times.back())));
    samples.back().runner = r;
  }
  return samples;
}

template <typename Belongs>
GroupFigures group_of(std::string name, const std::vector<Sample>& samples, std::uint64_t seed,
                      const Belongs& belongs) {
  std::vector<Sample> chosen;
  for (const Sample& sample : samples) {
    if (belongs(sample)) chosen.push_back(sample);
  }
  return {std::move(name), figures_of(chosen, seed)};
}

std::vector<GroupFigures> groups_of(const Field& test, const std::vector<Sample>& samples,
                                    std::size_t point, std::uint64_t seed) {
  std::vector<GroupFigures> out;
  for (const auto sex : {model::Sex::Female, model::Sex::Male}) {
    out.push_back(group_of(sex == model::Sex::Female ? "F" : "M", samples, seed,
                           [&](const Sample& s) { return test.runners[s.runner].sex == sex; }));
  }
  std::vector<base::Duration> times;
  for (const Sample& s : samples) times.push_back(*test.runners[s.runner].times[point]);
  std::sort(times.begin(), times.end());
  for (std::size_t quarter = 0; quarter < 4 && !times.empty(); ++quarter) {
    const auto edge = [&](std::size_t k) {
      return times[std::min(times.size() - 1, times.size() * k / 4)];
    };
    const auto low = edge(quarter);
    const auto high = edge(quarter + 1);
    out.push_back(
        group_of("pace " + std::to_string(quarter + 1), samples, seed, [&](const Sample& s) {
          const auto at = *test.runners[s.runner].times[point];
          return at >= low && (at < high || quarter == 3);
        }));
  }
  return out;
}

/// The samples without the first tenth of the field to pass the point by the clock.
std::vector<Sample> behind_first_tenth(const Field& test, const std::vector<Sample>& samples,
                                       std::size_t point) {
  const auto clock = [&](const Sample& s) {
    return test.starts[s.runner] + *test.runners[s.runner].times[point];
  };
  std::vector<Instant> clocks;
  for (const Sample& s : samples) clocks.push_back(clock(s));
  std::sort(clocks.begin(), clocks.end());
  std::vector<Sample> out;
  for (const Sample& s : samples) {
    if (clock(s) >= clocks[clocks.size() / 10]) out.push_back(s);
  }
  return out;
}

void count(Reliability& reliability, std::size_t& all, const std::vector<Sample>& samples) {
  if (reliability.stated.empty()) {
    for (std::size_t i = 1; i < kTenths; ++i) {
      reliability.stated.push_back(static_cast<double>(i) / kTenths);
      reliability.seen.push_back(0);
    }
  }
  all += samples.size();
  for (const Sample& s : samples) {
    for (std::size_t i = 0; i + 1 < kTenths; ++i) {
      if (s.share_at_truth <= reliability.stated[i]) reliability.seen[i] += 1;
    }
  }
}

struct Row {
  std::string name;
  Project project;
};

/// The rows and groups of one point; `reliability` has one entry a row.
AtPoint judge_point(const Field& test, std::size_t point, const std::vector<Row>& rows,
                    std::uint64_t seed, std::vector<Reliability>* reliability,
                    std::vector<std::size_t>& counted) {
  AtPoint out;
  out.point = test.point_ids[point];
  const auto runners = asked_at(test, point);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto samples = samples_of(test, runners, point, rows[i].project);
    out.methods.push_back({rows[i].name, figures_of(samples, seed)});
    out.behind_first_tenth.push_back(
        {rows[i].name, figures_of(behind_first_tenth(test, samples, point), seed)});
    if (i == std::min<std::size_t>(1, rows.size() - 1)) {
      out.groups = groups_of(test, samples, point, seed);
    }
    if (reliability != nullptr) count((*reliability)[i], counted[i], samples);
  }
  return out;
}

void add_baselines(std::span<const projection::PastRace> past, const Field& test, std::size_t point,
                   std::uint64_t seed, AtPoint& out) {
  const BaselinesAt baselines(past, test.course, point);
  std::vector<MethodFigures> rows;
  for (const Baseline baseline : kBaselines) {
    std::vector<Sample> samples;
    for (const std::size_t r : asked_at(test, point)) {
      const auto minutes = baselines.project(baseline, test.runners[r]);
      if (minutes) {
        samples.push_back(judge(*minutes, minutes_of(*test.runners[r].times.back())));
      }
    }
    rows.push_back({name_of(baseline), figures_of(samples, seed)});
  }
  out.methods.insert(out.methods.begin(), rows.begin(), rows.end());
}

void run_road(std::span<const Field> train, const Field& test, std::uint64_t seed,
              const projection::CourseModel& table, HeldOut& out) {
  std::vector<projection::PastRace> past;
  for (const Field& field : train) {
    if (!field.has_distances()) continue;
    if (field.finishers() == 0) continue;
    past.push_back({field.course, field.runners});
    out.trained_on.push_back(field.name);
    out.training_finishers += field.finishers();
  }
  const Road road(past, test, seed, table);
  out.source = road.source();
  std::vector<Row> rows;
  for (const Recalibration recalibration : kRecalibrations) {
    if (recalibration != Recalibration::None && !road.can_recalibrate()) continue;
    rows.push_back({name_of(recalibration), [&road, recalibration](std::size_t r, std::size_t p) {
                      return road.project(recalibration, r, p);
                    }});
    out.reliability.push_back({name_of(recalibration), {}, {}});
  }
  out.wall_rates = wall_rates(test);
  out.walls = road.walls(train);
  std::vector<std::size_t> counted(rows.size(), 0);
  const auto km = projection::kilometres(test.course);
  for (std::size_t p = 0; p < test.finish(); ++p) {
    if (asked_at(test, p).empty()) continue;
    const bool is_late = km[p] >= kLateShare * km.back();
    AtPoint at = judge_point(test, p, rows, seed, is_late ? &out.reliability : nullptr, counted);
    at.km = km[p];
    add_baselines(past, test, p, seed, at);
    out.points.push_back(std::move(at));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (double& seen : out.reliability[i].seen) {
      seen /= static_cast<double>(std::max<std::size_t>(1, counted[i]));
    }
  }
}

}  // namespace

const char* name_of(Recalibration recalibration) {
  if (recalibration == Recalibration::None) return "none";
  return recalibration == Recalibration::Live ? "live" : "oracle";
}

base::Result<HeldOut> run_held_out(std::span<const Field> train, const Field& test,
                                   std::uint64_t seed, const projection::CourseModel* table) {
  HeldOut out;
  out.race = test.name;
  out.clock = test.clock;
  out.is_interrupted = test.is_interrupted;
  out.finishers = test.finishers();
  if (out.finishers == 0) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "'" + test.name + "' has no finisher, expected a race that was run");
  }
  if (test.finish() == 0) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "'" + test.name + "' has a finish and no other point, expected splits");
  }
  if (test.has_distances()) {
    run_road(train, test, seed, table != nullptr ? *table : projection::generic_model(), out);
    return out;
  }
  const Trail trail(train, test);
  if (trail.past_finishers() == 0) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "'" + test.name +
                          "' has points without a distance and no race to --train "
                          "shares them, expected earlier races on this course");
  }
  out.source = model::ProjectionSource::Nearest;
  out.trained_on = trail.trained_on();
  out.training_finishers = trail.past_finishers();
  const std::vector<Row> rows = {
      {"nearest", [&](std::size_t r, std::size_t p) { return trail.project(r, p); }}};
  std::vector<std::size_t> counted(1, 0);
  out.reliability.push_back({"nearest", {}, {}});
  for (std::size_t p = 0; p < test.finish(); ++p) {
    const auto runners = asked_at(test, p);
    if (runners.empty()) continue;
    AtPoint at = judge_point(test, p, rows, seed, &out.reliability, counted);
    auto baselines = trail.baselines(runners, p, seed);
    at.methods.insert(at.methods.begin(), baselines.begin(), baselines.end());
    out.points.push_back(std::move(at));
  }
  for (double& seen : out.reliability[0].seen) {
    seen /= static_cast<double>(std::max<std::size_t>(1, counted[0]));
  }
  return out;
}

}  // namespace hs::evaluate
