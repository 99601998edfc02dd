#include "formats/day_time.h"

#include <algorithm>

#include "formats/chip_lines.h"

namespace hs::formats {
namespace {

using std::chrono::hours;

constexpr base::Duration kDay = hours(24);
constexpr base::Duration kBefore = hours(4);  ///< So late may a device send a read.
constexpr base::Duration kReferenceStep = hours(1);
constexpr base::Duration kAhead = hours(2);  ///< So far may its clock be ahead of ours.

/// The one instant with this time of day in [from, from + 24 h).
base::ReaderTime first_from(base::ReaderTime from, base::Duration of_day) {
  const base::Duration since = from.time_since_epoch();
  const base::Duration midnight = std::chrono::floor<std::chrono::days>(since);
  const base::ReaderTime same_day(midnight + of_day);
  return same_day < from ? same_day + kDay : same_day;
}

}  // namespace

std::optional<base::Duration> read_time_of_day(std::string_view text, int most_decimals) {
  constexpr std::size_t kWhole = 8;
  text = without_padding(text);
  const std::string_view whole = text.substr(0, kWhole);
  int hour = 0;
  int minute = 0;
  int second = 0;
  const bool shaped = whole.size() == kWhole && whole[2] == ':' && whole[5] == ':' &&
                      read_digits(whole.substr(0, 2), hour) &&
                      read_digits(whole.substr(3, 2), minute) &&
                      read_digits(whole.substr(6, 2), second);
  if (!shaped || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const base::Duration out =
      hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
  std::string_view fraction = text.substr(kWhole);
  if (fraction.empty()) return out;
  if (fraction.front() != '.') return std::nullopt;
  fraction.remove_prefix(1);
  int micros = 0;
  if (fraction.size() > static_cast<std::size_t>(most_decimals) || !read_digits(fraction, micros)) {
    return std::nullopt;
  }
  for (std::size_t i = fraction.size(); i < 6; ++i) micros *= 10;
  return out + base::Duration(micros);
}

base::ReaderTime DayGiver::place(base::Duration of_day) {
  ++placed_;
  if (now_) return first_from(*now_ + kAhead - kDay + base::Duration(1), of_day);
  if (!reference_) {
    reference_ = base::ReaderTime(std::chrono::days(base::days_from_epoch(first_day_))) + of_day;
    return *reference_;
  }
  const base::ReaderTime at = first_from(*reference_ - kBefore, of_day);
  *reference_ += std::clamp(at - *reference_, -kReferenceStep, kReferenceStep);
  return at;
}

}  // namespace hs::formats
