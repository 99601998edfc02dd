#include "present/export_xlsx.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/io_error.h"
#include "present/csv_cell.h"
#include "present/export_stamp.h"
#include "present/listing.h"
#include "scoring/rule_set.h"

// Implementation notes: the library knows files only, so the workbook is made in the temporary
// folder and read back; whoever asked decides where it goes, and it gets there whole.

namespace hs::present {
namespace {

using model::EventResults;

constexpr double kMicrosPerDay = 86'400e6;
constexpr std::size_t kSheetNameMost = 31;

/// A file of the temporary folder, gone with the object.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code ignored;
    path_ = (std::filesystem::temp_directory_path(ignored) / "homestretch-XXXXXX").string();
    const int file = ::mkstemp(path_.data());
    if (file >= 0) ::close(file);
    is_made_ = file >= 0;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (is_made_) ::unlink(path_.c_str());
  }
  [[nodiscard]] bool is_made() const { return is_made_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool is_made_ = false;
};

struct Formats {
  lxw_format* head;
  lxw_format* official;  ///< A time with the digits of the rule set.
  lxw_format* exact;     ///< A time to the thousandth.
};

const char* time_format(base::Rounding rounding) {
  switch (rounding) {
    case base::Rounding::UpToSecond:
      return "[h]:mm:ss";
    case base::Rounding::UpToTenth:
      return "[h]:mm:ss.0";
    case base::Rounding::UpToHundredth:
      return "[h]:mm:ss.00";
    case base::Rounding::None:
      return "[h]:mm:ss.000";
  }
  return "[h]:mm:ss.000";
}

/// Puts cells into a row, one behind the other.
class SheetRow {
 public:
  SheetRow(lxw_worksheet* sheet, lxw_row_t row) : sheet_(sheet), row_(row) {}
  SheetRow& text(std::string_view value, lxw_format* format = nullptr) {
    if (!value.empty()) {
      worksheet_write_string(sheet_, row_, column_, guarded_text(value).c_str(), format);
    }
    ++column_;
    return *this;
  }
  SheetRow& number(std::optional<double> value) {
    if (value) worksheet_write_number(sheet_, row_, column_, *value, nullptr);
    ++column_;
    return *this;
  }
  SheetRow& place(const std::optional<model::Placing>& placing) {
    return number(placing ? std::optional<double>(placing->place) : std::nullopt);
  }
  SheetRow& time(const std::optional<base::Duration>& value, lxw_format* format) {
    if (value) {
      worksheet_write_number(sheet_, row_, column_,
                             static_cast<double>(value->count()) / kMicrosPerDay, format);
    }
    ++column_;
    return *this;
  }
  [[nodiscard]] lxw_col_t column() const { return column_; }

 private:
  lxw_worksheet* sheet_;
  lxw_row_t row_;
  lxw_col_t column_ = 0;
};

/// A sheet's name may not be long, nor hold some signs, nor be there twice in any case.
std::string sheet_name(const model::Race& race, std::set<std::string>& taken) {
  std::string name = plain_field(race.id, '\'');
  for (char& c : name) {
    if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos) c = '-';
  }
  name.resize(std::min(name.size(), kSheetNameMost));
  std::string out = name;
  const auto lower = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
  };
  for (int n = 2; !taken.insert(lower(out)).second; ++n) {
    const std::string mark = " " + std::to_string(n);
    out = name.substr(0, kSheetNameMost - mark.size()) + mark;
  }
  return out;
}

void write_head(lxw_worksheet* sheet, const model::Race& race,
                const std::vector<std::string>& published, const Formats& formats) {
  SheetRow row(sheet, 0);
  for (const char* name :
       {"place", "bib", "name", "sex", "age", "division", "status", "official_time", "gun_time",
        "net_time", "place_sex", "place_division", "interval_note", "team"}) {
    row.text(name, formats.head);
  }
  for (std::size_t i = 1; i + 1 < race.points.size(); ++i) {
    if (race.points[i].role == model::PointRole::Timed) row.text(race.points[i].id, formats.head);
  }
  for (const std::string& column : published) row.text(column, formats.head);
}

void write_runner(SheetRow& row, const EventResults& results, const model::Race& race,
                  const ExportRow& runner, const Formats& formats) {
  const model::RunnerResult& result = results.runners[runner.entrant.raw()];
  row.place(runner.place).text(runner.bib).text(runner.name);
  row.text(runner.sex ? model::name_of(*runner.sex) : "");
  row.number(runner.age ? std::optional<double>(*runner.age) : std::nullopt);
  row.text(runner.division).text(model::name_of(runner.status));
  row.time(runner.official, formats.official);
  row.time(result.gun ? std::optional(result.gun->value()) : std::nullopt, formats.exact);
  row.time(result.net ? std::optional(result.net->value()) : std::nullopt, formats.exact);
  row.place(runner.place_sex).place(runner.place_division);
  row.text(interval_note(results, runner.entrant)).text(runner.team);
  for (std::size_t i = 1; i + 1 < race.points.size(); ++i) {
    if (race.points[i].role != model::PointRole::Timed) continue;
    const bool passed = i < result.splits.size() && result.splits[i].net.has_value();
    row.time(passed ? std::optional(result.splits[i].net->value()) : std::nullopt, formats.exact);
  }
}

void write_race(lxw_workbook* book, lxw_worksheet* sheet, const EventResults& results,
                model::RaceId id, Formats formats) {
  constexpr double kName = 28;
  constexpr double kTime = 12;
  const model::Race& race = results.event.races[id.raw()];
  formats.official = workbook_add_format(book);
  format_set_num_format(formats.official, time_format(scoring::rounding_of(race.rules)));
  const std::vector<std::string> published = published_columns(results.event);
  write_head(sheet, race, published, formats);
  worksheet_freeze_panes(sheet, 1, 0);
  worksheet_set_column(sheet, 2, 2, kName, nullptr);
  worksheet_set_column(sheet, 7, 9, kTime, nullptr);
  lxw_row_t at = 1;
  lxw_col_t columns = 0;
  for (const ExportRow& runner : export_rows(results, id)) {
    SheetRow row(sheet, at++);
    write_runner(row, results, race, runner, formats);
    for (const std::string& column : published) {
      row.text(published_value(results.entrants[runner.entrant.raw()],
                               results.persons[runner.entrant.raw()], column));
    }
    columns = row.column();
  }
  if (at > 1) worksheet_autofilter(sheet, 0, 0, at - 1, static_cast<lxw_col_t>(columns - 1));
}

/// The library only reads what it is given, through pointers that are not const.
void write_properties(lxw_workbook* book, const EventResults& results, const ResultsStamp& stamp) {
  std::string title = results.event.name;
  std::string line = stamp_line(stamp);
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.comments = line.data();
  properties.created =
      std::chrono::duration_cast<std::chrono::seconds>(stamp.at.time_since_epoch()).count();
  workbook_set_properties(book, &properties);
}

void write_about(lxw_worksheet* sheet, const EventResults& results, const ResultsStamp& stamp) {
  constexpr double kWide = 90;
  worksheet_set_column(sheet, 0, 0, kWide, nullptr);
  SheetRow(sheet, 0).text(results.event.name);
  SheetRow(sheet, 1).text(base::format_date(results.event.date));
  SheetRow(sheet, 2).text(stamp_line(stamp));
}

}  // namespace

base::Result<std::string> results_xlsx(const EventResults& results, const ExportOptions& options) {
  const TemporaryFile file;
  if (!file.is_made()) return base::io_error(file.path(), errno, "write");
  lxw_workbook* book = workbook_new(file.path().c_str());
  if (book == nullptr) return base::fail(base::ErrorCode::Io, "no workbook could be made");
  const ResultsStamp stamp = stamp_of(results);
  write_properties(book, results, stamp);
  Formats formats{};
  formats.head = workbook_add_format(book);
  format_set_bold(formats.head);
  formats.exact = workbook_add_format(book);
  format_set_num_format(formats.exact, time_format(base::Rounding::None));
  std::set<std::string> taken;
  for (const model::RaceId id : races_of(results, options)) {
    const std::string name = sheet_name(results.event.races[id.raw()], taken);
    write_race(book, workbook_add_worksheet(book, name.c_str()), results, id, formats);
  }
  model::Race about;
  about.id = "as of";
  const std::string name = sheet_name(about, taken);
  write_about(workbook_add_worksheet(book, name.c_str()), results, stamp);
  if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR) {
    return base::fail(base::ErrorCode::Io,
                      std::string("the workbook could not be written: ") + lxw_strerror(error));
  }
  return base::read_file(file.path());
}

}  // namespace hs::present
