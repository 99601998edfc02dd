#include "evaluate/field.h"

#include <algorithm>
#include <charconv>

namespace hs::evaluate {
namespace {

using std::chrono::minutes;

constexpr int kBibsAWave = 9000;
constexpr minutes kBetweenWaves{25};
constexpr minutes kEliteWomenAhead{28};

std::optional<int> number_in(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

/// The middle of "40-44".
std::optional<int> age_of(const model::PublishedRace& race, const model::PublishedResult& result) {
  if (result.age) return *result.age;
  const auto group = race.text(result, model::PublishedText::AgeGroup);
  const auto low = number_in(group);
  const auto dash = group.find('-');
  if (!low || dash == std::string_view::npos) return low;
  const auto high = number_in(group.substr(dash + 1));
  return high ? (*low + *high) / 2 : *low;
}

base::Duration assumed_start(std::string_view bib) {
  if (bib.starts_with('F')) return -kEliteWomenAhead;
  const int wave = number_in(bib).value_or(0) / kBibsAWave;
  return wave * base::Duration(kBetweenWaves);
}

/// From a split with both a time of day and a time, or from gun and net.
std::optional<base::Duration> told_start(const model::PublishedRace& race,
                                         const model::PublishedResult& result) {
  if (result.started_at) return result.started_at;
  for (const model::PublishedSplit& split : race.splits_of(result)) {
    if (split.time() && split.time_of_day() && !split.is_estimated()) {
      return *split.time_of_day() - *split.time();
    }
  }
  return std::nullopt;
}

/// Everything but the points that no runner could be projected from.
std::vector<std::size_t> usable_points(const model::PublishedRace& race) {
  std::vector<std::size_t> points;
  for (std::size_t i = 0; i < race.points.size(); ++i) {
    const auto& point = race.points[i];
    const bool is_start =
        point.id == "start" || (point.distance && *point.distance <= base::Distance{});
    if (!is_start && point.id != "finish") points.push_back(i);
  }
  return points;
}

void place_points(const model::PublishedRace& race, const std::vector<std::size_t>& points,
                  Field& field) {
  bool is_known = race.distance.has_value();
  for (const std::size_t i : points) {
    field.point_ids.push_back(race.points[i].id);
    is_known = is_known && race.points[i].distance.has_value();
  }
  field.point_ids.emplace_back("finish");
  if (!is_known) return;
  for (const std::size_t i : points) field.course.points.push_back(*race.points[i].distance);
  field.course.points.push_back(*race.distance);
  for (std::size_t i = 1; i < field.course.points.size(); ++i) {
    if (field.course.points[i - 1] < field.course.points[i]) continue;
    field.course.points.clear();
    return;
  }
}

}  // namespace

const char* name_of(ClockSource source) {
  if (source == ClockSource::TimeOfDay) return "time of day";
  return source == ClockSource::GunAndNet ? "gun and net" : "assumed";
}

std::size_t Field::finishers() const {
  return static_cast<std::size_t>(
      std::count_if(runners.begin(), runners.end(),
                    [](const auto& runner) { return runner.times.back().has_value(); }));
}

Field field_of(const model::PublishedRace& race) {
  Field field;
  field.name = race.name.empty() ? race.id : race.name;
  field.is_interrupted = race.is_interrupted;
  const auto points = usable_points(race);
  place_points(race, points, field);
  std::size_t told = 0;
  std::size_t both = 0;
  for (std::size_t row = 0; row < race.results.size(); ++row) {
    const model::PublishedResult& result = race.results[row];
    if (result.is_apart || (result.mode && *result.mode != model::Mode::Foot)) continue;
    projection::Runner runner;
    for (const std::size_t i : points) {
      const model::PublishedSplit* split = race.split_at(result, i);
      const bool is_seen =
          split != nullptr && split->time() && !split->is_estimated() && !split->is_doubtful();
      runner.times.push_back(is_seen ? split->time() : std::nullopt);
    }
    auto finish = result.finish_on(race.split_clock);
    if (!finish) finish = race.finish_of(result);
    if (result.status != model::RunnerStatus::Finished) finish.reset();
    runner.times.push_back(finish);
    runner.sex = result.sex;
    runner.age = age_of(race, result);
    base::Duration start = assumed_start(race.text(result, model::PublishedText::Bib));
    if (const auto at = told_start(race, result)) {
      start = *at;
      ++told;
    } else if (result.gun && result.net) {
      start = result.gun->value() - result.net->value();
      ++both;
    }
    field.runners.push_back(std::move(runner));
    field.starts.push_back(base::RaceTime(start));
    field.rows.push_back(row);
  }
  if (told * 2 > field.runners.size()) field.clock = ClockSource::TimeOfDay;
  if (both * 2 > field.runners.size()) field.clock = ClockSource::GunAndNet;
  return field;
}

}  // namespace hs::evaluate
