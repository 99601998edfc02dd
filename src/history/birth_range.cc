#include "history/birth_range.h"

#include <algorithm>

namespace hs::history {
namespace {

/// The same day some years before; 29 February becomes 28 February where there is none.
base::Date years_before(const base::Date& day, int years) {
  base::Date out{day.year - years, day.month, day.day};
  const bool is_leap_day = day.month == 2 && day.day == 29;
  const bool has_leap_day = (out.year % 4 == 0 && out.year % 100 != 0) || out.year % 400 == 0;
  if (is_leap_day && !has_leap_day) out.day = 28;
  return out;
}

base::Date day_after(const base::Date& day) {
  return base::date_from_days(base::days_from_epoch(day) + 1);
}

}  // namespace

std::optional<BirthRange> birth_range(std::span<const std::pair<base::Date, int>> ages) {
  std::optional<BirthRange> out;
  for (const auto& [day, age] : ages) {
    const BirthRange one{day_after(years_before(day, age + 1)), years_before(day, age)};
    if (!out) {
      out = one;
    } else {
      out->earliest = std::max(out->earliest, one.earliest);
      out->latest = std::min(out->latest, one.latest);
    }
  }
  if (out && out->latest < out->earliest) return std::nullopt;
  return out;
}

std::pair<int, int> ages_on(const BirthRange& born, const base::Date& day) {
  return {base::age_on(born.latest, day), base::age_on(born.earliest, day)};
}

}  // namespace hs::history
