#include "formats/results_times.h"

#include <algorithm>
#include <array>

#include "formats/config_reader.h"
#include "formats/foot_records.h"
#include "formats/results_cells.h"

// Implementation notes: one cell cannot say what it is. "3:45" is a mile or a marathon, 138.95 a
// number of minutes only because its neighbours are. So the forms are counted first, the unit is
// chosen once for the column, and a cell that does not fit is an error, never a guess.

namespace hs::formats {
namespace {

using base::Duration;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kMillion = 1'000'000;
constexpr hours kLongest{10'000};  // What is longer is no time, and sums must not overflow.
constexpr std::int64_t kMostUnits = 10'000'000;
constexpr int kFractionDigits = 5;  // Of a day: fewer would not tell seconds.

/// The cells of a column by form.
struct Forms {
  std::size_t clocks = 0;
  std::size_t min_secs = 0;
  std::size_t decimals = 0;
  std::size_t wholes = 0;
  int most_decimals = 0;
  std::vector<std::int64_t> numbers;  ///< Of decimals and wholes, in millionths.
  std::vector<std::int64_t> min_sec;  ///< Microseconds.

  [[nodiscard]] bool is_clock() const {
    return clocks > 0 && clocks + min_secs >= decimals + wholes;
  }
  [[nodiscard]] bool is_min_sec() const {
    return clocks == 0 && min_secs > 0 && min_secs >= decimals + wholes;
  }
};

void count(const CellTime& cell, Forms& forms) {
  if (cell.form == CellForm::Clock || cell.form == CellForm::TimeOfDay) ++forms.clocks;
  if (cell.form == CellForm::MinSec) {
    ++forms.min_secs;
    forms.min_sec.push_back(cell.value);
  }
  if (cell.form == CellForm::Decimal) ++forms.decimals;
  if (cell.form == CellForm::Whole) ++forms.wholes;
  if (cell.form == CellForm::Decimal || cell.form == CellForm::Whole) {
    if (cell.value > 0) forms.numbers.push_back(cell.value);
  }
  forms.most_decimals = std::max(forms.most_decimals, cell.decimals);
}

std::int64_t middle(std::vector<std::int64_t> values) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// True where somebody could need `time` for `distance`: on wheels at the one end, walking slowly
/// at the other.
bool is_credible(Duration time, base::Distance distance) {
  constexpr std::int64_t kSlowestMinutesPerKm = 40;
  const Duration slowest(distance.in_millimetres() * kSlowestMinutesPerKm * 60);
  return time >= fastest_on_foot(distance) / 2 && time <= slowest;
}

/// What one of a column's numbers stands for.
struct Unit {
  Duration length{};
  const char* name = "";
};

/// The unit of a column of plain numbers.
Unit unit_of(const Forms& forms, std::optional<base::Distance> distance) {
  constexpr Unit kMinutes{minutes(1), "decimal minutes"};
  constexpr Unit kSeconds{seconds(1), "seconds"};
  constexpr Unit kHours{hours(1), "decimal hours"};
  constexpr Unit kDays{hours(24), "fractions of a day, as spreadsheets keep times"};
  constexpr std::int64_t kMostMinutes = 3'000;  // 50 hours; seconds beyond it.
  const std::int64_t typical = middle(forms.numbers);
  if (forms.most_decimals >= kFractionDigits && typical < 3 * kMillion) return kDays;
  const bool whole = forms.decimals == 0;
  const std::array<Unit, 3> order = whole ? std::array<Unit, 3>{kSeconds, kMinutes, kHours}
                                          : std::array<Unit, 3>{kMinutes, kSeconds, kHours};
  for (const Unit& unit : order) {
    const Duration time(typical * (unit.length.count() / kMillion));
    if (distance && is_credible(time, *distance)) return unit;
  }
  if (!whole && typical > kMostMinutes * kMillion) return kSeconds;
  return order.front();
}

/// The least step of a column written with so many decimals of a unit.
Duration step_of(Duration unit, int decimals) {
  std::int64_t step = unit.count();
  for (int i = 0; i < std::min(decimals, 6); ++i) step /= 10;
  return Duration(std::max<std::int64_t>(step, 1));
}

class ColumnReader {
 public:
  ColumnReader(const ResultsTable& table, const std::vector<std::string>& blanks,
               Questions& questions, TimeColumn& out)
      : table_(table), blanks_(blanks), questions_(questions), out_(out) {}

  base::Result<void> read(std::optional<base::Distance> distance) {
    std::vector<CellTime> cells(table_.rows());
    Forms forms;
    for (std::size_t row = 0; row < cells.size(); ++row) {
      cells[row] = read_cell_time(table_.cell(row, out_.column));
      count(cells[row], forms);
    }
    decide(forms, distance);
    out_.cells.resize(cells.size());
    for (std::size_t row = 0; row < cells.size(); ++row) HS_TRY_VOID(take(row, cells[row]));
    return {};
  }

 private:
  void decide(const Forms& forms, std::optional<base::Distance> distance) {
    is_clock_ = forms.is_clock();
    is_min_sec_ = forms.is_min_sec();
    if (is_clock_) {
      out_.resolution = step_of(seconds(1), forms.most_decimals >= kFractionDigits
                                                ? 0  // The decimals are a broken cell's.
                                                : forms.most_decimals);
    } else if (is_min_sec_) {
      const Duration typical(middle(forms.min_sec));
      hours_and_minutes_ = distance && !is_credible(typical, *distance) &&
                           is_credible(typical * 60, *distance) && forms.most_decimals == 0;
      out_.resolution = hours_and_minutes_ ? minutes(1) : step_of(seconds(1), forms.most_decimals);
      if (hours_and_minutes_) out_.remark = "hours and minutes";
    } else if (!forms.numbers.empty()) {
      const Unit unit = unit_of(forms, distance);
      unit_ = unit.length;
      out_.resolution = step_of(unit_, forms.most_decimals);
      if (unit_ == hours(24)) out_.resolution = seconds(1);
      out_.remark = unit.name;
    }
  }

  base::Result<void> take(std::size_t row, const CellTime& cell) {
    TimeCell& out = out_.cells[row];
    out.is_estimated = cell.is_estimated;
    if (cell.form == CellForm::Blank) return {};
    if (cell.form == CellForm::Status) {
      out.status = read_status(table_.cell(row, out_.column));
      return {};
    }
    if (const auto value = value_of(row, cell, out); value && *value <= kLongest) {
      out.value = *value;
      out.ends_on_minute = cell.ends_on_minute;
      out.filled = out.value.count() > 0;
      if (!out.filled) {
        ++out_.odd;
        questions_.ask("nought " + std::to_string(out_.column), table_.line(row),
                       "the time " + quoted(table_.cell(row, out_.column)) + " in the column " +
                           column_name() + " is nought and left blank");
      }
      return {};
    }
    const std::string_view text = table_.cell(row, out_.column);
    if (std::find(blanks_.begin(), blanks_.end(), text) != blanks_.end()) return {};
    return base::fail(base::ErrorCode::InvalidInput,
                      "found " + quoted(text) + " in the column " + column_name() +
                          ", expected a time such as 3:07:41 (a map's blank = [...] names cells "
                          "that mean none)",
                      table_.place(row, out_.column));
  }

  std::optional<Duration> value_of(std::size_t row, const CellTime& cell, TimeCell& out) {
    switch (cell.form) {
      case CellForm::Clock:
      case CellForm::TimeOfDay:
        return Duration(cell.value);
      case CellForm::MinSec:
        return Duration(cell.value) * (hours_and_minutes_ ? 60 : 1);
      case CellForm::Decimal:
      case CellForm::Whole:
        break;
      case CellForm::Blank:
      case CellForm::PlaceOf:
      case CellForm::Status:
      case CellForm::Text:
        return std::nullopt;
    }
    if (cell.value == 0) return Duration{0};
    if (cell.value > kMostUnits * kMillion) return std::nullopt;
    if (!is_clock_ && !is_min_sec_) {
      const Duration exact(cell.value * (unit_.count() / kMillion));
      return unit_ == hours(24) ? std::chrono::round<seconds>(exact) : exact;
    }
    if (cell.decimals < kFractionDigits || cell.value >= 3 * kMillion) return std::nullopt;
    const Duration day = std::chrono::round<seconds>(Duration(cell.value * 24 * 3600));
    out.is_repaired = true;
    questions_.ask("fraction " + std::to_string(out_.column), table_.line(row),
                   quoted(table_.cell(row, out_.column)) + " in the column " + column_name() +
                       " is a fraction of a day, as a spreadsheet keeps " +
                       base::format_official(day, base::Rounding::UpToSecond) +
                       "; that time is taken");
    return day;
  }

  [[nodiscard]] std::string column_name() const {
    return table_.header().empty() ? std::to_string(out_.column + 1)
                                   : "'" + table_.header()[out_.column] + "'";
  }

  const ResultsTable& table_;
  const std::vector<std::string>& blanks_;
  Questions& questions_;
  TimeColumn& out_;
  bool is_clock_ = false;
  bool is_min_sec_ = false;
  bool hours_and_minutes_ = false;
  Duration unit_ = minutes(1);
};

/// Looks along the course of each runner for clocks that were minutes and seconds.
class Mender {
 public:
  Mender(const ResultsTable& table, const std::vector<TimeColumn*>& course,
         const std::vector<std::optional<base::Distance>>& distances, Questions& questions)
      : table_(table), course_(course), distances_(distances), questions_(questions) {
    for (const TimeColumn* column : course) sound_.push_back(sound_median(*column));
  }

  void mend() {
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      for (std::size_t i = 0; i < course_.size(); ++i) {
        TimeCell& cell = course_[i]->cells[row];
        if (!is_suspect(cell) || !is_broken(row, i)) continue;
        cell.value /= 60;
        cell.is_repaired = true;
        questions_.ask("minutes " + std::to_string(i), table_.line(row),
                       quoted(table_.cell(row, course_[i]->column)) + " in the column '" +
                           table_.header()[course_[i]->column] +
                           "' does not fit the runner's other "
                           "times, but " +
                           base::format_official(cell.value, base::Rounding::UpToSecond) +
                           " does: minutes and seconds that a spreadsheet took for hours");
      }
    }
  }

 private:
  static bool is_suspect(const TimeCell& cell) {
    return cell.filled && cell.ends_on_minute && !cell.is_repaired && cell.value >= hours(1);
  }

  /// The middle of those cells that no spreadsheet can have made.
  static std::optional<Duration> sound_median(const TimeColumn& column) {
    std::vector<std::int64_t> values;
    for (const TimeCell& cell : column.cells) {
      if (cell.filled && !cell.ends_on_minute) values.push_back(cell.value.count());
    }
    if (values.empty()) return std::nullopt;
    return Duration(middle(std::move(values)));
  }

  [[nodiscard]] bool is_broken(std::size_t row, std::size_t at) const {
    const Duration as_written = course_[at]->cells[row].value;
    const Duration meant = as_written / 60;
    std::optional<Duration> before;
    std::optional<Duration> after;
    for (std::size_t i = 0; i < at; ++i) {
      const TimeCell& cell = course_[i]->cells[row];
      if (cell.filled) before = std::max(before.value_or(cell.value), cell.value);
    }
    for (std::size_t i = at + 1; i < course_.size(); ++i) {
      const TimeCell& cell = course_[i]->cells[row];
      if (cell.filled && !is_suspect(cell))
        after = std::min(after.value_or(cell.value), cell.value);
    }
    if (before && meant <= *before) return false;
    if (distances_[at] && !is_credible(meant, *distances_[at])) return false;
    if (after) return as_written >= *after && meant < *after;
    if (sound_[at]) return as_written > *sound_[at] * 6 && meant * 4 > *sound_[at];
    return distances_[at] && !is_credible(as_written, *distances_[at]) &&
           is_credible(meant, *distances_[at]);
  }

  const ResultsTable& table_;
  const std::vector<TimeColumn*>& course_;
  const std::vector<std::optional<base::Distance>>& distances_;
  Questions& questions_;
  std::vector<std::optional<Duration>> sound_;
};

}  // namespace

base::Result<TimeColumn> read_time_column(const ResultsTable& table, std::size_t column,
                                          const HeaderWord& meaning,
                                          std::optional<base::Distance> distance,
                                          const std::vector<std::string>& blanks,
                                          Questions& questions) {
  TimeColumn out;
  out.column = column;
  out.meaning = meaning;
  HS_TRY_VOID(ColumnReader(table, blanks, questions, out).read(distance));
  return out;
}

void mend_minutes(const ResultsTable& table, const std::vector<TimeColumn*>& course,
                  const std::vector<std::optional<base::Distance>>& distances,
                  Questions& questions) {
  Mender(table, course, distances, questions).mend();
}

std::optional<Duration> median_time(const TimeColumn& column,
                                    const std::vector<std::size_t>& only) {
  std::vector<std::int64_t> values;
  const auto take = [&](const TimeCell& cell) {
    if (cell.filled) values.push_back(cell.value.count());
  };
  for (const std::size_t row : only) take(column.cells[row]);
  if (only.empty()) {
    for (const TimeCell& cell : column.cells) take(cell);
  }
  if (values.empty()) return std::nullopt;
  return Duration(middle(std::move(values)));
}

}  // namespace hs::formats
