#include "present/table.h"

#include <algorithm>

#include "base/check.h"

namespace hs::present {
namespace {

constexpr std::size_t kBetween = 2;     ///< Blanks between columns.
constexpr std::size_t kLastLeast = 12;  ///< Columns that the last one gets in any case.

void trim_right(std::string& line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
}

}  // namespace

void Table::add(std::vector<Cell> row) {
  HS_CHECK(row.size() == columns_.size(), "a table row needs a cell for each column");
  rows_.push_back(std::move(row));
}

std::vector<std::size_t> Table::widths(std::size_t room) const {
  std::vector<std::size_t> out;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t width = display_width(columns_[c].head);
    for (const auto& row : rows_) width = std::max(width, display_width(row[c].text));
    out.push_back(std::min(width, columns_[c].width_max));
  }
  std::size_t before = kBetween * (out.size() - 1);
  for (std::size_t c = 0; c + 1 < out.size(); ++c) before += out[c];
  // The widest columns give way until the last one has room to say anything.
  while (before + kLastLeast > room) {
    const auto widest = std::max_element(out.begin(), out.end() - 1);
    if (widest == out.end() - 1 || *widest <= 1) break;
    --*widest;
    --before;
  }
  out.back() = std::min(out.back(), room > before ? room - before : 1);
  return out;
}

void Table::append_row(std::string& out, const std::vector<Cell>& row,
                       const std::vector<std::size_t>& widths, std::size_t indent,
                       Colour colour) const {
  std::string line(indent, ' ');
  std::size_t before = indent;
  for (std::size_t c = 0; c + 1 < row.size(); ++c) {
    line += inked(padded(row[c].text, widths[c], columns_[c].align), row[c].ink, colour);
    line += std::string(kBetween, ' ');
    before += widths[c] + kBetween;
  }
  const Cell& last = row.back();
  if (columns_.back().align == Align::Right) {
    out += line + inked(padded(last.text, widths.back(), Align::Right), last.ink, colour) + "\n";
    return;
  }
  const std::vector<std::string> lines = wrapped(last.text, widths.back());
  if (!lines.empty()) line += inked(lines.front(), last.ink, colour);
  trim_right(line);
  out += line + "\n";
  for (std::size_t i = 1; i < lines.size(); ++i) {
    out += std::string(before, ' ') + inked(lines[i], last.ink, colour) + "\n";
  }
}

std::string Table::text(std::size_t indent, Colour colour) const {
  const std::vector<std::size_t> width = widths(kTerminalWidth - indent);
  std::string out;
  std::vector<Cell> heads;
  bool any_head = false;
  for (const Column& column : columns_) {
    heads.push_back({column.head, Ink::Faint});
    any_head = any_head || !column.head.empty();
  }
  if (any_head) append_row(out, heads, width, indent, colour);
  for (const auto& row : rows_) append_row(out, row, width, indent, colour);
  return out;
}

std::string paragraph(std::string_view text, std::size_t first_indent, std::size_t indent) {
  // Wrapped to the room of the deeper indent, so that both kinds of line fit.
  const std::size_t deeper = std::max(first_indent, indent);
  std::string out;
  for (const std::string& line : wrapped(text, kTerminalWidth - deeper)) {
    out += std::string(out.empty() ? first_indent : indent, ' ') + line + "\n";
  }
  return out;
}

}  // namespace hs::present
