#include "projection/race_projector.h"

#include <algorithm>
#include <map>

#include "base/check.h"

namespace hs::projection {
namespace {

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
  Course course;
  for (std::size_t p = 1; p < config.points.size(); ++p) {
    if (config.points[p].role == model::PointRole::Spotter) continue;
    points_.push_back(model::PointId(static_cast<std::uint16_t>(p)));
    course.points.push_back(config.points[p].distance);
  }
  closes_ = config.closes;
  std::vector<Runner> runners;
  std::vector<base::RaceTime> starts;
  for (std::size_t e = 0; e < results.runners.size(); ++e) {
    const model::RunnerResult& result = results.runners[e];
    if (result.race != race || !result.start_at || !runs(results.entrants[e].mode)) continue;
    if (!result.legs.empty()) continue;  // Nobody tires over the whole course of a relay.
    rows_[e] = runners.size();
    runners.push_back(runner_of(results, model::EntrantId(static_cast<std::uint32_t>(e)), points_));
    starts.push_back(*result.start_at);
  }
  field_.emplace(std::move(course), std::move(runners), std::move(starts), learned);
}

std::optional<std::size_t> RaceProjector::row_of(model::EntrantId entrant) const {
  HS_CHECK(entrant.raw() < rows_.size(), "an entrant of another event");
  return rows_[entrant.raw()];
}

std::optional<base::Duration> RaceProjector::cut_off(model::EntrantId entrant) const {
  const auto row = row_of(entrant);
  if (!row || !closes_) return std::nullopt;
  return *closes_ - field_->starts()[*row];
}

std::optional<model::Projection> RaceProjector::when_seen(model::EntrantId entrant,
                                                          model::PointId point) const {
  const auto row = row_of(entrant);
  const auto found = std::find(points_.begin(), points_.end(), point);
  if (!row || found == points_.end()) return std::nullopt;
  return field_->when_seen(*row, static_cast<std::size_t>(found - points_.begin()),
                           cut_off(entrant));
}

std::optional<model::Projection> RaceProjector::at(model::EntrantId entrant,
                                                   base::RaceTime now) const {
  const auto row = row_of(entrant);
  if (!row) return std::nullopt;
  return field_->at(*row, now, cut_off(entrant));
}

std::optional<Wall> RaceProjector::wall(model::EntrantId entrant,
                                        const model::Projection& projection) const {
  const auto row = row_of(entrant);
  if (!row) return std::nullopt;
  return field_->wall(*row, projection);
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
