#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hs::formats {

/// How a table's cells are told apart.
struct CsvDialect {
  char separator = ',';
  /// True where the first line is Excel's "sep=;" and is no row.
  bool separator_line = false;
};

/// The dialect of a table by its first line that is not blank: "sep=X" decides, else whichever of
/// `,` `;` tab `|` stands there most often outside quotes (`,` where none does).
[[nodiscard]] CsvDialect recognise_dialect(std::string_view utf8);

/// "comma", "semicolon", "tab", "bar", else the character itself in quotes.
[[nodiscard]] std::string separator_name(char separator);

/// One cell: its text without the quotes around it, not trimmed, and where it begins.
struct CsvCell {
  std::string text;
  int line = 0;    ///< From 1.
  int column = 0;  ///< From 1, in characters.
  bool quoted = false;
};

struct CsvRow {
  int line = 0;  ///< Where the row begins, from 1.
  std::vector<CsvCell> cells;
};

/// Reads a table row by row (RFC 4180, forgiving: any line end - LF, CRLF, CR -, blanks around
/// quoted cells, a quote inside a bare cell stands for itself).
///
/// Rows whose cells are all empty or blank are passed over. The text must outlive the reader.
/// Cost: O(bytes); a byte is looked at no more than 65 times even in hostile input.
class CsvReader {
 public:
  /// `utf8` is the text behind `decode_text`; `file` goes into the place of errors.
  CsvReader(std::string_view utf8, CsvDialect dialect, std::string file);

  /// Puts the next row into `row` (its memory is used again) and gives true; false at the end.
  ///
  /// Errors: InvalidInput with the place: a quote that is not closed within the 64 lines a row may
  /// span, or text right behind a closing quote. The next call goes on with the line after
  /// the one where the faulty row began, so a caller may report and continue.
  [[nodiscard]] base::Result<bool> next(CsvRow& row);

 private:
  [[nodiscard]] bool at_line_end() const;
  void take_line_end();
  [[nodiscard]] base::Result<void> read_row(CsvRow& row);
  [[nodiscard]] base::Result<void> read_quoted(CsvCell& cell, int first_line);
  void read_bare(CsvCell& cell);
  void skip_blanks();
  void step();
  void resume_behind_line(std::size_t begin, int line);

  std::string_view text_;
  CsvDialect dialect_;
  std::string file_;
  std::size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
};

/// `text` without blanks and tabs (also no-break blanks, U+00A0 and U+FEFF) at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace hs::formats
