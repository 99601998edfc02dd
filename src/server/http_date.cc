#include "server/http_date.h"

#include <array>

namespace hs::server {

std::string http_date(base::RaceTime at) {
  constexpr std::array kDays = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto days = std::chrono::floor<std::chrono::days>(at.time_since_epoch());
  const base::Date date = base::date_from_days(days.count());
  const auto weekday = static_cast<std::size_t>(((days.count() % 7) + 7) % 7);
  const std::string day = std::to_string(100 + date.day).substr(1);
  return std::string(kDays[weekday]) + ", " + day + " " +
         kMonths[static_cast<std::size_t>(date.month - 1)] + " " +
         std::to_string(10'000 + date.year).substr(1) + " " +
         base::format_time_of_day(at, std::chrono::seconds(0)) + " GMT";
}

}  // namespace hs::server
