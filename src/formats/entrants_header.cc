#include "formats/entrants_header.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "formats/config_reader.h"
#include "formats/text_encoding.h"

namespace hs::formats {
namespace {

using Column = EntryColumn;

constexpr std::size_t kLongestName = 200;    // Characters.
constexpr std::size_t kLongestCell = 4'000;  // Characters; notes and the runner's own words.

/// Columns that may come twice without harm: the first counts, the other is kept as an extra.
bool may_repeat(Column column) {
  return column == Column::Club || column == Column::Team || column == Column::Group ||
         column == Column::City || column == Column::State || column == Column::Country ||
         column == Column::Note || column == Column::Cause;
}

}  // namespace

std::optional<std::size_t> EntrantsHeader::find(Column column) const {
  const auto at = std::find(columns.begin(), columns.end(), column);
  if (at == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(at - columns.begin());
}

tl::unexpected<base::Error> refuse_cell(const std::string& file, const CsvCell& cell,
                                        const std::string& found, const std::string& expected) {
  return base::fail(base::ErrorCode::InvalidInput, "found " + found + ", expected " + expected,
                    base::Place{file, cell.line, cell.column});
}

base::Result<std::string> clean_cell(const CsvCell& cell, Column column, const std::string& file,
                                     Questions& questions) {
  std::string text(trimmed(cell.text));
  bool has_line_end = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n' || byte == '\t') {
      has_line_end = has_line_end || byte == '\n';
      text[i] = ' ';
    }
    // U+0080 to U+009F are the bytes C2 80 to C2 9F: control characters too.
    const bool high =
        byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F || high) {
      CsvCell at = cell;
      if (!has_line_end) {
        at.column += static_cast<int>(cell.quoted ? 1 : 0) +
                     static_cast<int>(count_characters(std::string_view(text).substr(0, i)));
      }
      return refuse_cell(file, at, "a control character in " + quoted(text), "text");
    }
  }
  if (has_line_end) {
    questions.ask(
        "line end", cell.line,
        "a cell goes over several lines: " + quoted(text) + "; the line end is taken as a blank");
  }
  const bool is_name =
      column == Column::Name || column == Column::FirstName || column == Column::LastName;
  const std::size_t most = is_name ? kLongestName : kLongestCell;
  if (text.size() > most && count_characters(text) > most) {
    return refuse_cell(file, cell,
                       "a text of " + std::to_string(count_characters(text)) + " characters",
                       "at most " + std::to_string(most));
  }
  return text;
}

base::Result<EntrantsHeader> read_header(const CsvRow& row, const model::Event& event,
                                         const std::string& file, Questions& questions) {
  EntrantsHeader header;
  for (const CsvCell& cell : row.cells) {
    Column column = column_of(cell.text);
    const auto before = column == Column::Extra ? std::nullopt : header.find(column);
    HS_TRY(std::string name, clean_cell(cell, Column::Extra, file, questions));
    if (before && column != Column::Chips) {
      if (!may_repeat(column)) {
        return refuse_cell(file, cell,
                           "the column " + quoted(name) + ", which says the same as " +
                               quoted(header.names[*before]),
                           "one of the two");
      }
      questions.ask("column " + name, cell.line,
                    "the column " + quoted(name) + " comes twice; the first is used");
      column = Column::Extra;
    }
    if (name.empty()) name = "column " + std::to_string(header.columns.size() + 1);
    header.columns.push_back(column);
    header.names.push_back(std::move(name));
  }
  if (!header.find(Column::Bib)) {
    const std::vector<std::string_view> names(header.names.begin(), header.names.end());
    return refuse_cell(file, row.cells.front(),
                       "no column for the bib among " + quoted(joined(names)),
                       "a header row with a column 'bib'");
  }
  if (!header.find(Column::Race) && event.races.size() > 1) {
    return refuse_cell(file, row.cells.front(),
                       "no column for the race, and the event has " +
                           std::to_string(event.races.size()) + " races",
                       "a header row with a column 'race'");
  }
  return header;
}

}  // namespace hs::formats
