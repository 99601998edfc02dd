#include "model/ids.h"

#include <algorithm>

namespace hs::model {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_printable(char c) { return c > ' ' && c < '\x7f'; }

/// Takes the run of digits at the front of `text`, without leading zeros.
std::string_view take_number(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  std::string_view number = text.substr(0, end);
  text.remove_prefix(end);
  while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
  return number;
}

}  // namespace

std::strong_ordering natural_order(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (is_digit(a.front()) && is_digit(b.front())) {
      const std::string_view left = take_number(a);
      const std::string_view right = take_number(b);
      if (left.size() != right.size()) return left.size() <=> right.size();
      if (const auto order = left <=> right; order != 0) return order;
    } else {
      if (a.front() != b.front()) return a.front() <=> b.front();
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  return a.size() <=> b.size();
}

std::strong_ordering operator<=>(const BibNumber& a, const BibNumber& b) {
  if (const auto order = natural_order(a.view(), b.view()); order != 0) return order;
  return a.view() <=> b.view();
}

base::Result<BibNumber> BibNumber::parse(std::string_view text) {
  const bool fits =
      !text.empty() && text.size() <= 12 &&
      std::all_of(text.begin(), text.end(), [](char c) { return is_printable(c) && c != ','; });
  if (!fits) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found the bib '" + std::string(text.substr(0, 40)) +
                          "', expected 1 to 12 printable ASCII characters without comma or space");
  }
  return BibNumber(text);
}

base::Result<TagCode> TagCode::parse(std::string_view text) {
  const bool fits =
      !text.empty() && text.size() <= 47 && std::all_of(text.begin(), text.end(), is_printable);
  if (!fits) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found the chip code '" + std::string(text.substr(0, 60)) +
                          "', expected 1 to 47 printable ASCII characters");
  }
  if (std::all_of(text.begin(), text.end(), is_digit)) text = take_number(text);
  return TagCode(text);
}

}  // namespace hs::model
