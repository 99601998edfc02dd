#include "formats/chip_lines.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "formats/text_encoding.h"

namespace hs::formats {
namespace {

constexpr std::size_t kQuotedBytesMax = 40;
constexpr std::size_t kNameBytesMax = 80;
constexpr int kMicrosPerHundredth = 10'000;
constexpr std::int64_t kSecondsPerDay = 86'400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_padding(char c) { return c == ' ' || c == '\t' || c == '\0'; }
bool is_printable(char c) { return c >= ' ' && c < '\x7f'; }

void add_escaped(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += "\\x";
  out += kHex[byte >> 4];
  out += kHex[byte & 0xf];
}

}  // namespace

bool LineSplitter::next(Line& line) {
  if (rest_.empty()) return false;
  // A plain loop: searching for either end alone would be quadratic in a file of the other kind.
  std::size_t end = 0;
  while (end < rest_.size() && rest_[end] != '\n' && rest_[end] != '\r') ++end;
  line.number = ++number_;
  line.ended = end < rest_.size();
  line.text = rest_.substr(0, end);
  if (!line.ended) {
    rest_ = {};
    return true;
  }
  const bool both = rest_[end] == '\r' && end + 1 < rest_.size() && rest_[end + 1] == '\n';
  rest_.remove_prefix(end + (both ? 2 : 1));
  return true;
}

std::string_view without_padding(std::string_view text) {
  while (!text.empty() && is_padding(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_padding(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view field = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return field;
}

std::string shown(std::string_view text) {
  std::string out = "'";
  for (const char c : text.substr(0, kQuotedBytesMax)) {
    if (is_printable(c)) {
      out += c;
    } else {
      add_escaped(out, c);
    }
  }
  return out + (text.size() > kQuotedBytesMax ? "...'" : "'");
}

std::string clean_name(std::string_view text) {
  text = without_padding(text);
  std::string out;
  while (!text.empty() && out.size() < kNameBytesMax) {
    const std::size_t length = utf8_length(text);
    if (is_printable(text.front()) || length > 1) {
      out += text.substr(0, length);
      text.remove_prefix(length);
    } else {
      add_escaped(out, text.front());
      text.remove_prefix(1);
    }
  }
  return out;
}

tl::unexpected<base::Error> unfit_at(std::string_view line, std::string_view field,
                                     std::string message) {
  base::Place place;
  // Pointers into one text; an empty field stands where it was cut off.
  HS_CHECK(field.data() >= line.data() && field.data() <= line.data() + line.size(),
           "a field must be a part of its line");
  place.column = static_cast<int>(field.data() - line.data()) + 1;
  return base::fail(base::ErrorCode::InvalidInput, std::move(message), std::move(place));
}

tl::unexpected<base::Error> unfit(std::string_view line, std::string_view field,
                                  std::string_view expected) {
  return unfit_at(line, field, "found " + shown(field) + ", expected " + std::string(expected));
}

bool read_digits(std::string_view field, int& value) {
  constexpr std::size_t kDigitsMax = 9;
  if (field.empty() || field.size() > kDigitsMax) return false;
  value = 0;
  for (const char c : field) {
    if (!is_digit(c)) return false;
    value = value * 10 + (c - '0');
  }
  return true;
}

std::optional<base::ReaderTime> reader_time(const DialParts& parts) {
  const base::Date date{parts.year, parts.month, parts.day};
  const bool in_range = parts.year >= 1900 && parts.year <= 9999 && parts.month >= 1 &&
                        parts.month <= 12 && parts.day >= 1 && parts.day <= 31 && parts.hour >= 0 &&
                        parts.hour <= 23 && parts.minute >= 0 && parts.minute <= 59 &&
                        parts.second >= 0 && parts.second <= 59 && parts.hundredths >= 0 &&
                        parts.hundredths <= 99;
  if (!in_range) return std::nullopt;
  const std::int64_t days = base::days_from_epoch(date);
  if (base::date_from_days(days) != date) return std::nullopt;  // 31 April and its like.
  const std::int64_t seconds =
      days * kSecondsPerDay + parts.hour * 3600 + parts.minute * 60 + parts.second;
  return base::ReaderTime(std::chrono::seconds(seconds) +
                          std::chrono::microseconds(parts.hundredths * kMicrosPerHundredth));
}

std::optional<base::ReaderTime> read_compact_time(std::string_view digits, int hundredths) {
  constexpr std::size_t kPairs = 6;
  if (digits.size() != 2 * kPairs) return std::nullopt;
  std::array<int, kPairs> pairs{};
  for (std::size_t i = 0; i < kPairs; ++i) {
    if (!read_digits(digits.substr(2 * i, 2), pairs[i])) return std::nullopt;
  }
  return reader_time({.year = full_year(pairs[0]),
                      .month = pairs[1],
                      .day = pairs[2],
                      .hour = pairs[3],
                      .minute = pairs[4],
                      .second = pairs[5],
                      .hundredths = hundredths});
}

int full_year(int two_digits) { return two_digits >= 80 ? 1900 + two_digits : 2000 + two_digits; }

std::optional<std::chrono::microseconds> read_hundredths(std::string_view field) {
  constexpr std::size_t kSecondDigitsMax = 11;  // The year 5138; keeps microseconds in 64 bits.
  const std::size_t point = field.find('.');
  if (point == std::string_view::npos || point == 0 || point > kSecondDigitsMax) {
    return std::nullopt;
  }
  const std::string_view fraction = field.substr(point + 1);
  std::int64_t seconds = 0;
  int hundredths = 0;
  if (!is_digit(field.front()) || !read_number(field.substr(0, point), seconds) ||
      fraction.size() > 2 || !read_digits(fraction, hundredths)) {
    return std::nullopt;
  }
  if (fraction.size() == 1) hundredths *= 10;
  return std::chrono::seconds(seconds) +
         std::chrono::microseconds(hundredths * kMicrosPerHundredth);
}

}  // namespace hs::formats
