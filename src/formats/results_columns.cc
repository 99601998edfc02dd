#include "formats/results_columns.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "formats/config_reader.h"
#include "formats/csv.h"
#include "formats/entry_words.h"
#include "formats/results_cells.h"

// Implementation notes: a header proposes, the content disposes. "gender" heads M and F in one
// file and places in the next; "division" heads "40-44" or "3 / 4401". So each proposal is tried
// against what the cells look like, and a column whose header says nothing is known by its cells
// alone, or not at all. Nothing is guessed for text: a wrong city is worse than none.

namespace hs::formats {
namespace {

using Column = ResultColumn;
using Text = model::PublishedText;

constexpr std::size_t kSampleRows = 600;
constexpr std::size_t kMostDistinct = 1000;
constexpr int kOldest = 130;

/// What the cells of a column look like, over a sample of rows.
struct Content {
  std::size_t rows = 0;
  std::size_t filled = 0;
  std::size_t times = 0;  ///< Clock and MinSec.
  std::size_t times_of_day = 0;
  std::size_t decimals = 0;
  std::size_t wholes = 0;
  std::size_t places_of = 0;
  std::size_t statuses = 0;
  std::size_t texts = 0;
  std::size_t sexes = 0;
  std::size_t ages = 0;
  std::size_t several_words = 0;
  std::size_t country_codes = 0;
  std::size_t steps_by_one = 0;  ///< Wholes that are one more than the cell above.
  std::size_t distinct = 0;      ///< Counted up to a thousand.

  /// True where at least 9 of 10 filled cells are of the kind counted, and there are some.
  [[nodiscard]] bool mostly(std::size_t count) const {
    return filled > 0 && count * 10 >= filled * 9;
  }
  [[nodiscard]] bool is_time_like() const { return mostly(times + statuses) && times > 0; }
  /// Below a header that says so half is enough: a cell that is no time is then named as such.
  [[nodiscard]] bool may_be_time() const {
    return filled == 0 || (times + decimals + wholes + statuses) * 2 >= filled;
  }
  [[nodiscard]] bool may_be_time_of_day() const {
    return filled == 0 || mostly(times_of_day + times);
  }
  [[nodiscard]] bool is_place_like() const { return mostly(wholes + places_of + statuses); }
  [[nodiscard]] bool may_be_place() const { return filled == 0 || is_place_like(); }
};

bool is_country_code(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void count_form(const CellTime& cell, std::string_view text, Content& out) {
  switch (cell.form) {
    case CellForm::Blank:
      return;
    case CellForm::Clock:
    case CellForm::MinSec:
      ++out.times;
      return;
    case CellForm::TimeOfDay:
      ++out.times_of_day;
      return;
    case CellForm::Decimal:
      ++out.decimals;
      return;
    case CellForm::Whole:
      ++out.wholes;
      if (cell.value <= kOldest * std::int64_t{1'000'000}) ++out.ages;
      return;
    case CellForm::PlaceOf:
      ++out.places_of;
      return;
    case CellForm::Status:
      ++out.statuses;
      return;
    case CellForm::Text:
      ++out.texts;
      if (text.find(' ') != std::string_view::npos) ++out.several_words;
      if (is_country_code(text)) ++out.country_codes;
      if (text.size() <= 24 && sex_of(text, {}).sex) ++out.sexes;
      return;
  }
}

Content survey(const ResultsTable& table, std::size_t column) {
  Content out;
  const std::size_t step = std::max<std::size_t>(1, table.rows() / kSampleRows);
  std::set<std::string_view> distinct;
  for (std::size_t row = 0; row < table.rows(); row += step) {
    const std::string_view text = table.cell(row, column);
    const CellTime cell = read_cell_time(text);
    ++out.rows;
    if (cell.form == CellForm::Blank) continue;
    ++out.filled;
    if (distinct.size() < kMostDistinct) distinct.insert(text);
    count_form(cell, text, out);
    if (cell.form != CellForm::Whole || row == 0) continue;
    const CellTime above = read_cell_time(table.cell(row - 1, column));
    if (above.form == CellForm::Whole && above.value + 1'000'000 == cell.value) ++out.steps_by_one;
  }
  out.distinct = distinct.size();
  return out;
}

bool counts_rows(const Content& content) {
  return content.filled == content.rows && content.wholes == content.filled &&
         content.steps_by_one + 1 >= content.rows && content.rows > 1;
}

HeaderWord left_out(std::string why) {
  HeaderWord out;
  out.why_left_out = std::move(why);
  return out;
}

HeaderWord text_role(Text kind) {
  HeaderWord out;
  out.column = Column::Text;
  out.text = kind;
  return out;
}

HeaderWord role_of(Column column) {
  HeaderWord out;
  out.column = column;
  return out;
}

/// The header's proposal as the content allows it; nothing where they contradict each other.
std::optional<HeaderWord> agreed(HeaderWord word, const Content& content) {
  switch (word.column) {
    case Column::LeftOut:
      return word.why_left_out.empty() ? std::nullopt : std::optional(std::move(word));
    case Column::Text: {
      const bool is_group = word.text == Text::Division || word.text == Text::AgeGroup;
      if (is_group && content.is_place_like()) return role_of(Column::PlaceDivision);
      return word;
    }
    case Column::Sex:
      if (content.is_place_like()) return role_of(Column::PlaceSex);
      return word;
    case Column::Age:
      if (content.filled == 0 || content.mostly(content.ages)) return word;
      if (content.mostly(content.texts)) return text_role(Text::AgeGroup);
      return std::nullopt;
    case Column::BirthYear:
    case Column::LapCount:
      if (content.filled == 0 || content.mostly(content.wholes)) return word;
      return std::nullopt;
    case Column::PlaceOverall:
    case Column::PlaceSex:
    case Column::PlaceDivision:
      if (content.may_be_place()) return word;
      return std::nullopt;
    case Column::Finish:
      if (content.may_be_time()) return word;
      return std::nullopt;
    case Column::Split:
      if (content.filled > 0 && content.mostly(content.times_of_day)) {
        word.column = Column::SplitTimeOfDay;
        return word;
      }
      if (content.may_be_time()) return word;
      return std::nullopt;
    case Column::Lap:
      if (content.may_be_time()) return word;
      return std::nullopt;
    case Column::StartTimeOfDay:
    case Column::SplitTimeOfDay:
    case Column::PointTimeOfDay:
      if (content.may_be_time_of_day()) return word;
      return std::nullopt;
    case Column::PointName:
    case Column::PointTime:
    case Column::Mode:
    case Column::Status:
    case Column::AgeGrade:
    case Column::Key:
      return word;
  }
  return std::nullopt;
}

/// What the cells alone say, below a header that says nothing.
HeaderWord by_content(const std::string& header, const Content& content) {
  if (content.filled == 0) return left_out("empty");
  if (counts_rows(content)) return left_out("row number");
  if (content.is_time_like() && !header.empty()) {
    HeaderWord out = role_of(Column::Split);
    out.point = NamedPoint{{point_id_of(header), header, std::nullopt}, false};
    return out;
  }
  if (content.mostly(content.sexes)) return role_of(Column::Sex);
  if (header.empty() && content.texts == content.filled) return text_role(Text::Note);
  return left_out("not known");
}

/// Roles for a table without a header.
class HeaderlessColumns {
 public:
  explicit HeaderlessColumns(const ResultsTable& table) : table_(table) {
    for (std::size_t i = 0; i < table.width(); ++i) contents_.push_back(survey(table, i));
  }

  std::vector<ColumnRole> recognise() {
    std::vector<ColumnRole> out(table_.width());
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i].sureness = Sureness::Likely;
      out[i].meaning = left_out("empty");
      // The cells behind the last time of everybody are nobody's.
      if (contents_[i].filled > 0) out[i].meaning = one(i);
    }
    return out;
  }

 private:
  HeaderWord one(std::size_t i) {
    const Content& content = contents_[i];
    if (content.is_time_like()) {
      ++laps_;
      HeaderWord out = role_of(Column::Lap);
      out.point = NamedPoint{{"lap-" + std::to_string(laps_), "", std::nullopt}, false};
      return out;
    }
    if (content.mostly(content.sexes)) return role_of(Column::Sex);
    if (content.wholes == content.filled) return number(i);
    if (content.distinct == 1 && content.rows > 2) return left_out("the same in every row");
    if (content.mostly(content.texts)) return text(content);
    return left_out("not known");
  }

  HeaderWord number(std::size_t i) {
    const Content& content = contents_[i];
    if (counts_laps(i)) return role_of(Column::LapCount);
    const bool mostly_counts = (content.steps_by_one + 1) * 10 >= content.rows * 8;
    if (mostly_counts && !std::exchange(has_place_, true)) return role_of(Column::PlaceOverall);
    if (content.distinct == content.filled && !std::exchange(has_bib_, true)) {
      return text_role(Text::Bib);
    }
    if (content.mostly(content.ages) && !std::exchange(has_age_, true)) return role_of(Column::Age);
    return left_out("not known");
  }

  HeaderWord text(const Content& content) {
    const bool repeats = content.distinct * 2 <= content.filled;
    if (content.mostly(content.country_codes) && !std::exchange(has_country_, true)) {
      return text_role(Text::Country);
    }
    // Names are of several words and hardly two are the same.
    if (content.mostly(content.several_words) && content.distinct * 10 >= content.filled * 9 &&
        !std::exchange(has_name_, true)) {
      return text_role(Text::Name);
    }
    if (repeats && has_name_ && !std::exchange(has_country_, true)) return text_role(Text::Country);
    if (has_name_ && !std::exchange(has_club_, true)) return text_role(Text::Club);
    return left_out("not known");
  }

  /// True where the column has in every row the number of filled times behind it.
  [[nodiscard]] bool counts_laps(std::size_t column) const {
    for (std::size_t row = 0; row < table_.rows(); ++row) {
      std::int64_t laps = 0;
      for (std::size_t i = column + 1; i < table_.width(); ++i) {
        const CellForm form = form_of(table_.cell(row, i));
        laps += form == CellForm::Clock || form == CellForm::MinSec ? 1 : 0;
      }
      const CellTime count = read_cell_time(table_.cell(row, column));
      if (laps == 0 || count.value != laps * 1'000'000) return false;
    }
    return true;
  }

  const ResultsTable& table_;
  std::vector<Content> contents_;
  int laps_ = 0;
  bool has_place_ = false;
  bool has_bib_ = false;
  bool has_age_ = false;
  bool has_country_ = false;
  bool has_name_ = false;
  bool has_club_ = false;
};

/// Each role that may stand once stays with the first column that has it.
void settle_repeats(std::vector<ColumnRole>& roles) {
  std::set<std::tuple<Column, int, std::string>> seen;
  for (ColumnRole& role : roles) {
    HeaderWord& word = role.meaning;
    if (word.column == Column::LeftOut) continue;
    int detail = 0;
    if (word.column == Column::Text) detail = static_cast<int>(word.text);
    if (word.column == Column::Finish) detail = static_cast<int>(word.clock);
    const std::string id = word.point ? word.point->point.id : "";
    if (seen.emplace(word.column, detail, id).second) continue;
    const bool is_checkpoint =
        word.column == Column::Split && word.point && !word.point->point.distance;
    if (!is_checkpoint) {
      word = left_out("a second column for " + name_of(word));
      continue;
    }
    // A checkpoint passed twice has two columns of one name.
    int number = 2;
    while (!seen.emplace(word.column, detail, id + "-" + std::to_string(number)).second) ++number;
    word.point->point.id = id + "-" + std::to_string(number);
  }
}

bool has_time(const std::vector<ColumnRole>& roles) {
  return std::any_of(roles.begin(), roles.end(), [](const ColumnRole& role) {
    const Column column = role.meaning.column;
    return column == Column::Finish || column == Column::Split || column == Column::Lap ||
           column == Column::PointTime || column == Column::SplitTimeOfDay;
  });
}

base::Result<void> apply_map(const ResultsTable& table, const ResultsMap& map,
                             std::vector<ColumnRole>& roles) {
  for (const ResultsMap::Column& told : map.columns) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < roles.size(); ++i) {
      const bool by_name = !table.header().empty() && table.header()[i] == told.header;
      if (by_name || told.header == "#" + std::to_string(i + 1)) found.push_back(i);
    }
    if (found.size() != 1) {
      return base::fail(base::ErrorCode::InvalidInput,
                        "found the column " + quoted(told.header) + ", which " + table.file() +
                            (found.empty() ? " does not have" : " has more than once") +
                            "; expected one of its headers, or \"#3\" for the third column",
                        told.place);
    }
    roles[found.front()] = {told.meaning, Sureness::Told};
  }
  return {};
}

}  // namespace

base::Result<RecognisedColumns> recognise_columns(const ResultsTable& table,
                                                  const ResultsMap& map) {
  RecognisedColumns out;
  if (table.header().empty()) {
    out.roles = HeaderlessColumns(table).recognise();
  } else {
    for (std::size_t i = 0; i < table.width(); ++i) {
      const std::string& header = table.header()[i];
      const Content content = survey(table, i);
      ColumnRole role;
      if (auto word = agreed(header_word(header), content)) {
        role.meaning = std::move(*word);
        role.sureness = content.filled == 0 ? Sureness::Likely : Sureness::Sure;
      } else {
        role.meaning = by_content(header, content);
        role.sureness = Sureness::Likely;
      }
      out.roles.push_back(std::move(role));
    }
  }
  HS_TRY_VOID(apply_map(table, map, out.roles));
  const auto has = [&](Column column) {
    return std::any_of(out.roles.begin(), out.roles.end(),
                       [&](const ColumnRole& role) { return role.meaning.column == column; });
  };
  // A column of points and one of times, and no point that heads a column: a row a point.
  if (has(Column::PointName) && !has(Column::Split)) {
    out.layout = ResultsLayout::RowPerPoint;
    for (ColumnRole& role : out.roles) {
      if (role.meaning.column == Column::Finish) role.meaning.column = Column::PointTime;
    }
  } else {
    for (ColumnRole& role : out.roles) {
      const Column column = role.meaning.column;
      if (column == Column::PointName || column == Column::PointTimeOfDay) {
        role.meaning = left_out("not known");
      }
    }
  }
  settle_repeats(out.roles);
  if (has_time(out.roles)) return out;
  std::vector<std::string_view> headers(table.header().begin(), table.header().end());
  return base::fail(base::ErrorCode::InvalidInput,
                    "found no column with times" +
                        (headers.empty() ? "" : " (the columns are " + joined(headers) + ")") +
                        ", expected finishing times or splits; --map can name them",
                    base::Place{table.file(), 1, 1});
}

const char* name_of(Sureness sureness) {
  switch (sureness) {
    case Sureness::Told:
      return "told";
    case Sureness::Sure:
      return "sure";
    case Sureness::Likely:
      return "likely";
  }
  return "";
}

std::string name_of(const HeaderWord& meaning) {
  const std::string point = meaning.point ? " " + meaning.point->point.id : "";
  switch (meaning.column) {
    case Column::LeftOut:
      return "left out: " + meaning.why_left_out;
    case Column::Text:
      return model::name_of(meaning.text);
    case Column::Sex:
      return "sex";
    case Column::Age:
      return "age";
    case Column::BirthYear:
      return "year of birth";
    case Column::Mode:
      return "mode";
    case Column::Status:
      return "status";
    case Column::PlaceOverall:
      return "place overall";
    case Column::PlaceSex:
      return "place in sex";
    case Column::PlaceDivision:
      return "place in division";
    case Column::AgeGrade:
      return "age grade";
    case Column::LapCount:
      return "number of laps";
    case Column::Finish:
      return std::string(model::name_of(meaning.clock)) + " time";
    case Column::StartTimeOfDay:
      return "time of day at the start";
    case Column::Split:
      return "split" + point;
    case Column::SplitTimeOfDay:
      return "time of day" + point;
    case Column::Lap:
      return point.empty() ? "lap" : point.substr(1);
    case Column::Key:
      return "key";
    case Column::PointName:
      return "name of the point";
    case Column::PointTime:
      return "split at the point";
    case Column::PointTimeOfDay:
      return "time of day at the point";
  }
  return "";
}

}  // namespace hs::formats
