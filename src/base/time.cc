#include "base/time.h"

#include <array>
#include <cstdio>
#include <cstdlib>

// Implementation notes: civil dates use the proleptic Gregorian calendar with integer arithmetic
// only (years shifted to begin in March, so that the leap day is the last of the year). No time
// zone tables here: an offset is always given by the caller.

namespace hs::base {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kMicrosPerDay = kSecondsPerDay * kMicrosPerSecond;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  const std::int64_t q = a / b;
  return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q;
}

std::int64_t unit_of(Rounding rounding) {
  switch (rounding) {
    case Rounding::None:
      return 1;
    case Rounding::UpToSecond:
      return kMicrosPerSecond;
    case Rounding::UpToTenth:
      return kMicrosPerSecond / 10;
    case Rounding::UpToHundredth:
      return kMicrosPerSecond / 100;
  }
  return 1;
}

/// Reads digits from `text` at `at`, moving it. False when there is none or more than `most`.
bool read_digits(std::string_view text, std::size_t& at, std::size_t least, std::size_t most,
                 std::int64_t& value) {
  const std::size_t begin = at;
  value = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    if (at - begin == most) return false;
    value = value * 10 + (text[at] - '0');
    ++at;
  }
  return at - begin >= least;
}

/// Reads ".ffffff" if present, as microseconds. False for an empty or too long fraction.
bool read_fraction(std::string_view text, std::size_t& at, std::int64_t& micros) {
  micros = 0;
  if (at >= text.size() || text[at] != '.') return true;
  const std::size_t begin = ++at;
  if (!read_digits(text, at, 1, 6, micros)) return false;
  for (std::size_t i = at - begin; i < 6; ++i) micros *= 10;
  return true;
}

tl::unexpected<Error> bad_input(std::string_view found, const char* expected) {
  return fail(ErrorCode::InvalidInput,
              "found '" + std::string(found.substr(0, 40)) + "', expected " + expected);
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && is_leap(year)) return 29;
  return kDays[static_cast<std::size_t>(month - 1)];
}

std::string two_digits(std::int64_t value) {
  std::string out = std::to_string(value);
  return out.size() < 2 ? "0" + out : out;
}

/// ".ffffff" with at least `least` and at most `most` digits; trailing zeros cut.
std::string fraction_text(std::int64_t micros, std::size_t least, std::size_t most) {
  std::string digits = std::to_string(micros + kMicrosPerSecond).substr(1, most);
  while (digits.size() > least && digits.back() == '0') digits.pop_back();
  return digits.empty() ? std::string() : "." + digits;
}

}  // namespace

Duration round_up(Duration value, Rounding rounding) {
  const std::int64_t unit = unit_of(rounding);
  return Duration(-floor_div(-value.count(), unit) * unit);
}

std::string format_h_mm_ss_mmm(Duration value) {
  const std::int64_t total = std::abs(value.count());
  const std::int64_t seconds = total / kMicrosPerSecond;
  std::string out = value.count() < 0 ? "-" : "";
  out += std::to_string(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" +
         two_digits(seconds % 60);
  return out + fraction_text(total % kMicrosPerSecond, 3, 3);
}

std::string format_official(Duration value, Rounding rounding) {
  std::string full = format_h_mm_ss_mmm(value);
  switch (rounding) {
    case Rounding::None:
      return full;
    case Rounding::UpToSecond:
      return full.substr(0, full.size() - 4);
    case Rounding::UpToTenth:
      return full.substr(0, full.size() - 2);
    case Rounding::UpToHundredth:
      return full.substr(0, full.size() - 1);
  }
  return full;
}

Result<Duration> parse_duration(std::string_view text) {
  constexpr const char* kExpected = "a time such as 1:02:03, 02:03.5 or 63";
  std::size_t at = 0;
  bool negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) negative = text[at++] == '-';
  std::int64_t total = 0;
  for (int part = 0;; ++part) {
    std::int64_t value = 0;
    if (part > 2 || !read_digits(text, at, 1, 6, value)) return bad_input(text, kExpected);
    if (part > 0 && value >= 60) return bad_input(text, kExpected);
    total = total * 60 + value;
    if (at >= text.size() || text[at] != ':') break;
    ++at;
  }
  std::int64_t micros = 0;
  if (!read_fraction(text, at, micros) || at != text.size()) return bad_input(text, kExpected);
  total = total * kMicrosPerSecond + micros;
  return Duration(negative ? -total : total);
}

Result<Date> parse_date(std::string_view text) {
  constexpr const char* kExpected = "a date as YYYY-MM-DD";
  std::size_t at = 0;
  std::int64_t year = 0;
  std::int64_t month = 0;
  std::int64_t day = 0;
  const bool shaped = read_digits(text, at, 4, 4, year) && at < text.size() && text[at++] == '-' &&
                      read_digits(text, at, 2, 2, month) && at < text.size() && text[at++] == '-' &&
                      read_digits(text, at, 2, 2, day) && at == text.size();
  if (!shaped || month < 1 || month > 12 || day < 1 ||
      day > days_in_month(static_cast<int>(year), static_cast<int>(month))) {
    return bad_input(text, kExpected);
  }
  return Date{static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)};
}

std::string format_date(const Date& date) {
  std::string year = std::to_string(date.year);
  while (year.size() < 4) year.insert(year.begin(), '0');
  return year + "-" + two_digits(date.month) + "-" + two_digits(date.day);
}

std::int64_t days_from_epoch(const Date& date) {
  // Years begin in March here, so that February and its leap day come last.
  const std::int64_t y = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = floor_div(y, 400);
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t month = (date.month + 9) % 12;
  const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date date_from_days(std::int64_t days) {
  const std::int64_t z = days + 719468;
  const std::int64_t era = floor_div(z, 146097);
  const std::int64_t day_of_era = z - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * day_of_year + 2) / 153;
  const std::int64_t civil_month = month < 10 ? month + 3 : month - 9;
  return Date{static_cast<int>(year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0)),
              static_cast<int>(civil_month),
              static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1)};
}

int age_on(const Date& birth, const Date& day) {
  const bool before_birthday =
      day.month < birth.month || (day.month == birth.month && day.day < birth.day);
  return day.year - birth.year - (before_birthday ? 1 : 0);
}

Result<CivilText> parse_iso(std::string_view text) {
  constexpr const char* kExpected = "a date and time as YYYY-MM-DDThh:mm:ss";
  if (text.size() < 19 || (text[10] != 'T' && text[10] != ' ' && text[10] != 't')) {
    return bad_input(text, kExpected);
  }
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return bad_input(text, kExpected);
  std::size_t at = 11;
  std::int64_t hour = 0;
  std::int64_t minute = 0;
  std::int64_t second = 0;
  std::int64_t micros = 0;
  const bool shaped = read_digits(text, at, 2, 2, hour) && at < text.size() && text[at++] == ':' &&
                      read_digits(text, at, 2, 2, minute) && at < text.size() &&
                      text[at++] == ':' && read_digits(text, at, 2, 2, second) &&
                      read_fraction(text, at, micros);
  if (!shaped || hour > 23 || minute > 59 || second > 59) return bad_input(text, kExpected);
  CivilText out;
  out.civil.micros = days_from_epoch(*date) * kMicrosPerDay +
                     (hour * 3600 + minute * 60 + second) * kMicrosPerSecond + micros;
  if (at == text.size()) return out;
  if ((text[at] == 'Z' || text[at] == 'z') && at + 1 == text.size()) {
    out.utc_offset = std::chrono::seconds(0);
    return out;
  }
  const bool east = text[at] == '+';
  if (!east && text[at] != '-') return bad_input(text, kExpected);
  ++at;
  const bool zone = read_digits(text, at, 2, 2, hour) && at < text.size() && text[at++] == ':' &&
                    read_digits(text, at, 2, 2, minute) && at == text.size();
  if (!zone || hour > 18 || minute > 59) return bad_input(text, kExpected);
  out.utc_offset = std::chrono::seconds((east ? 1 : -1) * (hour * 3600 + minute * 60));
  return out;
}

namespace {

std::string time_of_day_text(std::int64_t micros_of_day, std::size_t least, std::size_t most) {
  const std::int64_t seconds = micros_of_day / kMicrosPerSecond;
  return two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" +
         two_digits(seconds % 60) + fraction_text(micros_of_day % kMicrosPerSecond, least, most);
}

}  // namespace

std::string format_rfc3339(RaceTime at, std::chrono::seconds utc_offset, int at_least_decimals) {
  const std::int64_t local = at.time_since_epoch().count() + utc_offset.count() * kMicrosPerSecond;
  const std::int64_t days = floor_div(local, kMicrosPerDay);
  std::string out = format_date(date_from_days(days)) + "T" +
                    time_of_day_text(local - days * kMicrosPerDay,
                                     static_cast<std::size_t>(at_least_decimals), 6);
  if (utc_offset.count() == 0) return out + "Z";
  const std::int64_t minutes = std::abs(utc_offset.count()) / 60;
  return out + (utc_offset.count() < 0 ? "-" : "+") + two_digits(minutes / 60) + ":" +
         two_digits(minutes % 60);
}

std::string format_time_of_day(RaceTime at, std::chrono::seconds utc_offset, int decimals) {
  const std::int64_t local = at.time_since_epoch().count() + utc_offset.count() * kMicrosPerSecond;
  const std::int64_t days = floor_div(local, kMicrosPerDay);
  const auto digits = static_cast<std::size_t>(decimals);
  return time_of_day_text(local - days * kMicrosPerDay, digits, digits);
}

}  // namespace hs::base
