#include "formats/qualifying_file.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "formats/small_table.h"

namespace hs::formats {
namespace {

using model::QualifyingCutoff;
using model::QualifyingStandards;
using model::StandardTime;

constexpr int kOldest = 130;
constexpr std::int64_t kFirstYear = 1897;  // No marathon has been run yearly for longer.
constexpr std::int64_t kLastYear = 2200;
constexpr std::int64_t kLongestSeconds = 24 * 3600;
constexpr std::size_t kYearDigits = 4;

/// Takes a whole number off the front of `text`.
std::optional<int> take_number(std::string_view& text) {
  int value = 0;
  const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || value < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  return value;
}

struct Band {
  int age_min = 0;
  std::optional<int> age_max;
};

/// "Under 20", "20-24", "80 and Over".
std::optional<Band> parse_band(std::string_view written) {
  constexpr std::string_view kUnder = "under ";
  const std::string lower = lower_case(trimmed(written));
  std::string_view text = lower;
  if (text.substr(0, kUnder.size()) == kUnder) {
    text.remove_prefix(kUnder.size());
    const auto below = take_number(text);
    if (!below || *below == 0 || *below > kOldest || !text.empty()) return std::nullopt;
    return Band{0, *below - 1};
  }
  const auto from = take_number(text);
  if (!from || *from > kOldest) return std::nullopt;
  if (text == " and over") return Band{*from, std::nullopt};
  if (text.empty() || text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto to = take_number(text);
  if (!to || *to < *from || *to > kOldest || !text.empty()) return std::nullopt;
  return Band{*from, *to};
}

/// Bands of a sex follow on one another.
base::Result<void> check_bands(const SmallTable& table, const QualifyingStandards& standards) {
  const auto& times = standards.standard.times;
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i].sex != times[i - 1].sex) continue;
    if (!times[i - 1].age_max || times[i].age_min != *times[i - 1].age_max + 1) {
      return table.refuse_all("ages of " + std::string(model::name_of(times[i].sex)) +
                                  " that overlap or leave a gap at " +
                                  std::to_string(times[i].age_min),
                              "bands that follow on one another");
    }
  }
  return {};
}

base::Result<void> take_row(const SmallTable& table, const CsvRow& row, std::size_t sex_column,
                            std::size_t band_column, std::vector<QualifyingStandards>& out,
                            const std::vector<std::size_t>& columns) {
  const auto sex = model::parse_sex(trimmed(row.cells[sex_column].text));
  if (!sex) return table.refuse(row.cells[sex_column], "F, M or X");
  const auto band = parse_band(row.cells[band_column].text);
  if (!band) return table.refuse(row.cells[band_column], "'Under 20', '20-24' or '80 and Over'");
  for (std::size_t i = 0; i < columns.size(); ++i) {
    HS_TRY(const std::int64_t seconds,
           table.whole(row.cells[columns[i]], 1, kLongestSeconds, "a time in whole seconds"));
    out[i].standard.times.push_back(
        StandardTime{*sex, band->age_min, band->age_max, std::chrono::seconds(seconds)});
  }
  return {};
}

}  // namespace

base::Result<std::vector<QualifyingStandards>> read_qualifying_standards(std::string_view bytes,
                                                                         const std::string& file) {
  HS_TRY(const SmallTable table, SmallTable::read(bytes, file));
  HS_TRY(const std::size_t sex_column, table.column("Gender"));
  HS_TRY(const std::size_t band_column, table.column("Age Group"));
  std::vector<QualifyingStandards> out;
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < table.header().size(); ++i) {
    if (i == sex_column || i == band_column) continue;
    const CsvCell& head = table.header()[i];
    const std::string_view name = trimmed(head.text);
    std::string_view rest = name;
    const auto year = take_number(rest);
    if (!year || name.size() - rest.size() != kYearDigits) {
      return table.refuse(head, "a head that begins with a year, such as 2020BQ");
    }
    columns.push_back(i);
    out.push_back({*year, {}});
    out.back().standard.name = std::string(name);
  }
  for (const CsvRow& row : table.rows()) {
    HS_TRY_VOID(take_row(table, row, sex_column, band_column, out, columns));
  }
  for (QualifyingStandards& standards : out) {
    std::stable_sort(standards.standard.times.begin(), standards.standard.times.end(),
                     [](const StandardTime& a, const StandardTime& b) {
                       return std::pair(a.sex, a.age_min) < std::pair(b.sex, b.age_min);
                     });
    HS_TRY_VOID(check_bands(table, standards));
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& one, const auto& other) {
    return one.first_year < other.first_year;
  });
  return out;
}

base::Result<std::vector<QualifyingCutoff>> read_qualifying_cutoffs(std::string_view bytes,
                                                                    const std::string& file) {
  HS_TRY(const SmallTable table, SmallTable::read(bytes, file));
  HS_TRY(const std::size_t year_column, table.column("race_year"));
  HS_TRY(const std::size_t seconds_column, table.column("cutoff_seconds"));
  std::vector<QualifyingCutoff> out;
  for (const CsvRow& row : table.rows()) {
    const CsvCell& cell = row.cells[year_column];
    HS_TRY(const std::int64_t year, table.whole(cell, kFirstYear, kLastYear, "a year"));
    HS_TRY(const std::int64_t seconds,
           table.whole(row.cells[seconds_column], 0, kLongestSeconds, "whole seconds"));
    const bool known = std::any_of(out.begin(), out.end(),
                                   [&](const QualifyingCutoff& one) { return one.year == year; });
    if (known) return table.refuse(cell, "each year once");
    out.push_back({static_cast<int>(year), std::chrono::seconds(seconds)});
  }
  std::sort(out.begin(), out.end(),
            [](const QualifyingCutoff& a, const QualifyingCutoff& b) { return a.year < b.year; });
  return out;
}

}  // namespace hs::formats
