#pragma once

#include <string>
#include <string_view>

namespace hs::present {

/// Appends a text cell: a leading `'` where a spreadsheet would run it, quotes where RFC 4180
/// wants them. Neutralised are cells whose first character that is no blank, byte order mark or
/// control is one of = + - @ (or its full-width twin), and those that begin with tab, CR or LF.
void append_text_cell(std::string& out, std::string_view text);

/// The text of such a cell with that `'`, without quotes: for spreadsheets that are no CSV.
[[nodiscard]] std::string guarded_text(std::string_view text);

/// Appends a cell made by the program (a number, a time, an id of ours): quoted where needed,
/// never changed, so that a negative offset stays a number.
void append_plain_cell(std::string& out, std::string_view text);

/// A row of cells, commas and the line end put in between.
class CsvRow {
 public:
  explicit CsvRow(std::string& out) : out_(out) {}
  CsvRow& text(std::string_view cell);
  CsvRow& plain(std::string_view cell);
  void end();

 private:
  void separate();
  std::string& out_;
  bool first_ = true;
};

}  // namespace hs::present
