#include "present/csv_cell.h"

#include <array>
#include <cstddef>

// Implementation notes: a spreadsheet decides by the first character that it does not skip, and
// programs skip different things, so everything that any of them skips is looked through. Cells
// with a semicolon or a tab are quoted too: opened where those separate columns, the rest of such
// a cell would else become a cell of its own, and that one could begin with "=".

namespace hs::present {
namespace {

/// Invisible characters that some program skips before it looks for a formula.
constexpr std::array<std::string_view, 4> kSkipped = {"\xC2\xA0",       // no-break space
                                                      "\xE2\x80\x8B",   // zero-width space
                                                      "\xE3\x80\x80",   // ideographic space
                                                      "\xEF\xBB\xBF"};  // byte order mark

/// The full-width forms of = + - @, which some programs fold to the plain ones.
constexpr std::array<std::string_view, 4> kFullWidth = {"\xEF\xBC\x9D", "\xEF\xBC\x8B",
                                                        "\xEF\xBC\x8D", "\xEF\xBC\xA0"};

std::size_t skipped_at(std::string_view text) {
  if (text.empty()) return 0;
  if (static_cast<unsigned char>(text[0]) <= 0x20) return 1;
  for (const std::string_view skipped : kSkipped) {
    if (text.substr(0, skipped.size()) == skipped) return skipped.size();
  }
  return 0;
}

bool is_run_by_spreadsheets(std::string_view text) {
  if (!text.empty() && (text[0] == '\t' || text[0] == '\r' || text[0] == '\n')) return true;
  while (const std::size_t skipped = skipped_at(text)) text.remove_prefix(skipped);
  if (text.empty()) return false;
  if (text[0] == '=' || text[0] == '+' || text[0] == '-' || text[0] == '@') return true;
  for (const std::string_view sign : kFullWidth) {
    if (text.substr(0, sign.size()) == sign) return true;
  }
  return false;
}

void append_quoted(std::string& out, std::string_view prefix, std::string_view text) {
  out += '"';
  out += prefix;
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

void append_text_cell(std::string& out, std::string_view text) {
  const std::string_view prefix = is_run_by_spreadsheets(text) ? "'" : "";
  if (text.find_first_of(",\"\r\n;\t") != std::string_view::npos) {
    append_quoted(out, prefix, text);
    return;
  }
  out += prefix;
  out += text;
}

std::string guarded_text(std::string_view text) {
  return (is_run_by_spreadsheets(text) ? "'" : "") + std::string(text);
}

void append_plain_cell(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") != std::string_view::npos) {
    append_quoted(out, "", text);
    return;
  }
  out += text;
}

void CsvRow::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

CsvRow& CsvRow::text(std::string_view cell) {
  separate();
  append_text_cell(out_, cell);
  return *this;
}

CsvRow& CsvRow::plain(std::string_view cell) {
  separate();
  append_plain_cell(out_, cell);
  return *this;
}

void CsvRow::end() {
  out_ += '\n';
  first_ = true;
}

}  // namespace hs::present
