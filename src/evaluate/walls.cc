#include "evaluate/walls.h"

#include <algorithm>
#include <cmath>

#include "projection/wall.h"

namespace hs::evaluate {
namespace {

constexpr std::size_t kLearnedMax = 6000;
constexpr std::size_t kLeastForRate = 100;
constexpr double kNearKm = 0.2;  ///< Two races' mats so near are one point of the alarm.
constexpr std::size_t kTenths = 10;

/// A runner at a point with the projection made there, live.
struct AtPoint {
  projection::Known known;
  model::Projection projection;
};

std::optional<AtPoint> at_point(const projection::Projector& projector, const projection::Day& day,
                                const Field& field, std::size_t runner, std::size_t point) {
  const auto& time = field.runners[runner].times[point];
  if (!time) return std::nullopt;
  AtPoint out{{&field.runners[runner], point, {}, {}}, {}};
  const auto projection = projector.project(out.known, &day, field.starts[runner] + *time);
  if (!projection) return std::nullopt;
  out.projection = *projection;
  return out;
}

/// The samples of a kilometre, over all races.
struct Learned {
  double km = 0;
  std::vector<projection::WallSample> samples;
};

void learn_from(const projection::CourseModel& model, const Field& field,
                std::vector<Learned>& out) {
  const projection::Projector projector(model, field.course, model::ProjectionSource::Course);
  const auto day = projection::Day::learn(model, field.course, field.runners, field.starts);
  const std::size_t step = std::max<std::size_t>(1, field.runners.size() / kLearnedMax);
  const auto km = projection::kilometres(field.course);
  for (std::size_t r = 0; r < field.runners.size(); r += step) {
    const auto hit = projection::did_hit_wall(field.course, field.runners[r]);
    if (!hit) continue;
    for (std::size_t p = 0; p < field.finish(); ++p) {
      const auto at = at_point(projector, day, field, r, p);
      if (!at) continue;
      const auto signs = projection::wall_signs(field.course, at->known, at->projection);
      if (!signs) continue;
      auto place = std::find_if(out.begin(), out.end(), [&](const Learned& learned) {
        return std::abs(learned.km - km[p]) <= kNearKm;
      });
      if (place == out.end()) place = out.insert(out.end(), {km[p], {}});
      place->samples.push_back({*signs, *hit});
    }
  }
}

/// A chance and what came.
struct Judged {
  double chance = 0;
  bool hit = false;
};

/// Mann and Whitney's: equal chances count half.
double auc_of(const std::vector<Judged>& rising) {
  double hits = 0;
  double ranks = 0;
  for (std::size_t i = 0; i < rising.size();) {
    std::size_t end = i;
    std::size_t hits_here = 0;
    for (; end < rising.size() && rising[end].chance == rising[i].chance; ++end) {
      hits_here += rising[end].hit ? 1U : 0U;
    }
    const double rank = static_cast<double>(i + 1 + end) / 2;
    ranks += rank * static_cast<double>(hits_here);
    hits += static_cast<double>(hits_here);
    i = end;
  }
  const double others = static_cast<double>(rising.size()) - hits;
  if (hits == 0 || others == 0) return 0.5;
  return (ranks - hits * (hits + 1) / 2) / (hits * others);
}

WallAt judged(std::string point, std::vector<Judged> all) {
  std::sort(all.begin(), all.end(), [](const Judged& a, const Judged& b) {
    return a.chance != b.chance ? a.chance < b.chance : a.hit < b.hit;
  });
  WallAt out;
  out.point = std::move(point);
  out.count = all.size();
  out.auc = auc_of(all);
  for (std::size_t tenth = 0; tenth < kTenths; ++tenth) {
    const std::size_t begin = all.size() * tenth / kTenths;
    const std::size_t end = all.size() * (tenth + 1) / kTenths;
    double stated = 0;
    double seen = 0;
    for (std::size_t i = begin; i < end; ++i) {
      stated += all[i].chance;
      seen += all[i].hit ? 1 : 0;
    }
    const double count = static_cast<double>(std::max<std::size_t>(1, end - begin));
    out.stated_tenths.push_back(stated / count);
    out.seen_tenths.push_back(seen / count);
    out.stated += stated / static_cast<double>(all.size());
    out.seen += seen / static_cast<double>(all.size());
  }
  return out;
}

}  // namespace

WallRates wall_rates(const Field& field) {
  const auto rate = [&](std::optional<model::Sex> sex) -> std::optional<double> {
    std::size_t known = 0;
    std::size_t hits = 0;
    for (const projection::Runner& runner : field.runners) {
      if (sex && runner.sex != sex) continue;
      const auto hit = projection::did_hit_wall(field.course, runner);
      known += hit ? 1U : 0U;
      hits += hit && *hit ? 1U : 0U;
    }
    if (known < kLeastForRate) return std::nullopt;
    return static_cast<double>(hits) / static_cast<double>(known);
  };
  return {rate(std::nullopt), rate(model::Sex::Female), rate(model::Sex::Male)};
}

std::vector<projection::WallLine> learn_walls(const projection::CourseModel& model,
                                              std::span<const Field> train) {
  std::vector<Learned> learned;
  for (const Field& field : train) {
    const bool fits =
        field.has_distances() &&
        projection::is_as_long(projection::kilometres(field.course).back(), model.grid.km.back());
    // Of an interrupted race only those are known who got through before: no sample of anything.
    if (fits && !field.is_interrupted) learn_from(model, field, learned);
  }
  std::vector<projection::WallLine> out;
  for (const Learned& at : learned) {
    if (const auto line = projection::fit_wall(at.km, at.samples)) out.push_back(*line);
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.km < b.km; });
  return out;
}

std::vector<WallAt> judge_walls(std::span<const projection::WallLine> lines,
                                const projection::Projector& projector, const projection::Day& day,
                                const Field& test) {
  std::vector<WallAt> out;
  for (std::size_t p = 0; p < test.finish(); ++p) {
    std::vector<Judged> all;
    for (std::size_t r = 0; r < test.runners.size(); ++r) {
      const auto hit = projection::did_hit_wall(test.course, test.runners[r]);
      if (!hit) continue;
      const auto at = at_point(projector, day, test, r, p);
      if (!at) continue;
      const auto wall = projection::wall_of(lines, test.course, at->known, at->projection);
      if (wall) all.push_back({wall->probability, *hit});
    }
    if (!all.empty()) out.push_back(judged(test.point_ids[p], std::move(all)));
  }
  return out;
}

}  // namespace hs::evaluate
