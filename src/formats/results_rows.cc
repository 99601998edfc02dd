#include "formats/results_rows.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "formats/config_reader.h"
#include "formats/csv.h"
#include "formats/entry_words.h"
#include "formats/results_cells.h"

// Implementation notes: words for the sex are looked up once each, not once a row. What a file
// leaves blank stays absent; the one thing worked out here is the start's time of day, where the
// time of day and the time at every read split give the same.

namespace hs::formats {
namespace {

using base::Duration;
using model::PublishedClock;
using model::PublishedResult;
using model::PublishedSplit;
using model::RunnerStatus;
using std::chrono::hours;
using std::chrono::seconds;
using Column = ResultColumn;

constexpr int kOldest = 130;

/// Sex by the words of one column, each looked up once.
class SexWords {
 public:
  SexWords(const ResultsTable& table, std::size_t column) {
    std::vector<CsvRow> distinct;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::string text(table.cell(row, column));
      if (!known_.try_emplace(text).second) continue;
      distinct.push_back({0, {{text, 0, 0, false}}});
    }
    const SexLetters letters = survey_sexes(distinct, 0);
    for (auto& [text, word] : known_) word = sex_of(text, letters);
  }
  [[nodiscard]] SexWord of(std::string_view text) const {
    const auto found = known_.find(std::string(text));
    return found == known_.end() ? SexWord{} : found->second;
  }

 private:
  std::unordered_map<std::string, SexWord> known_;
};

/// The sex that a division's name tells: "V1 H", "SE F", "M40", "Women 40-44".
std::optional<model::Sex> sex_of_division(std::string_view text) {
  const auto said = [](std::string_view word) {
    return word.empty() ? std::nullopt : sex_of(word, {}).sex;
  };
  const std::size_t last_blank = text.find_last_of(' ');
  if (last_blank != std::string_view::npos) {
    if (auto sex = said(text.substr(last_blank + 1))) return sex;
    if (auto sex = said(text.substr(0, text.find(' ')))) return sex;
  }
  const std::size_t digits = text.find_first_of("0123456789");
  if (digits != std::string_view::npos && digits > 0) {
    if (auto sex = said(text.substr(0, digits))) return sex;
  }
  return said(text);
}

class RowReader {
 public:
  RowReader(const ResultsTable& table, const std::vector<ColumnRole>& roles, const Course& course,
            base::Date date, Questions& questions)
      : table_(table), roles_(roles), course_(course), date_(date), questions_(questions) {
    out_.odd.resize(table.width());
    out_.column_remarks.resize(table.width());
  }

  ResultRows read();

 private:
  void make_points();
  void look_for_sexes();
  void read_row(std::size_t row);
  void put(std::size_t row, std::size_t column, PublishedResult& result);
  void put_age(std::size_t row, std::size_t column, PublishedResult& result);
  void put_grade(std::size_t row, std::size_t column, PublishedResult& result);
  void put_place(std::size_t row, std::size_t column, PublishedResult& result);
  void put_times(std::size_t row, PublishedResult& result);
  void put_splits(std::size_t row, PublishedResult& result);
  void put_status(std::size_t row, PublishedResult& result);
  [[nodiscard]] std::optional<Duration> start_of(std::size_t row) const;
  void odd(std::size_t row, std::size_t column, const char* what);
  [[nodiscard]] bool has_finish_on_split_clock() const;
  [[nodiscard]] PublishedClock split_clock() const;
  [[nodiscard]] PublishedClock clock_by_start_times() const;

  const ResultsTable& table_;
  const std::vector<ColumnRole>& roles_;
  const Course& course_;
  base::Date date_;
  Questions& questions_;
  ResultRows out_;
  std::optional<SexWords> sexes_;
  std::optional<std::size_t> division_;  ///< The column whose names tell the sex.
  std::unordered_map<std::string, std::optional<model::Sex>> division_sexes_;
  std::optional<RunnerStatus> told_status_;  ///< Of the row being read.
  bool has_finish_point_ = false;
};

void RowReader::odd(std::size_t row, std::size_t column, const char* what) {
  ++out_.odd[column];
  questions_.ask(what + std::to_string(column), table_.line(row),
                 quoted(table_.cell(row, column)) + " is no " + what + " and left blank");
}

void RowReader::make_points() {
  auto& points = out_.race.points;
  for (const CoursePoint& point : course_.points) points.push_back(point.point);
  has_finish_point_ = !points.empty() && points.back().id == "finish";
  if (!has_finish_point_ && !course_.finishes().empty()) {
    const bool somebody_finished = [&] {
      for (const TimeColumn* column : course_.finishes()) {
        for (const TimeCell& cell : column->cells) {
          if (cell.filled) return true;
        }
      }
      return false;
    }();
    if (somebody_finished) points.push_back({"finish", "", std::nullopt});
  }
  if (!points.empty() && points.back().id == "finish") points.back().distance = course_.distance;
  out_.race.distance = course_.distance;
}

void RowReader::look_for_sexes() {
  for (std::size_t i = 0; i < roles_.size(); ++i) {
    if (roles_[i].meaning.column != Column::Sex) continue;
    sexes_.emplace(table_, i);
    return;
  }
  for (std::size_t i = 0; i < roles_.size(); ++i) {
    const HeaderWord& word = roles_[i].meaning;
    const bool is_group =
        word.text == model::PublishedText::Division || word.text == model::PublishedText::AgeGroup;
    if (word.column != Column::Text || !is_group) continue;
    std::size_t told = 0;
    std::size_t women = 0;
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      const std::string text(table_.cell(row, i));
      const auto [at, is_new] = division_sexes_.try_emplace(text);
      if (is_new) at->second = sex_of_division(text);
      told += at->second ? 1U : 0U;
      women += at->second == model::Sex::Female ? 1U : 0U;
    }
    // One sex alone would be a letter that means something else.
    if (told * 100 >= table_.rows() * 95 && women > 0 && women < told) {
      division_ = i;
      out_.column_remarks[i] = "tells the sex too";
      return;
    }
    division_sexes_.clear();
  }
}

void RowReader::put_age(std::size_t row, std::size_t column, PublishedResult& result) {
  const CellTime cell = read_cell_time(table_.cell(row, column));
  if (cell.form == CellForm::Blank) return;
  const bool by_year = roles_[column].meaning.column == Column::BirthYear;
  const std::int64_t number = cell.value / 1'000'000;
  const std::int64_t age = by_year ? date_.year - number : number;
  if (cell.form != CellForm::Whole || age < 0 || age > kOldest) {
    odd(row, column, by_year ? "year of birth" : "age");
  } else if (by_year || age > 0) {
    result.age = static_cast<std::uint16_t>(age);  // An age of 0 is what databases have for none.
  }
}

void RowReader::put_grade(std::size_t row, std::size_t column, PublishedResult& result) {
  std::string_view text = table_.cell(row, column);
  if (!text.empty() && text.back() == '%') text = trimmed(text.substr(0, text.size() - 1));
  const CellTime cell = read_cell_time(text);
  const bool number = cell.form == CellForm::Decimal || cell.form == CellForm::Whole;
  constexpr std::int64_t kMost = 200'000'000;  // 200 %.
  if (number && cell.value > 0 && cell.value <= kMost) {
    result.age_grade = static_cast<std::uint32_t>((cell.value + 5'000) / 10'000);
  } else if (cell.form != CellForm::Blank && (!number || cell.value != 0)) {
    odd(row, column, "age grade");
  }
}

void RowReader::put_place(std::size_t row, std::size_t column, PublishedResult& result) {
  const std::string_view text = table_.cell(row, column);
  const Column kind = roles_[column].meaning.column;
  auto& at = kind == Column::PlaceOverall ? result.place_overall
             : kind == Column::PlaceSex   ? result.place_sex
                                          : result.place_division;
  at = read_place(text);
  if (at) return;
  const CellTime cell = read_cell_time(text);
  if (cell.form == CellForm::Blank) return;
  if (const auto status = read_status(text)) {
    told_status_ = status;
  } else if (!(cell.form == CellForm::Whole && cell.value == 0)) {
    odd(row, column, "place");
  }
}

void RowReader::put(std::size_t row, std::size_t column, PublishedResult& result) {
  const HeaderWord& word = roles_[column].meaning;
  const std::string_view text = table_.cell(row, column);
  switch (word.column) {
    case Column::Text:
      if (!is_blank_cell(text)) {
        result.texts[static_cast<std::size_t>(word.text)] = out_.race.texts.intern(text);
      }
      return;
    case Column::Sex: {
      const SexWord sex = sexes_->of(text);
      result.sex = sex.sex;
      if (!sex.understood && !is_blank_cell(text)) odd(row, column, "sex");
      return;
    }
    case Column::Age:
    case Column::BirthYear:
      return put_age(row, column, result);
    case Column::Mode:
      if (const auto mode = mode_of(text)) {
        result.mode = *mode;
      } else {
        odd(row, column, "mode");
      }
      return;
    case Column::Status:
      if (const auto status = read_status(text)) told_status_ = status;
      return;
    case Column::PlaceOverall:
    case Column::PlaceSex:
    case Column::PlaceDivision:
      return put_place(row, column, result);
    case Column::AgeGrade:
      return put_grade(row, column, result);
    case Column::LapCount: {
      const CellTime cell = read_cell_time(text);
      if (cell.form == CellForm::Whole && cell.value < 60'000 * std::int64_t{1'000'000}) {
        result.laps = static_cast<std::uint16_t>(cell.value / 1'000'000);
      } else if (cell.form != CellForm::Blank) {
        odd(row, column, "number of laps");
      }
      return;
    }
    case Column::Key:
      out_.keys.back() = std::string(text);
      return;
    case Column::LeftOut:
    case Column::Finish:
    case Column::StartTimeOfDay:
    case Column::Split:
    case Column::SplitTimeOfDay:
    case Column::Lap:
    case Column::PointName:
    case Column::PointTime:
    case Column::PointTimeOfDay:
      return;
  }
}

void RowReader::put_times(std::size_t row, PublishedResult& result) {
  const auto take = [&](const std::optional<TimeColumn>& column) -> std::optional<Duration> {
    if (!column) return std::nullopt;
    const TimeCell& cell = column->cells[row];
    if (cell.status) told_status_ = cell.status;
    return cell.filled ? std::optional(cell.value) : std::nullopt;
  };
  result.official = take(course_.official);
  if (const auto gun = take(course_.gun)) result.gun = base::GunTime(*gun);
  if (const auto net = take(course_.net)) result.net = base::NetTime(*net);
  result.started_at = take(course_.start);
  if (!course_.finishes().empty() || !has_finish_point_) return;
  // The finish is one of the points: its time is of the points' clock.
  const auto time = take(course_.points.back().split);
  if (!time) return;
  if (out_.race.split_clock == PublishedClock::Net) result.net = base::NetTime(*time);
  if (out_.race.split_clock == PublishedClock::Gun) result.gun = base::GunTime(*time);
  if (out_.race.split_clock == PublishedClock::Untold) result.official = *time;
}

/// True where the file has finishing times on the clock of its splits.
bool RowReader::has_finish_on_split_clock() const {
  const PublishedClock clock = out_.race.split_clock;
  return (clock == PublishedClock::Net && course_.net) ||
         (clock == PublishedClock::Gun && course_.gun);
}

void RowReader::put_splits(std::size_t row, PublishedResult& result) {
  result.first_split = static_cast<std::uint32_t>(out_.race.splits.size());
  std::optional<Duration> day_before;
  Duration time_before{0};
  for (std::size_t i = 0; i < out_.race.points.size(); ++i) {
    std::optional<Duration> time;
    std::optional<Duration> at;
    unsigned flags = 0;
    if (i < course_.points.size()) {
      const CoursePoint& point = course_.points[i];
      for (const auto* column : {&point.split, &point.time_of_day}) {
        if (!*column || !(*column)->cells[row].filled) continue;
        const TimeCell& cell = (*column)->cells[row];
        (column == &point.split ? time : at) = cell.value;
        if (cell.is_estimated) flags |= PublishedSplit::Estimated;
        if (cell.is_repaired) flags |= PublishedSplit::Repaired;
      }
    }
    if (at && day_before) {
      // Past midnight the time of day goes on from where the time since the start puts it.
      const Duration expected = *day_before + (time ? *time - time_before : Duration{0});
      while (*at + hours(12) < expected) *at += hours(24);
    }
    if (at) {
      day_before = at;
      time_before = time.value_or(time_before);
    }
    if (!time && out_.race.points[i].id == "finish") {
      time = result.finish_on(out_.race.split_clock);
      if (!time && !has_finish_on_split_clock()) time = out_.race.finish_of(result);
      for (const TimeColumn* column : course_.finishes()) {
        const TimeCell& cell = column->cells[row];
        if (cell.is_repaired && time == cell.value) flags |= PublishedSplit::Repaired;
      }
    }
    if (!time && !at) continue;
    out_.race.splits.emplace_back(static_cast<std::uint16_t>(i), time, at,
                                  static_cast<std::uint8_t>(flags));
  }
  result.split_count = static_cast<std::uint16_t>(out_.race.splits.size() - result.first_split);
}

/// The time of day at the start, by the times and times of day at the points.
std::optional<Duration> RowReader::start_of(std::size_t row) const {
  constexpr seconds kApart{1};  // Both times are cut to seconds.
  std::optional<Duration> least;
  std::optional<Duration> most;
  for (const CoursePoint& point : course_.points) {
    if (!point.split || !point.time_of_day) continue;
    const TimeCell& time = point.split->cells[row];
    const TimeCell& at = point.time_of_day->cells[row];
    if (!time.filled || !at.filled || time.is_estimated) continue;
    Duration start = at.value - time.value;
    while (start < Duration{0}) start += hours(24);
    least = std::min(least.value_or(start), start);
    most = std::max(most.value_or(start), start);
  }
  if (!least || *most - *least > kApart) return std::nullopt;
  return least;
}

void RowReader::put_status(std::size_t row, PublishedResult& result) {
  const bool finished = result.official || result.gun || result.net;
  const bool knows_finish = !course_.finishes().empty() || has_finish_point_;
  if (told_status_) {
    result.status = *told_status_;
  } else if (finished) {
    result.status = RunnerStatus::Finished;
  } else if (knows_finish) {
    result.status = RunnerStatus::DidNotFinish;
  } else if (course_.has_laps && course_.lap_rule == LapRule::Hourly) {
    // In a backyard race one finishes: whoever ran a lap nobody else did, and is placed first.
    const bool won = result.place_overall && result.place_overall->place == 1;
    result.status = won ? RunnerStatus::Finished : RunnerStatus::DidNotFinish;
  } else {
    result.status =
        course_.has_laps || result.place_overall ? RunnerStatus::Finished : RunnerStatus::Running;
  }
  if (!finished && knows_finish && !told_status_ && result.split_count == 0) {
    questions_.ask("no times", table_.line(row),
                   "a runner without any time is taken as not finished; who did not start is not "
                   "told");
  }
}

void RowReader::read_row(std::size_t row) {
  PublishedResult result;
  told_status_.reset();
  out_.keys.emplace_back();
  result.line = static_cast<std::uint32_t>(table_.line(row));
  for (std::size_t i = 0; i < roles_.size(); ++i) put(row, i, result);
  if (division_) {
    const auto found = division_sexes_.find(std::string(table_.cell(row, *division_)));
    if (found != division_sexes_.end()) result.sex = found->second;
  }
  put_times(row, result);
  put_splits(row, result);
  if (!result.started_at) result.started_at = start_of(row);
  put_status(row, result);
  if (out_.keys.back().empty()) {
    out_.keys.back() = std::string(out_.race.text(result, model::PublishedText::Bib));
  }
  out_.race.results.push_back(result);
}

/// By the times of day: where all who have both started at one moment the splits are from the gun,
/// else from each runner's own start.
PublishedClock RowReader::clock_by_start_times() const {
  constexpr seconds kOneMoment{5};
  std::vector<Duration> starts;
  for (std::size_t row = 0; row < table_.rows(); ++row) {
    if (const auto start = start_of(row)) starts.push_back(*start);
  }
  if (starts.size() < 10) return PublishedClock::Untold;
  std::sort(starts.begin(), starts.end());
  // The middle nine tenths: a few odd rows decide nothing.
  const Duration spread = starts[starts.size() * 19 / 20] - starts[starts.size() / 20];
  return spread <= kOneMoment ? PublishedClock::Gun : PublishedClock::Net;
}

/// Which clock the splits are on. Where a file has both finishing times, whoever started long
/// after the gun shows it: a gun split grows by that delay, a net one does not. A plane is fitted
/// to split = a + b net + c delay; c is 1 or 0.
PublishedClock RowReader::split_clock() const {
  if (const auto clock = clock_by_start_times(); clock != PublishedClock::Untold) return clock;
  if (!course_.gun && !course_.net) return PublishedClock::Untold;
  if (!course_.gun || !course_.net) {
    return course_.official ? PublishedClock::Untold
                            : (course_.net ? PublishedClock::Net : PublishedClock::Gun);
  }
  const CoursePoint* first = nullptr;
  for (const CoursePoint& point : course_.points) {
    if (first == nullptr && point.split && point.point.id != "finish") first = &point;
  }
  // Without points the only split is the finish, best on the runner's own clock.
  if (first == nullptr) return PublishedClock::Net;
  double n = 0, x = 0, d = 0, y = 0, xx = 0, dd = 0, xd = 0, xy = 0, dy = 0;
  for (std::size_t row = 0; row < table_.rows(); ++row) {
    const TimeCell& gun = course_.gun->cells[row];
    const TimeCell& net = course_.net->cells[row];
    const TimeCell& split = first->split->cells[row];
    if (!gun.filled || !net.filled || !split.filled) continue;
    const auto minutes_of = [](Duration time) { return static_cast<double>(time.count()) / 6e7; };
    const double a = minutes_of(net.value);
    const double b = minutes_of(gun.value - net.value);
    const double c = minutes_of(split.value);
    n += 1, x += a, d += b, y += c, xx += a * a, dd += b * b, xd += a * b, xy += a * c, dy += b * c;
  }
  if (n < 30) return PublishedClock::Untold;
  const double vxx = xx - x * x / n, vdd = dd - d * d / n, vxd = xd - x * d / n;
  const double vxy = xy - x * y / n, vdy = dy - d * y / n;
  const double determinant = vxx * vdd - vxd * vxd;
  if (determinant <= 1e-6 * vxx * vdd) return PublishedClock::Untold;
  const double slope = (vdy * vxx - vxy * vxd) / determinant;
  // Who starts late also runs in the crowd: a gun split may grow by more than the delay.
  constexpr double kNear = 0.35;
  if (slope > 1 - kNear) return PublishedClock::Gun;
  if (std::abs(slope) < kNear) return PublishedClock::Net;
  return PublishedClock::Untold;
}

ResultRows RowReader::read() {
  make_points();
  look_for_sexes();
  out_.race.split_clock = split_clock();
  out_.race.results.reserve(table_.rows());
  out_.race.splits.reserve(table_.rows() * out_.race.points.size());
  for (std::size_t row = 0; row < table_.rows(); ++row) read_row(row);
  return std::move(out_);
}

}  // namespace

ResultRows make_results(const ResultsTable& table, const std::vector<ColumnRole>& roles,
                        const Course& course, base::Date date, Questions& questions) {
  return RowReader(table, roles, course, date, questions).read();
}

}  // namespace hs::formats
