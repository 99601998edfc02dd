#include "formats/small_table.h"

#include <fast_float/fast_float.h>

#include <charconv>
#include <cmath>

#include "formats/chip_lines.h"
#include "formats/text_encoding.h"

namespace hs::formats {
namespace {

using base::ErrorCode;
using base::Place;

constexpr std::size_t kRowsMax = 10'000;

}  // namespace

base::Result<SmallTable> SmallTable::read(std::string_view bytes, const std::string& file) {
  HS_TRY(const DecodedText text, decode_text(bytes, file));
  CsvReader reader(text.utf8, recognise_dialect(text.utf8), file);
  SmallTable out(file);
  HS_TRY(const bool has_header, reader.next(out.header_));
  if (!has_header) {
    return base::fail(ErrorCode::InvalidInput, "found an empty file, expected a header row",
                      Place{file, 1, 1});
  }
  while (true) {
    CsvRow row;
    HS_TRY(const bool more, reader.next(row));
    if (!more) return out;
    if (row.cells.size() != out.header_.cells.size()) {
      return base::fail(ErrorCode::InvalidInput,
                        "found " + std::to_string(row.cells.size()) + " cells, expected " +
                            std::to_string(out.header_.cells.size()) + " as in the header",
                        Place{file, row.line, 1});
    }
    out.rows_.push_back(std::move(row));
    if (out.rows_.size() > kRowsMax) {
      return base::fail(ErrorCode::InvalidInput,
                        "found more than " + std::to_string(kRowsMax) + " rows, expected a table",
                        Place{file, out.rows_.back().line, 1});
    }
  }
}

base::Result<std::size_t> SmallTable::column(std::string_view head) const {
  std::string known;
  for (std::size_t i = 0; i < header().size(); ++i) {
    const std::string one = lower_case(trimmed(header()[i].text));
    if (one == lower_case(head)) return i;
    known += (known.empty() ? "" : ", ") + one;
  }
  return refuse_all("the columns " + known, "a column '" + std::string(head) + "'");
}

base::Result<double> SmallTable::number(const CsvCell& cell, const std::string& expected) const {
  const std::string_view text = trimmed(cell.text);
  double value = 0;
  const auto [stop, failed] = fast_float::from_chars(text.data(), text.data() + text.size(), value,
                                                     fast_float::chars_format::general);
  if (text.empty() || failed != std::errc() || stop != text.data() + text.size() ||
      !std::isfinite(value)) {
    return refuse(cell, expected);
  }
  return value;
}

base::Result<std::int64_t> SmallTable::whole(const CsvCell& cell, std::int64_t least,
                                             std::int64_t most, const std::string& expected) const {
  const std::string_view text = trimmed(cell.text);
  std::int64_t value = 0;
  const auto [stop, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failed != std::errc() || stop != text.data() + text.size() || value < least ||
      value > most) {
    return refuse(cell, expected);
  }
  return value;
}

tl::unexpected<base::Error> SmallTable::refuse(const CsvCell& cell,
                                               const std::string& expected) const {
  return base::fail(ErrorCode::InvalidInput,
                    "found " + shown(trimmed(cell.text)) + ", expected " + expected,
                    Place{file_, cell.line, cell.column});
}

tl::unexpected<base::Error> SmallTable::refuse_all(const std::string& found,
                                                   const std::string& expected) const {
  return base::fail(ErrorCode::InvalidInput, "found " + found + ", expected " + expected,
                    Place{file_, header_.line, 1});
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace hs::formats
