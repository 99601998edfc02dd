#include "formats/results_table.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "base/check.h"
#include "formats/csv.h"
#include "formats/results_cells.h"
#include "formats/text_encoding.h"

// Implementation notes: the first rows are kept as they come, until it is known how wide the table
// is and which row is its header; all others go straight into the compact table.

namespace hs::formats {
namespace {

using base::ErrorCode;
using base::Place;

constexpr std::size_t kMostTitleRows = 20;
constexpr std::size_t kMostColumns = 2000;

std::size_t filled_cells(const CsvRow& row) {
  return static_cast<std::size_t>(
      std::count_if(row.cells.begin(), row.cells.end(),
                    [](const CsvCell& cell) { return !trimmed(cell.text).empty(); }));
}

/// A header never holds a time; a row of results does.
bool is_header(const CsvRow& row) {
  std::size_t words = 0;
  for (const CsvCell& cell : row.cells) {
    const CellForm form = form_of(trimmed(cell.text));
    if (form == CellForm::Clock || form == CellForm::MinSec || form == CellForm::TimeOfDay) {
      return false;
    }
    if (form == CellForm::Text) ++words;
  }
  return words > 0;
}

/// The row that heads the table: the first that is at least half as full as the fullest of the
/// first rows. What stands above it is a title.
std::size_t header_row(const std::vector<CsvRow>& rows) {
  std::size_t fullest = 0;
  for (const CsvRow& row : rows) fullest = std::max(fullest, filled_cells(row));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (filled_cells(rows[i]) * 2 >= fullest) return i;
  }
  return 0;
}

class TableReader {
 public:
  TableReader(std::string_view utf8, CsvDialect dialect, const std::string& file)
      : reader_(utf8, dialect, file), file_(file) {}

  base::Result<ResultsTable> read(Questions& questions) {
    CsvRow row;
    while (first_.size() <= kMostTitleRows) {
      HS_TRY(const bool more, reader_.next(row));
      if (!more) break;
      first_.push_back(row);
    }
    if (first_.empty()) {
      return base::fail(ErrorCode::InvalidInput, "found no rows, expected results",
                        Place{file_, 1, 1});
    }
    HS_TRY(ResultsTable table, begin(questions));
    for (const CsvRow& kept : first_) HS_TRY_VOID(add(kept, table));
    while (true) {
      HS_TRY(const bool more, reader_.next(row));
      if (!more) break;
      HS_TRY_VOID(add(row, table));
    }
    if (table.rows() > 0) return table;
    return base::fail(ErrorCode::InvalidInput, "found a header and no rows, expected results",
                      Place{file_, 1, 1});
  }

 private:
  /// Finds header and width, and leaves only rows of results in `first_`.
  base::Result<ResultsTable> begin(Questions& questions) {
    const std::size_t at = header_row(first_);
    const CsvRow& head = first_[at];
    has_header_ = is_header(head);
    std::vector<std::string> header;
    std::size_t width = 0;
    if (has_header_) {
      for (const CsvCell& cell : head.cells) header.emplace_back(trimmed(cell.text));
      width = header.size();
    } else {
      for (const CsvRow& row : first_) width = std::max(width, row.cells.size());
    }
    if (width > kMostColumns) {
      return base::fail(ErrorCode::InvalidInput,
                        "found " + std::to_string(width) + " columns, expected at most " +
                            std::to_string(kMostColumns),
                        Place{file_, head.line, 1});
    }
    for (std::size_t i = 0; i < at; ++i) {
      questions.ask("title", first_[i].line, "a title above the table is passed over");
    }
    const auto gone = static_cast<std::ptrdiff_t>(at + (has_header_ ? 1 : 0));
    first_.erase(first_.begin(), first_.begin() + gone);
    return ResultsTable(file_, std::move(header), width);
  }

  base::Result<void> add(const CsvRow& row, ResultsTable& table) {
    const std::size_t width = table.width();
    // Without a header nothing says how many cells a row has: trailing ones may be missing.
    if (row.cells.size() < width && has_header_) {
      return refuse(row.cells.back(), std::to_string(row.cells.size()) + " cells",
                    std::to_string(width) + " as in the header");
    }
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const CsvCell& cell = row.cells[i];
      const std::string_view text = trimmed(cell.text);
      if (i >= width) {
        if (text.empty()) continue;
        return refuse(cell, "more cells than the " + std::to_string(width) + " of the table",
                      "a row as wide as the others");
      }
      for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f) {
          return refuse(cell, "a control character", "text");
        }
      }
      table.add_cell(text, cell.line, cell.column);
    }
    for (std::size_t i = row.cells.size(); i < width; ++i) table.add_cell({}, row.line, 1);
    table.end_row(row.line);
    return {};
  }

  [[nodiscard]] tl::unexpected<base::Error> refuse(const CsvCell& cell, const std::string& found,
                                                   const std::string& expected) const {
    return base::fail(ErrorCode::InvalidInput, "found " + found + ", expected " + expected,
                      Place{file_, cell.line, cell.column});
  }

  CsvReader reader_;
  std::string file_;
  std::vector<CsvRow> first_;
  bool has_header_ = false;
};

}  // namespace

base::Place ResultsTable::place(std::size_t row, std::size_t column) const {
  const Cell& at = cells_[row * width_ + column];
  return {file_, at.line, at.column};
}

void ResultsTable::add_cell(std::string_view text, int line, int column) {
  HS_CHECK(bytes_.size() + text.size() < std::numeric_limits<std::uint32_t>::max(),
           "a results table holds at most 4 GB");
  cells_.push_back({static_cast<std::uint32_t>(bytes_.size()),
                    static_cast<std::uint32_t>(text.size()), line, column});
  bytes_ += text;
}

void ResultsTable::end_row(int line) {
  lines_.push_back(line);
  HS_CHECK(cells_.size() == lines_.size() * width_, "a row has as many cells as the table");
}

std::vector<int> ResultsTable::drop_repeated() {
  std::vector<int> dropped;
  // A row's key: its bytes with the length of each cell, so that "1","23" is not "12","3".
  std::unordered_set<std::string> seen;
  seen.reserve(rows());
  std::string key;
  std::size_t kept = 0;
  for (std::size_t row = 0; row < rows(); ++row) {
    key.clear();
    for (std::size_t i = 0; i < width_; ++i) key.append(cell(row, i)) += '\x1f';
    if (!seen.insert(key).second) {
      dropped.push_back(lines_[row]);
      continue;
    }
    std::copy_n(cells_.begin() + static_cast<std::ptrdiff_t>(row * width_), width_,
                cells_.begin() + static_cast<std::ptrdiff_t>(kept * width_));
    lines_[kept++] = lines_[row];
  }
  lines_.resize(kept);
  cells_.resize(kept * width_);
  return dropped;
}

base::Result<ReadTable> read_results_table(std::string_view bytes, const std::string& file,
                                           Questions& questions) {
  constexpr std::size_t kMostBytes = 2'000'000'000;
  if (bytes.size() > kMostBytes) {
    return base::fail(ErrorCode::Unsupported, "found more than 2 GB, expected a smaller file",
                      Place{file, 0, 0});
  }
  HS_TRY(const DecodedText text, decode_text(bytes, file));
  const CsvDialect dialect = recognise_dialect(text.utf8);
  HS_TRY(ResultsTable table, TableReader(text.utf8, dialect, file).read(questions));
  return ReadTable{std::move(table), std::string(name_of(text.encoding)) + ", " +
                                         separator_name(dialect.separator) + " between cells"};
}

}  // namespace hs::formats
