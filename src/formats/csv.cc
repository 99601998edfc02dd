#include "formats/csv.h"

#include <array>
#include <utility>

// Implementation notes: one pass, no look-ahead beyond a character. The position moves only
// through `step` and `take_line_end`, so that line and column are always right.
//
// A row may span 64 lines and no more. A forgotten closing quote is then found where it was
// forgotten instead of at the end of the file, and going on after such a fault costs no more than
// 64 looks at a byte, where re-reading to the end from every line would be quadratic.

namespace hs::formats {
namespace {

constexpr int kMostLinesOfARow = 64;
constexpr std::array<char, 4> kSeparators = {',', ';', '\t', '|'};
constexpr std::string_view kNoBreakBlank = "\xC2\xA0";
constexpr std::string_view kZeroWidthMark = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }
bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

bool is_empty(const CsvRow& row) {
  for (const CsvCell& cell : row.cells) {
    if (!trimmed(cell.text).empty()) return false;
  }
  return true;
}

/// The first line that holds more than blanks, without its end.
std::string_view first_line(std::string_view text) {
  while (!text.empty()) {
    std::size_t end = 0;
    while (end < text.size() && !is_line_end(text[end])) ++end;
    const std::string_view line = text.substr(0, end);
    if (!trimmed(line).empty()) return line;
    text.remove_prefix(end < text.size() ? end + 1 : end);
  }
  return {};
}

}  // namespace

CsvDialect recognise_dialect(std::string_view utf8) {
  const std::string_view line = first_line(utf8);
  if (line.size() == 5 && line.substr(0, 4) == "sep=") return CsvDialect{line[4], true};
  CsvDialect best;
  std::size_t most = 0;
  for (const char separator : kSeparators) {
    std::size_t count = 0;
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') quoted = !quoted;
      if (c == separator && !quoted) ++count;
    }
    if (count > most) {
      most = count;
      best.separator = separator;
    }
  }
  return best;
}

std::string separator_name(char separator) {
  switch (separator) {
    case ',':
      return "comma";
    case ';':
      return "semicolon";
    case '\t':
      return "tab";
    case '|':
      return "bar";
    default:
      return std::string("'") + separator + "'";
  }
}

std::string_view trimmed(std::string_view text) {
  // Most cells have nothing to cut: printable ASCII at both ends.
  const auto is_plain = [](char c) { return c > ' ' && c < '\x7f'; };
  if (text.empty() || (is_plain(text.front()) && is_plain(text.back()))) return text;
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view blank :
         {std::string_view(" "), std::string_view("\t"), kNoBreakBlank, kZeroWidthMark}) {
      if (text.substr(0, blank.size()) == blank) {
        text.remove_prefix(blank.size());
        cut = true;
      }
      if (text.size() >= blank.size() && text.substr(text.size() - blank.size()) == blank) {
        text.remove_suffix(blank.size());
        cut = true;
      }
    }
  }
  return text;
}

CsvReader::CsvReader(std::string_view utf8, CsvDialect dialect, std::string file)
    : text_(utf8), dialect_(dialect), file_(std::move(file)) {
  if (!dialect_.separator_line) return;
  while (at_ < text_.size() && text_.substr(at_, 4) != "sep=") {
    at_line_end() ? take_line_end() : step();
  }
  while (at_ < text_.size() && !at_line_end()) step();
  if (at_ < text_.size()) take_line_end();
}

bool CsvReader::at_line_end() const { return at_ < text_.size() && is_line_end(text_[at_]); }

void CsvReader::take_line_end() {
  const bool pair = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
  at_ += pair ? 2 : 1;
  ++line_;
  column_ = 1;
}

void CsvReader::step() {
  ++at_;
  if (at_ >= text_.size() || !continues_character(text_[at_])) ++column_;
}

void CsvReader::skip_blanks() {
  while (at_ < text_.size() && is_blank(text_[at_]) && text_[at_] != dialect_.separator) step();
}

void CsvReader::read_bare(CsvCell& cell) {
  const std::size_t begin = at_;
  while (at_ < text_.size() && !at_line_end() && text_[at_] != dialect_.separator) step();
  cell.text.assign(text_.substr(begin, at_ - begin));
}

base::Result<void> CsvReader::read_quoted(CsvCell& cell, int first_line_of_row) {
  cell.quoted = true;
  step();
  while (true) {
    if (at_ >= text_.size() || line_ - first_line_of_row >= kMostLinesOfARow) {
      return base::fail(base::ErrorCode::InvalidInput,
                        "found a quote that is not closed, expected a closing quote",
                        base::Place{file_, cell.line, cell.column});
    }
    if (at_line_end()) {
      cell.text.push_back('\n');
      take_line_end();
    } else if (text_[at_] != '"') {
      cell.text.push_back(text_[at_]);
      step();
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      cell.text.push_back('"');
      step();
      step();
    } else {
      step();
      break;
    }
  }
  skip_blanks();
  if (at_ < text_.size() && !at_line_end() && text_[at_] != dialect_.separator) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found text behind a closing quote, expected the " +
                          separator_name(dialect_.separator) + " or the end of the line",
                      base::Place{file_, line_, column_});
  }
  return {};
}

base::Result<void> CsvReader::read_row(CsvRow& row) {
  row.line = line_;
  std::size_t count = 0;
  while (true) {
    if (count == row.cells.size()) row.cells.emplace_back();
    CsvCell& cell = row.cells[count++];
    cell.text.clear();
    cell.quoted = false;
    const auto [at, column] = std::pair(at_, column_);
    skip_blanks();
    cell.line = line_;
    cell.column = column_;
    if (at_ < text_.size() && text_[at_] == '"' && dialect_.separator != '"') {
      HS_TRY_VOID(read_quoted(cell, row.line));
    } else {
      at_ = at;
      column_ = column;
      read_bare(cell);
    }
    if (at_ >= text_.size() || at_line_end()) break;
    step();
  }
  row.cells.resize(count);
  if (at_ < text_.size()) take_line_end();
  return {};
}

void CsvReader::resume_behind_line(std::size_t begin, int line) {
  at_ = begin;
  line_ = line;
  column_ = 1;
  while (at_ < text_.size() && !at_line_end()) step();
  if (at_ < text_.size()) take_line_end();
}

base::Result<bool> CsvReader::next(CsvRow& row) {
  while (at_ < text_.size()) {
    const std::size_t begin = at_;
    const int line = line_;
    if (auto done = read_row(row); !done) {
      resume_behind_line(begin, line);
      return tl::make_unexpected(std::move(done).error());
    }
    if (!is_empty(row)) return true;
  }
  row.cells.clear();
  return false;
}

}  // namespace hs::formats
