#include "formats/age_grade_file.h"

#include <charconv>
#include <cmath>

#include "formats/small_table.h"

// Implementation notes: the files are exports of a spreadsheet, so whole numbers appear as
// 8043.9999999999982 and factors with seventeen digits. Both are rounded to what the tables are
// published with: seconds to the second, factors to four decimals.

namespace hs::formats {
namespace {

constexpr double kMillimetresPerKm = 1e6;
constexpr double kMillimetresPerMile = 1'609'344;
constexpr std::int64_t kHalfMarathon = 21'097'500;  // Millimetres.
constexpr std::int64_t kMarathon = 42'195'000;
constexpr double kFactorSteps = 10'000;  // Four decimals.
constexpr int kOldest = 130;
constexpr double kLongestKm = 10'000;
constexpr double kLongestSeconds = 1e8;

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failed != std::errc() || stop != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

/// What the head of a column tells of its distance: "5 km", "4 Mile", "H. Mar", "Marathon".
std::optional<base::Distance> distance_named(std::string_view head) {
  const std::string name = lower_case(trimmed(head));
  if (name == "marathon") return base::Distance::millimetres(kMarathon);
  if (name == "h. mar") return base::Distance::millimetres(kHalfMarathon);
  const std::size_t blank = name.find(' ');
  if (blank == std::string::npos) return std::nullopt;
  const auto count = whole_number(std::string_view(name).substr(0, blank));
  const std::string unit = name.substr(blank + 1);
  if (!count || *count <= 0 || (unit != "km" && unit != "mile")) return std::nullopt;
  const double one = unit == "km" ? kMillimetresPerKm : kMillimetresPerMile;
  return base::Distance::millimetres(std::llround(*count * one));
}

class AgeGradeReader {
 public:
  AgeGradeReader(SmallTable table, const AgeGradeFileName& name)
      : cells_(std::move(table)), kind_(name.cells) {
    out_.edition = name.edition;
    out_.sex = name.sex;
  }

  base::Result<model::AgeGradeTable> read() {
    HS_TRY_VOID(take_heads());
    for (const CsvRow& row : cells_.rows()) HS_TRY_VOID(take_row(row));
    if (out_.open.empty()) {
      return cells_.refuse_all("no row 'OC sec'", "one, with the standard of any age in seconds");
    }
    if (out_.standards.empty()) return cells_.refuse_all("no ages", "a row for each age");
    return std::move(out_);
  }

 private:
  base::Result<void> take_heads();
  base::Result<void> take_row(const CsvRow& row);
  base::Result<void> take_distances(const CsvRow& row);
  base::Result<void> take_open(const CsvRow& row);
  base::Result<void> take_age(const CsvRow& row);
  base::Result<void> check_rising(const CsvCell& cell, std::size_t column) const;
  base::Result<base::Duration> seconds(const CsvCell& cell) const;

  SmallTable cells_;
  AgeGradeCells kind_;
  model::AgeGradeTable out_;
};

base::Result<void> AgeGradeReader::take_heads() {
  if (cells_.header().size() < 2) return cells_.refuse_all("no distances", "Age and distances");
  for (std::size_t i = 1; i < cells_.header().size(); ++i) {
    const CsvCell& cell = cells_.header()[i];
    const auto distance = distance_named(cell.text);
    if (!distance) {
      return cells_.refuse(cell, "a distance such as 5 km, 4 Mile, H. Mar or Marathon");
    }
    out_.columns.push_back({std::string(trimmed(cell.text)), *distance});
    HS_TRY_VOID(check_rising(cell, i - 1));
  }
  return {};
}

base::Result<void> AgeGradeReader::check_rising(const CsvCell& cell, std::size_t column) const {
  if (column == 0 || out_.columns[column - 1].distance < out_.columns[column].distance) return {};
  return cells_.refuse(cell, "a distance beyond the one before");
}

base::Result<void> AgeGradeReader::take_row(const CsvRow& row) {
  const std::string head = lower_case(trimmed(row.cells.front().text));
  if (head == "distance") return take_distances(row);
  if (head == "oc sec") return take_open(row);
  return take_age(row);
}

base::Result<void> AgeGradeReader::take_distances(const CsvRow& row) {
  for (std::size_t i = 1; i < row.cells.size(); ++i) {
    const std::string expected = "a distance in kilometres";
    HS_TRY(const double km, cells_.number(row.cells[i], expected));
    if (km <= 0 || km > kLongestKm) return cells_.refuse(row.cells[i], expected);
    out_.columns[i - 1].distance =
        base::Distance::millimetres(std::llround(km * kMillimetresPerKm));
    HS_TRY_VOID(check_rising(row.cells[i], i - 1));
  }
  return {};
}

base::Result<base::Duration> AgeGradeReader::seconds(const CsvCell& cell) const {
  const std::string expected = "a time in seconds, above 0";
  HS_TRY(const double value, cells_.number(cell, expected));
  if (value < 1 || value > kLongestSeconds) return cells_.refuse(cell, expected);
  return std::chrono::seconds(std::llround(value));
}

base::Result<void> AgeGradeReader::take_open(const CsvRow& row) {
  if (!out_.open.empty()) return cells_.refuse(row.cells.front(), "the row 'OC sec' only once");
  for (std::size_t i = 1; i < row.cells.size(); ++i) {
    HS_TRY(const base::Duration open, seconds(row.cells[i]));
    out_.open.push_back(open);
  }
  return {};
}

base::Result<void> AgeGradeReader::take_age(const CsvRow& row) {
  if (out_.open.empty()) {
    return cells_.refuse(row.cells.front(), "the row 'OC sec' in front of the ages");
  }
  HS_TRY(const std::int64_t age,
         cells_.whole(row.cells.front(), 0, kOldest, "an age, 'Distance' or 'OC sec'"));
  if (out_.standards.empty()) out_.youngest = static_cast<int>(age);
  const int due = out_.youngest + out_.ages();
  if (age != due) return cells_.refuse(row.cells.front(), "the age " + std::to_string(due));
  for (std::size_t i = 1; i < row.cells.size(); ++i) {
    if (kind_ == AgeGradeCells::Seconds) {
      HS_TRY(const base::Duration standard, seconds(row.cells[i]));
      out_.standards.push_back(standard);
      continue;
    }
    const std::string expected = "a factor above 0 and at most 1";
    HS_TRY(const double written, cells_.number(row.cells[i], expected));
    const double factor = std::round(written * kFactorSteps) / kFactorSteps;
    if (factor <= 0 || factor > 1) return cells_.refuse(row.cells[i], expected);
    out_.standards.emplace_back(
        std::llround(static_cast<double>(out_.open[i - 1].count()) / factor));
  }
  return {};
}

}  // namespace

std::optional<AgeGradeFileName> parse_age_grade_file_name(std::string_view name) {
  constexpr std::string_view kFactors = "_factors.csv";
  constexpr std::string_view kSeconds = "_sec.csv";
  constexpr std::size_t kEditionAt = 2;  // Behind "F_".
  constexpr std::size_t kEditionDigits = 4;
  if (name.size() < kEditionAt + kEditionDigits || name[1] != '_') return std::nullopt;
  const auto sex = model::parse_sex(name.substr(0, 1));
  const auto edition = whole_number(name.substr(kEditionAt, kEditionDigits));
  const std::string_view rest = name.substr(kEditionAt + kEditionDigits);
  if (!sex || !edition || (rest != kFactors && rest != kSeconds)) return std::nullopt;
  return AgeGradeFileName{*sex, *edition,
                          rest == kFactors ? AgeGradeCells::Factors : AgeGradeCells::Seconds};
}

base::Result<model::AgeGradeTable> read_age_grade_table(std::string_view bytes,
                                                        const std::string& file,
                                                        const AgeGradeFileName& name) {
  HS_TRY(SmallTable table, SmallTable::read(bytes, file));
  return AgeGradeReader(std::move(table), name).read();
}

}  // namespace hs::formats
