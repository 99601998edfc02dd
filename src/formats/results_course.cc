#include "formats/results_course.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "base/check.h"

// Implementation notes: columns may come in any order (one well-known set of files has 25k before
// 10k before the half), and a trail's checkpoints have no distance. Middle times are compared over
// finishers only: far out on a course those who are left are the fast ones, and their time at a
// late point can be less than everybody's at an earlier one.

namespace hs::formats {
namespace {

using base::Distance;
using base::Duration;
using std::chrono::hours;
using std::chrono::minutes;
using Column = ResultColumn;

constexpr std::size_t kMostPoints = 1000;

/// Distances that races are held over, in metres: those that a field's times may suggest.
constexpr std::array<std::int64_t, 14> kUsualMillimetres = {
    5'000'000,  8'000'000,  10'000'000, 15'000'000, 16'093'440, 20'000'000, 21'097'500,
    25'000'000, 30'000'000, 32'186'880, 42'195'000, 50'000'000, 80'467'200, 100'000'000};

/// What a field's slowing down may make of the last stretch, and no more.
constexpr double kLeastShare = 0.97;
constexpr double kMostShare = 1.10;

class CourseReader {
 public:
  CourseReader(const ResultsTable& table, const ResultsMap& map, Questions& questions)
      : table_(table), map_(map), questions_(questions) {}

  base::Result<Course> read(const std::vector<ColumnRole>& roles,
                            std::optional<Distance> distance) {
    out_.distance = distance;
    for (std::size_t i = 0; i < roles.size(); ++i) HS_TRY_VOID(take(i, roles[i].meaning));
    if (out_.points.size() > kMostPoints) {
      return base::fail(base::ErrorCode::Unsupported,
                        "found " + std::to_string(out_.points.size()) +
                            " points, expected at most " + std::to_string(kMostPoints),
                        base::Place{table_.file(), 1, 1});
    }
    if (out_.has_laps) {
      add_up_laps();
      return std::move(out_);
    }
    name_the_finish();
    order();
    mend();
    if (!out_.distance) out_.distance = likely_distance();
    return std::move(out_);
  }

 private:
  base::Result<void> take(std::size_t i, const HeaderWord& word) {
    std::optional<TimeColumn>* at = nullptr;
    std::optional<Distance> distance = out_.distance;
    if (word.column == Column::Finish) {
      const std::array all = {&out_.official, &out_.gun, &out_.net};
      at = all[static_cast<std::size_t>(word.clock)];
    } else if (word.column == Column::StartTimeOfDay) {
      at = &out_.start;
    } else if (word.column == Column::Split || word.column == Column::Lap ||
               word.column == Column::SplitTimeOfDay) {
      HS_CHECK(word.point.has_value(), "a split is at a point");
      CoursePoint& point = point_of(word.point->point);
      at = word.column == Column::SplitTimeOfDay ? &point.time_of_day : &point.split;
      if (point.point.id != "finish") distance = point.point.distance;
      out_.has_laps = out_.has_laps || word.column == Column::Lap;
    } else {
      return {};
    }
    HS_TRY(*at, read_time_column(table_, i, word, distance, map_.blanks, questions_));
    return {};
  }

  CoursePoint& point_of(const model::PublishedPoint& point) {
    for (CoursePoint& known : out_.points) {
      if (known.point.id == point.id) return known;
    }
    out_.points.push_back({point, std::nullopt, std::nullopt});
    return out_.points.back();
  }

  /// The rows of those who finished; all rows where that is not known of enough.
  [[nodiscard]] std::vector<std::size_t> finishers() const {
    std::vector<std::size_t> rows;
    const auto finishes = out_.finishes();
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      const bool finished =
          std::any_of(finishes.begin(), finishes.end(),
                      [row](const TimeColumn* column) { return column->cells[row].filled; });
      if (finished) rows.push_back(row);
    }
    if (rows.size() * 10 < table_.rows()) rows.clear();
    return rows;
  }

  /// A checkpoint whose times are the finishing times is the finish, whatever its header.
  void name_the_finish() {
    for (CoursePoint& point : out_.points) {
      if (point.point.id == "finish") return;
    }
    for (CoursePoint& point : out_.points) {
      if (point.point.distance || !point.split) continue;
      for (const TimeColumn* finish : out_.finishes()) {
        if (!is_same(*point.split, *finish)) continue;
        point.point.id = "finish";
        return;
      }
    }
  }

  static bool is_same(const TimeColumn& a, const TimeColumn& b) {
    std::size_t filled = 0;
    std::size_t same = 0;
    for (std::size_t row = 0; row < a.cells.size(); ++row) {
      if (!a.cells[row].filled && !b.cells[row].filled) continue;
      ++filled;
      const bool equal =
          a.cells[row].filled && b.cells[row].filled && a.cells[row].value == b.cells[row].value;
      same += equal ? 1U : 0U;
    }
    return filled > 0 && same * 100 >= filled * 99;
  }

  void order() {
    const auto is_finish = [](const CoursePoint& point) { return point.point.id == "finish"; };
    const bool all_known = std::all_of(
        out_.points.begin(), out_.points.end(),
        [&](const CoursePoint& point) { return is_finish(point) || point.point.distance; });
    const std::vector<std::size_t> rows = finishers();
    std::vector<std::pair<std::int64_t, std::size_t>> keys;
    std::int64_t last = 0;
    for (std::size_t i = 0; i < out_.points.size(); ++i) {
      const CoursePoint& point = out_.points[i];
      std::int64_t key = last;  // A point without times stays behind the one before it.
      if (is_finish(point)) {
        key = std::numeric_limits<std::int64_t>::max();
      } else if (all_known) {
        key = point.point.distance->in_millimetres();
      } else if (point.split) {
        if (const auto median = median_time(*point.split, rows)) key = median->count();
      }
      if (!is_finish(point)) last = key;
      keys.emplace_back(key, i);
    }
    std::stable_sort(keys.begin(), keys.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<CoursePoint> sorted;
    for (const auto& [key, i] : keys) sorted.push_back(std::move(out_.points[i]));
    out_.points = std::move(sorted);
  }

  void mend() {
    if (table_.header().empty()) return;
    std::vector<TimeColumn*> course;
    std::vector<std::optional<Distance>> distances;
    for (CoursePoint& point : out_.points) {
      if (!point.split) continue;
      course.push_back(&*point.split);
      distances.push_back(point.point.id == "finish" ? out_.distance : point.point.distance);
    }
    // One finishing time stands for the end of the course; the others are looked at alone.
    for (auto* finish : {&out_.official, &out_.net, &out_.gun}) {
      if (!*finish) continue;
      course.push_back(&**finish);
      distances.push_back(out_.distance);
      mend_minutes(table_, course, distances, questions_);
      course.pop_back();
      distances.pop_back();
    }
    if (out_.finishes().empty()) mend_minutes(table_, course, distances, questions_);
  }

  /// The usual distance that the middle runner's times suggest, where the points reach far enough
  /// for it to be the only one.
  [[nodiscard]] std::optional<Distance> likely_distance() const {
    const std::vector<std::size_t> rows = finishers();
    std::optional<Duration> finish;
    for (const TimeColumn* column : out_.finishes()) {
      if (!finish) finish = median_time(*column, rows);
    }
    const CoursePoint* last = nullptr;
    for (const CoursePoint& point : out_.points) {
      if (point.point.id == "finish" && point.split && !finish) {
        finish = median_time(*point.split, rows);
      }
      if (point.point.distance && point.split) last = &point;
    }
    if (last == nullptr || !finish) return std::nullopt;
    const auto split = median_time(*last->split, rows);
    if (!split) return std::nullopt;
    const double even = static_cast<double>(last->point.distance->in_millimetres()) *
                        static_cast<double>(finish->count()) / static_cast<double>(split->count());
    std::optional<Distance> found;
    for (const std::int64_t usual : kUsualMillimetres) {
      const double share = even / static_cast<double>(usual);
      if (share < kLeastShare || share > kMostShare) continue;
      if (usual <= last->point.distance->in_millimetres()) continue;
      if (found) return std::nullopt;
      found = Distance::millimetres(usual);
    }
    return found;
  }

  /// Laps one an hour: everyone's under an hour, and somebody needed most of it. Only a race that
  /// waits for the full hour looks like that.
  [[nodiscard]] bool is_backyard() const {
    Duration longest{0};
    for (const CoursePoint& point : out_.points) {
      if (!point.split) continue;
      for (const TimeCell& cell : point.split->cells) longest = std::max(longest, cell.value);
    }
    return longest < hours(1) && longest >= minutes(50);
  }

  /// True where each "lap" is the time since the start: far more than the one before, every time.
  [[nodiscard]] bool laps_are_cumulative() const {
    std::size_t pairs = 0;
    std::size_t rising = 0;
    for (std::size_t i = 1; i < out_.points.size(); ++i) {
      if (!out_.points[i].split || !out_.points[i - 1].split || !out_.points[0].split) return false;
      for (std::size_t row = 0; row < table_.rows(); ++row) {
        const TimeCell& cell = out_.points[i].split->cells[row];
        const TimeCell& before = out_.points[i - 1].split->cells[row];
        const TimeCell& first = out_.points[0].split->cells[row];
        if (!cell.filled || !before.filled || !first.filled) continue;
        ++pairs;
        rising += cell.value >= before.value + first.value / 2 ? 1U : 0U;
      }
    }
    return pairs > 0 && rising * 100 >= pairs * 99;
  }

  void add_up_laps() {
    std::string remark = "times since the start as they are";
    if (map_.laps || !laps_are_cumulative()) {
      out_.lap_rule = map_.laps.value_or(is_backyard() ? LapRule::Hourly : LapRule::Sum);
      const bool hourly = out_.lap_rule == LapRule::Hourly;
      for (std::size_t row = 0; row < table_.rows(); ++row) add_up(row, hourly);
      remark = hourly ? "a backyard race: lap n begins n - 1 hours after the start"
                      : "laps one behind the other, added up";
    }
    for (CoursePoint& point : out_.points) {
      if (point.split) point.split->remark = remark;
    }
  }

  void add_up(std::size_t row, bool hourly) {
    Duration so_far{0};
    bool whole = true;
    for (std::size_t i = 0; i < out_.points.size(); ++i) {
      if (!out_.points[i].split) continue;
      TimeCell& cell = out_.points[i].split->cells[row];
      if (hourly && cell.filled) {
        cell.value += hours(1) * static_cast<std::int64_t>(i);
      } else if (!hourly) {
        // Behind a lap that is missing no sum is known.
        whole = whole && cell.filled;
        so_far += cell.value;
        cell.value = so_far;
        cell.filled = whole;
      }
    }
  }

  const ResultsTable& table_;
  const ResultsMap& map_;
  Questions& questions_;
  Course out_;
};

}  // namespace

std::vector<const TimeColumn*> Course::finishes() const {
  std::vector<const TimeColumn*> out;
  for (const auto* column : {&official, &net, &gun}) {
    if (*column) out.push_back(&**column);
  }
  return out;
}

base::Result<Course> read_course(const ResultsTable& table, const std::vector<ColumnRole>& roles,
                                 const ResultsMap& map, std::optional<Distance> distance,
                                 Questions& questions) {
  return CourseReader(table, map, questions).read(roles, distance);
}

}  // namespace hs::formats
