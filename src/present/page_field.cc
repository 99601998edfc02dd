#include "present/page_field.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "moments/field_weather.h"

// Implementation notes: everything here is for drawing. Doubles in a fixed order, nearest-rank
// quantiles: a value of the band is always somebody's real time.

namespace hs::present {
namespace {

constexpr std::size_t kSpreadLeast = 10;
constexpr double kMicrosPerSecond = 1e6;
constexpr double kMillimetresPerKm = 1e6;

std::optional<Spread> spread_of(std::vector<double> values) {
  if (values.size() < kSpreadLeast) return std::nullopt;
  std::sort(values.begin(), values.end());
  const auto at = [&values](double share) {
    return values[static_cast<std::size_t>(
        std::lround(share * static_cast<double>(values.size() - 1)))];
  };
  return Spread{at(0.1), at(0.5), at(0.9)};
}

}  // namespace

std::vector<model::EntrantId> finishers_of(const model::EventResults& results, model::RaceId race) {
  std::vector<model::EntrantId> out;
  for (const model::EntrantId id : results.order[race.raw()]) {
    const model::RunnerResult& runner = results.runners[id.raw()];
    if (runner.status == model::RunnerStatus::Finished && runner.net) out.push_back(id);
  }
  return out;
}

std::vector<model::PointId> timed_points(const model::Race& race) {
  std::vector<model::PointId> out;
  for (std::size_t i = 1; i < race.points.size(); ++i) {
    if (race.points[i].role == model::PointRole::Timed) {
      out.push_back(model::PointId(static_cast<std::uint16_t>(i)));
    }
  }
  return out;
}

std::optional<double> net_seconds(const model::EventResults& results, model::EntrantId id,
                                  model::PointId point) {
  if (point.raw() == 0) return 0.0;
  const model::RunnerResult& runner = results.runners[id.raw()];
  if (point.raw() >= runner.splits.size()) return std::nullopt;
  const auto& net = runner.splits[point.raw()].net;
  if (!net) return std::nullopt;
  return static_cast<double>(net->value().count()) / kMicrosPerSecond;
}

std::vector<model::EntrantId> alike_at(const model::EventResults& results,
                                       const std::vector<model::EntrantId>& among,
                                       model::EntrantId id, model::PointId point,
                                       std::size_t count_max) {
  const std::optional<double> own = net_seconds(results, id, point);
  if (!own) return {};
  std::vector<std::pair<double, std::size_t>> near;
  for (std::size_t i = 0; i < among.size(); ++i) {
    const std::optional<double> net = net_seconds(results, among[i], point);
    if (net && among[i] != id) near.emplace_back(std::abs(*net - *own), i);
  }
  const std::size_t keep = std::min(count_max, near.size() / 5);
  std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(keep), near.end());
  std::vector<model::EntrantId> out;
  for (std::size_t i = 0; i < keep; ++i) out.push_back(among[near[i].second]);
  return out;
}

std::optional<Spread> net_spread(const model::EventResults& results,
                                 const std::vector<model::EntrantId>& group, model::PointId point) {
  std::vector<double> values;
  for (const model::EntrantId id : group) {
    if (const auto net = net_seconds(results, id, point)) values.push_back(*net);
  }
  return spread_of(std::move(values));
}

std::optional<double> pace_between(const model::EventResults& results, model::EntrantId id,
                                   model::PointId from, model::PointId to) {
  const auto begin = net_seconds(results, id, from);
  const auto end = net_seconds(results, id, to);
  if (!begin || !end) return std::nullopt;
  const auto& points = results.event.races[results.runners[id.raw()].race.raw()].points;
  const double km =
      static_cast<double>(
          (points[to.raw()].distance - points[from.raw()].distance).in_millimetres()) /
      kMillimetresPerKm;
  if (km <= 0 || *end < *begin) return std::nullopt;
  return (*end - *begin) / km;
}

std::optional<Spread> pace_spread(const model::EventResults& results,
                                  const std::vector<model::EntrantId>& group, model::PointId from,
                                  model::PointId to) {
  std::vector<double> values;
  for (const model::EntrantId id : group) {
    if (const auto pace = pace_between(results, id, from, to)) values.push_back(*pace);
  }
  return spread_of(std::move(values));
}

std::optional<model::PointId> half_way(const model::Race& race) { return moments::half_way(race); }

std::optional<model::PointId> find_point(const model::Race& race, const std::string& id) {
  for (std::size_t i = 0; i < race.points.size(); ++i) {
    if (race.points[i].id == id) return model::PointId(static_cast<std::uint16_t>(i));
  }
  return std::nullopt;
}

double kilometres(const model::Race& race, model::PointId point) {
  return static_cast<double>(race.points[point.raw()].distance.in_millimetres()) /
         kMillimetresPerKm;
}

}  // namespace hs::present
