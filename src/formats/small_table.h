#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "formats/csv.h"

namespace hs::formats {

/// A table with a header that is small enough to be held as a whole, read strictly: every row as
/// long as the header, every mistake with its place. For tables of rules, not for people's lists.
class SmallTable {
 public:
  /// Errors: InvalidInput with the place: no header, a row longer or shorter than the header,
  ///         more than 10,000 rows, and what `CsvReader` and `decode_text` refuse.
  [[nodiscard]] static base::Result<SmallTable> read(std::string_view bytes,
                                                     const std::string& file);

  [[nodiscard]] const std::vector<CsvCell>& header() const { return header_.cells; }
  [[nodiscard]] const std::vector<CsvRow>& rows() const { return rows_; }

  /// The column whose head is that, whatever its case. Errors: InvalidInput naming the heads.
  [[nodiscard]] base::Result<std::size_t> column(std::string_view head) const;

  /// The cell as a decimal number. Errors: InvalidInput, expecting `expected`.
  [[nodiscard]] base::Result<double> number(const CsvCell& cell, const std::string& expected) const;
  /// The cell as a whole number from `least` to `most`. Errors: InvalidInput.
  [[nodiscard]] base::Result<std::int64_t> whole(const CsvCell& cell, std::int64_t least,
                                                 std::int64_t most,
                                                 const std::string& expected) const;
  /// "found 'cell', expected ..." at the cell.
  [[nodiscard]] tl::unexpected<base::Error> refuse(const CsvCell& cell,
                                                   const std::string& expected) const;
  /// The same of the table as a whole.
  [[nodiscard]] tl::unexpected<base::Error> refuse_all(const std::string& found,
                                                       const std::string& expected) const;

 private:
  explicit SmallTable(std::string file) : file_(std::move(file)) {}
  std::string file_;
  CsvRow header_;
  std::vector<CsvRow> rows_;
};

/// ASCII letters as small ones.
[[nodiscard]] std::string lower_case(std::string_view text);

}  // namespace hs::formats
