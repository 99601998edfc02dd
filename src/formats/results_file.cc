#include "formats/results_file.h"

#include <algorithm>
#include <unordered_map>

#include "formats/config_reader.h"
#include "formats/results_cells.h"
#include "formats/results_course.h"
#include "formats/results_long.h"
#include "formats/results_rows.h"
#include "formats/results_sanity.h"
#include "formats/results_table.h"

// Implementation notes: the way of a file: cells (results_table), what each column is
// (results_columns), a row a runner where it was a row a point (results_long), times and their
// course (results_times, results_course), results (results_rows), and then what is only known of
// the whole: fields and places (results_places), doubts (results_sanity).

namespace hs::formats {
namespace {

using base::Duration;
using model::PublishedClock;
using Column = ResultColumn;

constexpr std::size_t kExamples = 3;

/// An official time beside a net one that it is never less than is the gun's.
void settle_official(Course& course, std::string& remark) {
  if (!course.official || !course.net || course.gun) return;
  std::size_t both = 0;
  std::size_t less = 0;
  std::size_t more = 0;
  for (std::size_t row = 0; row < course.net->cells.size(); ++row) {
    const TimeCell& official = course.official->cells[row];
    const TimeCell& net = course.net->cells[row];
    if (!official.filled || !net.filled) continue;
    ++both;
    less += official.value < net.value ? 1U : 0U;
    more += official.value > net.value ? 1U : 0U;
  }
  if (less * 200 > both || more * 20 < both || both == 0) return;
  course.gun = std::move(course.official);
  course.official.reset();
  course.gun->meaning.clock = PublishedClock::Gun;
  remark = "the gun's: never less than the net time";
}

/// The least step of the finishing times.
Duration resolution_of(const Course& course) {
  std::optional<Duration> least;
  const auto take = [&](const std::optional<TimeColumn>& column) {
    if (column) least = std::min(least.value_or(column->resolution), column->resolution);
  };
  for (const auto* column : {&course.official, &course.gun, &course.net}) take(*column);
  if (!least && !course.points.empty()) take(course.points.back().split);
  return least.value_or(std::chrono::seconds(1));
}

class ResultsReader {
 public:
  ResultsReader(const std::string& file, const ResultsOptions& options)
      : file_(file), options_(options) {}

  base::Result<ResultsFile> read(std::string_view bytes);

 private:
  void tell(double share) const {
    if (options_.progress) options_.progress(share);
  }
  void report_columns(const ResultsTable& table, const std::vector<ColumnRole>& roles,
                      const Course& course, const ResultRows& rows);
  void count_cells(const ResultsTable& table);
  void ask_about_bibs(const model::PublishedRace& race);

  std::string file_;
  const ResultsOptions& options_;
  Questions questions_;
  std::string official_remark_;
  ResultsFile out_;
};

/// Counts and shows the cells of each column: row by row, as they lie in memory.
void ResultsReader::count_cells(const ResultsTable& table) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t i = 0; i < out_.columns.size(); ++i) {
      const std::string_view cell = table.cell(row, i);
      ColumnReport& report = out_.columns[i];
      const bool is_blank = is_blank_cell(cell);
      ++(is_blank ? report.blank : report.filled);
      if (is_blank || report.examples.size() == kExamples) continue;
      const bool is_new =
          std::find(report.examples.begin(), report.examples.end(), cell) == report.examples.end();
      if (is_new) report.examples.emplace_back(cell);
    }
  }
}

void ResultsReader::report_columns(const ResultsTable& table, const std::vector<ColumnRole>& roles,
                                   const Course& course, const ResultRows& rows) {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    ColumnReport report;
    if (!table.header().empty()) report.header = table.header()[i];
    report.meaning = name_of(roles[i].meaning);
    report.sureness = roles[i].sureness;
    report.odd = rows.odd[i];
    report.remark = rows.column_remarks[i];
    out_.columns.push_back(std::move(report));
  }
  count_cells(table);
  const auto add = [&](const TimeColumn& column) {
    ColumnReport& report = out_.columns[column.column];
    report.odd += column.odd;
    if (!column.remark.empty()) report.remark = column.remark;
    report.meaning = name_of(column.meaning);
  };
  for (const TimeColumn* finish : course.finishes()) add(*finish);
  if (course.start) add(*course.start);
  for (const CoursePoint& point : course.points) {
    for (const auto* column : {&point.split, &point.time_of_day}) {
      if (!*column) continue;
      add(**column);
      // The course may have found out what a column is.
      if (point.point.id == "finish" && column == &point.split) {
        out_.columns[(*column)->column].meaning = "split finish";
      }
    }
  }
  if (course.gun && !official_remark_.empty()) {
    out_.columns[course.gun->column].remark = official_remark_;
  }
}

void ResultsReader::ask_about_bibs(const model::PublishedRace& race) {
  std::unordered_map<std::uint32_t, std::uint32_t> lines;  // By the bib's text; only asked.
  for (const auto& result : race.results) {
    const model::TextId bib = result.texts[static_cast<std::size_t>(model::PublishedText::Bib)];
    if (bib == model::TextId()) continue;
    const auto [at, is_new] = lines.try_emplace(bib.raw(), result.line);
    if (is_new) continue;
    questions_.ask("bib twice", static_cast<int>(result.line),
                   "the bib " + quoted(race.texts.view(bib)) + " of line " +
                       std::to_string(at->second) + " a second time: both are kept");
  }
}

base::Result<ResultsFile> ResultsReader::read(std::string_view bytes) {
  HS_TRY(ReadTable read, read_results_table(bytes, file_, questions_));
  tell(0.4);
  ResultsTable table = std::move(read.table);
  out_.rows = table.rows();
  const std::vector<int> repeated = table.drop_repeated();
  out_.repeated = repeated.size();
  for (const int line : repeated) {
    questions_.ask("repeated", line, "a row equal to an earlier one in every cell is left out");
  }
  HS_TRY(RecognisedColumns columns, recognise_columns(table, options_.map));
  out_.dialect = read.dialect + "; a row a runner";
  if (columns.layout == ResultsLayout::RowPerPoint) {
    out_.dialect = read.dialect + "; a row a runner and point";
    HS_TRY(table, row_per_runner(table, columns.roles));
    ResultsMap of_points = options_.map;
    of_points.columns.clear();
    HS_TRY(columns, recognise_columns(table, of_points));
  }
  HS_TRY(Course course,
         read_course(table, columns.roles, options_.map, options_.distance, questions_));
  settle_official(course, official_remark_);
  tell(0.7);
  ResultRows rows = make_results(table, columns.roles, course, options_.date, questions_);
  report_columns(table, columns.roles, course, rows);
  out_.race = std::move(rows.race);
  out_.keys = std::move(rows.keys);
  out_.race.id = options_.race_id;
  out_.race.name = options_.race_name.empty() ? options_.race_id : options_.race_name;
  out_.race.date = options_.date;
  out_.race.is_interrupted = options_.is_interrupted;
  out_.race.resolution = resolution_of(course);
  tell_fields(out_.race, questions_);
  out_.places = check_places(out_.race);
  mark_doubtful(out_.race, questions_);
  ask_about_bibs(out_.race);
  out_.questions = questions_.take();
  tell(1);
  return std::move(out_);
}

}  // namespace

base::Result<ResultsFile> read_results(std::string_view bytes, const std::string& file,
                                       const ResultsOptions& options) {
  return ResultsReader(file, options).read(bytes);
}

}  // namespace hs::formats
