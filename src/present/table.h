#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "present/colour.h"
#include "present/display_width.h"

namespace hs::present {

/// The most columns any text for a terminal takes.
inline constexpr std::size_t kTerminalWidth = 100;

/// Rows of cells, aligned by what they take on a terminal. The last column takes what room is
/// left: text that is longer goes on in the next line. Other columns are cut at their own width.
class Table {
 public:
  struct Column {
    std::string head;
    Align align = Align::Left;
    std::size_t width_max = kTerminalWidth;
  };
  struct Cell {
    std::string text;
    Ink ink = Ink::Plain;
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// A row with a cell for each column (checked).
  void add(std::vector<Cell> row);
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  /// Lines with line ends, `indent` blanks before each; a head line unless all heads are empty.
  [[nodiscard]] std::string text(std::size_t indent, Colour colour) const;

 private:
  [[nodiscard]] std::vector<std::size_t> widths(std::size_t room) const;
  void append_row(std::string& out, const std::vector<Cell>& row,
                  const std::vector<std::size_t>& widths, std::size_t indent, Colour colour) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

/// `text` broken into lines of at most 100 columns, `indent` blanks before each, the first of them
/// `first_indent`; with line ends.
[[nodiscard]] std::string paragraph(std::string_view text, std::size_t first_indent,
                                    std::size_t indent);

}  // namespace hs::present
