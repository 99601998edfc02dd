#include "history/career.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/check.h"

namespace hs::history {
namespace {

constexpr int kLateAge = 50;
constexpr std::size_t kEditionsBeforeLeast = 3;

std::optional<model::Sex> agreed_sex(const std::vector<CareerRun>& runs) {
  std::optional<model::Sex> out;
  for (const CareerRun& run : runs) {
    if (!run.sex) continue;
    if (out && *out != *run.sex) return std::nullopt;
    out = run.sex;
  }
  return out;
}

std::optional<BirthRange> born(const std::vector<CareerRun>& runs) {
  std::vector<std::pair<base::Date, int>> ages;
  for (const CareerRun& run : runs) {
    if (run.age) ages.emplace_back(run.date, *run.age);
  }
  return birth_range(ages);
}

std::vector<MaybeGrade> grade_all(const Career& career, const CareerTables& tables) {
  std::vector<MaybeGrade> out;
  for (const CareerRun& run : career.runs) {
    const Graded graded{career.sex, run.age, run.distance,
                        run.time ? std::optional(run.time->time) : std::nullopt, run.on_foot};
    out.push_back(age_grade(tables.grades, career.grade_edition.value_or(0), graded));
  }
  return out;
}

std::vector<RunQualifying> qualify_all(const Career& career, const model::QualifyingTable& table) {
  std::vector<RunQualifying> out;
  for (const CareerRun& run : career.runs) {
    const QualifyingRun one{
        run.date,   run.distance, run.time ? std::optional(run.time->time) : std::nullopt,
        career.sex, run.on_foot,  base::Duration(0)};
    out.push_back(
        {qualify(table, boston_windows(), one, career.born), in_other_years(table, one, run.age)});
  }
  return out;
}

std::vector<DistanceRecord> by_distance(const std::vector<CareerRun>& runs) {
  std::map<std::optional<base::Distance>, DistanceRecord> found;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!runs[i].is_comparable()) continue;
    const auto [at, is_first] =
        found.emplace(runs[i].distance, DistanceRecord{runs[i].distance, {}, i});
    DistanceRecord& record = at->second;
    record.runs.push_back(i);
    if (runs[i].time->time < runs[record.best].time->time) record.best = i;
  }
  std::vector<DistanceRecord> out;
  for (auto& [distance, record] : found) out.push_back(std::move(record));
  std::stable_sort(out.begin(), out.end(), [](const DistanceRecord& a, const DistanceRecord& b) {
    return std::tuple(a.runs.size(), a.distance) > std::tuple(b.runs.size(), b.distance);
  });
  return out;
}

std::vector<DayChange> changes_of_days(const Career& career) {
  std::vector<DayChange> out;
  for (const SeriesRecord& series : career.series) {
    for (std::size_t i = 1; i < series.finishes.size(); ++i) {
      const CareerRun& before = career.runs[series.finishes[i - 1]];
      const CareerRun& run = career.runs[series.finishes[i]];
      const bool is_alike =
          before.distance == run.distance && before.is_comparable() && run.is_comparable();
      const bool is_whole = !before.is_interrupted && !run.is_interrupted;
      if (!is_alike || !is_whole || !before.field || !run.field) {
        continue;
      }
      out.push_back({series.finishes[i - 1], series.finishes[i], run.time->time - before.time->time,
                     run.field->median - before.field->median});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const DayChange& a, const DayChange& b) { return a.run < b.run; });
  return out;
}

std::vector<ClubYears> clubs_of(const std::vector<CareerRun>& runs) {
  std::vector<ClubYears> out;
  for (const CareerRun& run : runs) {
    if (run.club.empty()) continue;
    const auto known = std::find_if(out.begin(), out.end(),
                                    [&](const ClubYears& one) { return one.club == run.club; });
    if (known == out.end()) {
      out.push_back({run.club, run.date.year, run.date.year, 1});
    } else {
      known->last = run.date.year;
      ++known->runs;
    }
  }
  return out;
}

std::optional<std::size_t> best_of(const std::vector<MaybeGrade>& grades) {
  std::optional<std::size_t> out;
  for (std::size_t i = 0; i < grades.size(); ++i) {
    if (grades[i] && (!out || grades[*out]->hundredths < grades[i]->hundredths)) out = i;
  }
  return out;
}

std::optional<std::size_t> late_start(const Career& career) {
  if (career.series.empty()) return std::nullopt;
  const SeriesRecord& first = career.series.front();
  const std::size_t run = first.finishes.front();
  const bool is_late = run == 0 && career.runs[run].age.value_or(0) >= kLateAge &&
                       first.editions_before >= kEditionsBeforeLeast;
  return is_late ? std::optional(run) : std::nullopt;
}

}  // namespace

Career build_career(std::vector<CareerRun> runs, std::span<const Series> series,
                    const CareerTables& tables) {
  std::sort(runs.begin(), runs.end(), [](const CareerRun& a, const CareerRun& b) {
    return std::tie(a.date, a.race, a.bib) < std::tie(b.date, b.race, b.bib);
  });
  Career out;
  out.runs = std::move(runs);
  for (const CareerRun& run : out.runs) {
    if (!run.name.empty()) out.name = run.name;
  }
  out.sex = agreed_sex(out.runs);
  out.born = born(out.runs);
  out.grade_edition = newest_edition(tables.grades);
  out.grades = grade_all(out, tables);
  if (tables.qualifying) out.qualifying = qualify_all(out, *tables.qualifying);
  out.distances = by_distance(out.runs);
  out.series = series_records(out.runs, series);
  out.day_changes = changes_of_days(out);
  out.clubs = clubs_of(out.runs);
  out.wins = small_wins(out.runs, out.grades, out.series);
  out.goals = next_goals(out.runs, out.grades, out.sex, out.born,
                         {tables.grades, out.grade_edition.value_or(0),
                          tables.qualifying ? &*tables.qualifying : nullptr, boston_windows()});
  out.best_grade = best_of(out.grades);
  out.late_start = late_start(out);
  return out;
}

HeadToHead head_to_head(const Career& one, const Career& other) {
  HeadToHead out;
  for (std::size_t i = 0; i < one.runs.size(); ++i) {
    for (std::size_t j = 0; j < other.runs.size(); ++j) {
      const CareerRun& a = one.runs[i];
      const CareerRun& b = other.runs[j];
      if (a.race != b.race || !a.is_comparable() || !b.is_comparable()) continue;
      // A net time and a gun time do not compare.
      if (a.time->clock != b.time->clock) continue;
      Meeting meeting{i, j, a.time->time - b.time->time, false};
      meeting.is_level = std::chrono::abs(meeting.gap) < a.resolution;
      ++(meeting.is_level                       ? out.level
         : meeting.gap < base::Duration::zero() ? out.ahead
                                                : out.behind);
      out.meetings.push_back(meeting);
    }
  }
  return out;
}

}  // namespace hs::history
