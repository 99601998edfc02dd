#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "formats/questions.h"

namespace hs::formats {

/// A table of texts with the place of each cell in its file: compact, since results come by the
/// hundred thousand.
class ResultsTable {
 public:
  /// A cell's text, trimmed. `row` and `column` from 0, below `rows()` and `width()`.
  [[nodiscard]] std::string_view cell(std::size_t row, std::size_t column) const {
    const Cell& at = cells_[row * width_ + column];
    return std::string_view(bytes_).substr(at.begin, at.size);
  }
  [[nodiscard]] base::Place place(std::size_t row, std::size_t column) const;
  [[nodiscard]] int line(std::size_t row) const { return lines_[row]; }
  [[nodiscard]] std::size_t rows() const { return lines_.size(); }
  [[nodiscard]] std::size_t width() const { return width_; }
  /// The header cells, `width()` of them; none where the file has no header.
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] const std::string& file() const { return file_; }

  /// An empty table with this header.
  ResultsTable(std::string file, std::vector<std::string> header, std::size_t width)
      : header_(std::move(header)), file_(std::move(file)), width_(width) {}

  /// Puts a cell behind the last; a row is full when it has `width()` cells.
  void add_cell(std::string_view text, int line, int column);
  /// Ends a row that began on `line`; it has `width()` cells (checked).
  void end_row(int line);

  /// Leaves out the rows that equal an earlier one in every cell, and gives their lines.
  [[nodiscard]] std::vector<int> drop_repeated();

 private:
  struct Cell {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    std::int32_t line = 0;
    std::int32_t column = 0;
  };
  std::vector<std::string> header_;
  std::string file_;
  std::size_t width_;
  std::string bytes_;
  std::vector<Cell> cells_;
  std::vector<int> lines_;
};

/// A table as read, and how it was written.
struct ReadTable {
  ResultsTable table;
  std::string dialect;  ///< "UTF-8, comma between cells".
};

/// Reads the cells of a results file: encoding, separator, titles above the header, and whether
/// there is a header at all (a first row with a time in it is none).
///
/// Errors: InvalidInput with the place: broken encoding or quotes, control characters, no rows, a
///         row with fewer cells than the header, or more that are not blank.
/// Cost:   O(bytes); 16 bytes a cell besides its text.
[[nodiscard]] base::Result<ReadTable> read_results_table(std::string_view bytes,
                                                         const std::string& file,
                                                         Questions& questions);

}  // namespace hs::formats
