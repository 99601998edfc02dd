#include "history/goals.h"

#include <algorithm>
#include <array>
#include <map>

#include "history/qualifying.h"
#include "scoring/standard.h"

namespace hs::history {
namespace {

using std::chrono::duration_cast;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kLastYears = 5;

/// The distance run most often, of equals the longest; nothing where none is known.
std::optional<base::Distance> main_distance(std::span<const CareerRun> runs) {
  std::map<base::Distance, std::size_t> counts;
  for (const CareerRun& run : runs) {
    if (run.is_comparable() && run.distance) ++counts[*run.distance];
  }
  std::optional<base::Distance> out;
  std::size_t most = 0;
  for (const auto& [distance, count] : counts) {
    if (count < most) continue;
    most = count;
    out = distance;
  }
  return out;
}

Goal barrier_goal(std::span<const CareerRun> runs, const std::vector<std::size_t>& at,
                  base::Distance distance) {
  const int from = runs[at.back()].date.year - kLastYears;
  base::Duration best = runs[at.back()].time->time;
  for (const std::size_t run : at) {
    if (runs[run].date.year >= from) best = std::min(best, runs[run].time->time);
  }
  Goal out;
  out.kind = GoalKind::Barrier;
  out.distance = distance;
  out.target = next_barrier(best);
  out.missing = duration_cast<seconds>(best) - out.target;
  return out;
}

/// Nothing where the last run has no grade, or is itself the best.
std::optional<Goal> grade_goal(std::span<const CareerRun> runs, std::span<const MaybeGrade> grades,
                               const std::vector<std::size_t>& at, base::Distance distance,
                               std::optional<model::Sex> sex, const GoalTables& tables) {
  const std::size_t last = at.back();
  if (!grades[last]) return std::nullopt;
  std::uint32_t best = 0;
  for (const std::size_t run : at) {
    if (grades[run]) best = std::max(best, grades[run]->hundredths);
  }
  if (best == grades[last]->hundredths) return std::nullopt;
  const auto standard = age_standard(tables.grades, tables.edition,
                                     {sex, runs[last].age, distance, runs[last].time->time, true});
  if (!standard) return std::nullopt;
  constexpr std::int64_t kWhole = 10'000;
  Goal out;
  out.kind = GoalKind::EqualGrade;
  out.distance = distance;
  out.target = duration_cast<seconds>(base::Duration(standard->count() * kWhole / best));
  out.missing = duration_cast<seconds>(runs[last].time->time) - out.target;
  out.age = *runs[last].age;
  out.hundredths = best;
  return out;
}

std::optional<Goal> qualifying_goal(std::span<const CareerRun> runs,
                                    const std::vector<std::size_t>& at, base::Distance distance,
                                    std::optional<model::Sex> sex,
                                    const std::optional<BirthRange>& born,
                                    const GoalTables& tables) {
  if (tables.qualifying == nullptr || !sex || !born || !is_marathon(distance)) return std::nullopt;
  const base::Date today = runs.back().date;
  const auto window = std::find_if(
      tables.windows.begin(), tables.windows.end(),
      [&](const QualifyingWindow& one) { return today < one.closes.value_or(one.day); });
  if (window == tables.windows.end()) return std::nullopt;
  const model::QualifyingStandards* standards = standards_for(*tables.qualifying, window->year);
  if (standards == nullptr) return std::nullopt;
  Goal out;
  out.kind = GoalKind::Qualifying;
  out.distance = distance;
  out.age = std::max(ages_on(*born, window->day).first, kBostonYoungest);
  const model::StandardTime* band = scoring::band_of(standards->standard, *sex, out.age);
  if (band == nullptr) return std::nullopt;
  out.target = band->time;
  out.missing = duration_cast<seconds>(runs[at.back()].time->time) - out.target;
  out.year = window->year;
  out.closes = window->closes;
  return out;
}

}  // namespace

const char* name_of(GoalKind kind) {
  switch (kind) {
    case GoalKind::Barrier:
      return "barrier";
    case GoalKind::EqualGrade:
      return "equal-grade";
    case GoalKind::Qualifying:
      return "qualifying";
  }
  return "";
}

base::Duration next_barrier(base::Duration best) {
  constexpr std::array kSteps = {60, 30, 15, 10, 5};  // Minutes, the roundest first.
  constexpr int kNear = 33;                           // Three in a hundred.
  constexpr base::Duration kLeast = seconds(1);       // The barrier itself is not under it.
  for (const int step : kSteps) {
    const base::Duration one = minutes(step);
    const base::Duration barrier = (best - kLeast) / one * one;
    if (barrier > base::Duration::zero() && kNear * (best - barrier) <= best) return barrier;
  }
  return (best - kLeast) / minutes(1) * base::Duration(minutes(1));
}

std::vector<Goal> next_goals(std::span<const CareerRun> runs, std::span<const MaybeGrade> grades,
                             std::optional<model::Sex> sex, const std::optional<BirthRange>& born,
                             const GoalTables& tables) {
  std::vector<Goal> out;
  const auto distance = main_distance(runs);
  if (!distance) return out;
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (runs[i].is_comparable() && runs[i].distance == distance) at.push_back(i);
  }
  out.push_back(barrier_goal(runs, at, *distance));
  if (const auto goal = grade_goal(runs, grades, at, *distance, sex, tables)) {
    out.push_back(*goal);
  }
  if (const auto goal = qualifying_goal(runs, at, *distance, sex, born, tables)) {
    out.push_back(*goal);
  }
  return out;
}

}  // namespace hs::history
