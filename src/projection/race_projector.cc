#include "projection/race_projector.h"

#include <cmath>
#include <map>

#include "base/check.h"
#include "projection/generic.h"

namespace hs::projection {
namespace {

/// Two courses this near in length are of one length: a mat may stand some metres off.
constexpr double kSameLength = 0.01;

bool runs(model::Mode mode) {
  return mode != model::Mode::Wheelchair && mode != model::Mode::Handcycle;
}

Runner runner_of(const model::EventResults& results, model::EntrantId entrant,
                 const std::vector<model::PointId>& points) {
  const model::RunnerResult& result = results.runners[entrant.raw()];
  Runner out;
  out.sex = results.entrants[entrant.raw()].sex;
  out.age = results.entrants[entrant.raw()].age;
  out.times.reserve(points.size());
  for (const model::PointId point : points) {
    const auto& net = result.splits[point.raw()].net;
    out.times.push_back(net ? std::optional(net->value()) : std::nullopt);
  }
  return out;
}

}  // namespace

RaceProjector::RaceProjector(const model::EventResults& results, model::RaceId race,
                             const CourseModel* learned)
    : rows_(results.runners.size()) {
  const model::Race& config = results.event.races[race.raw()];
  for (std::size_t p = 1; p < config.points.size(); ++p) {
    if (config.points[p].role == model::PointRole::Spotter) continue;
    points_.push_back(model::PointId(static_cast<std::uint16_t>(p)));
    course_.points.push_back(config.points[p].distance);
  }
  closes_ = config.closes;
  for (std::size_t e = 0; e < results.runners.size(); ++e) {
    const model::RunnerResult& result = results.runners[e];
    if (result.race != race || !result.start_at || !runs(results.entrants[e].mode)) continue;
    rows_[e] = runners_.size();
    runners_.push_back(
        runner_of(results, model::EntrantId(static_cast<std::uint32_t>(e)), points_));
    starts_.push_back(*result.start_at);
  }
  const CourseModel& model = learned != nullptr ? *learned : generic_model();
  source_ = learned != nullptr ? model::ProjectionSource::Course : model::ProjectionSource::Generic;
  projector_.emplace(model, course_, source_);
  const double km = kilometres(course_).back();
  if (std::abs(km - model.grid.km.back()) <= kSameLength * km) {
    day_ = Day::learn(model, course_, runners_, starts_);
  }
}

std::optional<std::size_t> RaceProjector::row_of(model::EntrantId entrant) const {
  HS_CHECK(entrant.raw() < rows_.size(), "an entrant of another event");
  return rows_[entrant.raw()];
}

std::optional<std::size_t> RaceProjector::index_of(model::PointId point) const {
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (points_[i] == point) return i;
  }
  return std::nullopt;
}

std::optional<model::Projection> RaceProjector::project(const Known& known,
                                                        base::RaceTime instant) const {
  return projector_->project(known, day_ ? &*day_ : nullptr, instant);
}

std::optional<model::Projection> RaceProjector::when_seen(model::EntrantId entrant,
                                                          model::PointId point) const {
  const auto row = row_of(entrant);
  const auto index = index_of(point);
  if (!row || !index || *index == course_.finish()) return std::nullopt;
  const auto& time = runners_[*row].times[*index];
  if (!time) return std::nullopt;
  const base::RaceTime instant = starts_[*row] + *time;
  Known known{&runners_[*row], *index, {}, {}};
  if (closes_) known.cut_off = *closes_ - starts_[*row];
  return project(known, instant);
}

std::optional<model::Projection> RaceProjector::at(model::EntrantId entrant,
                                                   base::RaceTime now) const {
  const auto row = row_of(entrant);
  if (!row || now < starts_[*row]) return std::nullopt;
  const Runner& runner = runners_[*row];
  std::optional<std::size_t> last;
  for (std::size_t p = 0; p < points_.size(); ++p) {
    if (runner.times[p] && starts_[*row] + *runner.times[p] <= now) last = p;
  }
  if (!last || *last == course_.finish()) return std::nullopt;
  Known known{&runner, *last, now - starts_[*row], {}};
  if (closes_) known.cut_off = *closes_ - starts_[*row];
  return project(known, now);
}

model::ProjectionFan RaceProjector::fan(model::EntrantId entrant) const {
  model::ProjectionFan out;
  out.entrant = entrant;
  for (const model::PointId point : points_) {
    if (const auto projection = when_seen(entrant, point))
      out.steps.push_back({point, *projection});
  }
  return out;
}

std::vector<model::ProjectionFan> fans_of(const model::EventResults& results,
                                          const std::vector<model::EntrantId>& entrants) {
  std::map<model::RaceId, RaceProjector> projectors;
  std::vector<model::ProjectionFan> out;
  for (const model::EntrantId entrant : entrants) {
    const model::RaceId race = results.runners[entrant.raw()].race;
    const auto projector = projectors.try_emplace(race, results, race, nullptr).first;
    model::ProjectionFan fan = projector->second.fan(entrant);
    if (!fan.steps.empty()) out.push_back(std::move(fan));
  }
  return out;
}

}  // namespace hs::projection
