#include "evaluate/moment_times.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/check.h"

namespace hs::evaluate {
namespace {

using moments::is_known;

base::Duration micros(double seconds) { return base::Duration(std::llround(seconds * 1e6)); }

template <typename Time>
void shift(std::optional<Time>& time, base::Duration by) {
  if (time) time = Time(time->value() + by);
}

void shift(std::optional<base::Duration>& time, base::Duration by) {
  if (time) *time += by;
}

void set_times(const MomentTimes& times, std::size_t row, base::RaceTime begins,
               model::RunnerResult& runner) {
  const moments::FieldView& view = times.view;
  const bool has_start = is_known(times.start[row]);
  base::Duration later{0};
  if (has_start) {
    const base::RaceTime start = begins + micros(times.start[row]);
    later = start - *runner.start_at;
    runner.start_at = start;
    shift(runner.start_offset, later);
    if (runner.splits.front().passing) runner.splits.front().passing->at = start;
  }
  for (std::size_t column = 1; column < view.columns(); ++column) {
    model::Split& split = runner.splits[view.points[column].raw()];
    const double net = view.net_at(row, column);
    if (!is_known(net)) {
      split = model::Split();
      continue;
    }
    split.net = base::NetTime(micros(net));
    if (split.passing && has_start) split.passing->at = *runner.start_at + split.net->value();
  }
  const base::Duration longer = runner.splits.back().net->value() - runner.net->value();
  shift(runner.net, longer);
  shift(runner.gun, longer + later);
  shift(runner.clock, longer + later);
  shift(runner.ranking, longer);
  shift(runner.official, longer);
}

/// Gives the places anew among those who had one, in the order of the times that rank.
template <typename PlaceOf>
void place_again(model::EventResults& results, std::vector<model::EntrantId> people,
                 const PlaceOf& place_of) {
  const auto time_of = [&](model::EntrantId id) { return results.runners[id.raw()].ranking; };
  std::stable_sort(people.begin(), people.end(),
                   [&](auto a, auto b) { return time_of(a) < time_of(b); });
  std::uint32_t place = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const bool as_before = i > 0 && time_of(people[i]) == time_of(people[i - 1]);
    const bool as_behind = i + 1 < people.size() && time_of(people[i]) == time_of(people[i + 1]);
    if (!as_before) place = static_cast<std::uint32_t>(i) + 1;
    *place_of(results.runners[people[i].raw()]) = model::Placing{place, as_before || as_behind};
  }
}

void place_all(model::EventResults& results, const moments::FieldView& view) {
  std::vector<model::EntrantId> overall;
  std::map<int, std::vector<model::EntrantId>> by_sex;
  for (const model::EntrantId id : view.people) {
    const model::RunnerResult& runner = results.runners[id.raw()];
    if (!runner.ranking) continue;
    if (runner.places.overall) overall.push_back(id);
    const auto& sex = results.entrants[id.raw()].sex;
    if (runner.places.sex && sex) by_sex[static_cast<int>(*sex)].push_back(id);
  }
  place_again(results, overall, [](model::RunnerResult& r) { return &*r.places.overall; });
  for (auto& [sex, people] : by_sex) {
    place_again(results, people, [](model::RunnerResult& r) { return &*r.places.sex; });
  }
}

}  // namespace

MomentTimes times_of(const model::EventResults& results, model::RaceId race) {
  MomentTimes times;
  times.view = moments::view_field(results, race);
  for (std::size_t row = 0; row < times.view.rows(); ++row) {
    const auto& start = times.view.runner(row).start_at;
    times.start.push_back(start
                              ? static_cast<double>((*start - results.event.begins).count()) * 1e-6
                              : moments::kNoTime);
  }
  return times;
}

model::EventResults with_times(const model::EventResults& results, const MomentTimes& times) {
  model::EventResults changed = results;
  for (std::size_t row = 0; row < times.view.rows(); ++row) {
    HS_CHECK(is_known(times.view.net_at(row, times.view.finish())), "a finisher has a finish");
    set_times(times, row, results.event.begins, changed.runners[times.view.people[row].raw()]);
  }
  place_all(changed, times.view);
  return changed;
}

}  // namespace hs::evaluate
