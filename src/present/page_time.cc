#include "present/page_time.h"

#include <string_view>

namespace hs::present {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::string_view kMinus = "\xE2\x88\x92";

std::string two_digits(std::int64_t value) {
  return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

std::string clock_text(std::int64_t seconds) {
  const std::int64_t hours = seconds / 3600;
  const std::int64_t minutes = seconds / 60 % 60;
  const std::string tail = ':' + two_digits(seconds % 60);
  if (hours > 0) return std::to_string(hours) + ':' + two_digits(minutes) + tail;
  return std::to_string(minutes) + tail;
}

}  // namespace

std::string cut_seconds(base::Duration value) {
  const std::int64_t seconds = value.count() / kMicrosPerSecond;
  if (seconds < 0) return std::string(kMinus) + clock_text(-seconds);
  return clock_text(seconds);
}

std::string official_text(base::Duration value, base::Rounding rounding) {
  std::string text = base::format_official(base::round_up(value, rounding), rounding);
  // "0:17:34" is how files carry it; on a page a 5K is run in 17:34.
  if (text.rfind("0:0", 0) == 0) return text.substr(3);
  if (text.rfind("0:", 0) == 0) return text.substr(2);
  return text;
}

std::string pace_text(double seconds_per_km) {
  if (!(seconds_per_km >= 0) || seconds_per_km >= static_cast<double>(kSecondsPerDay)) return {};
  return clock_text(static_cast<std::int64_t>(seconds_per_km));
}

std::string hour_minute(const model::Event& event, base::RaceTime at) {
  return base::format_time_of_day(at, model::utc_offset_at(event, at)).substr(0, 5);
}

std::string point_label(const std::string& id) {
  const bool is_kilometres =
      id.size() >= 2 && id.back() == 'k' && id.find_first_not_of("0123456789.") == id.size() - 1;
  if (is_kilometres) return id.substr(0, id.size() - 1) + 'K';
  if (id == "half") return "half way";
  return id;
}

std::string point_label(const model::Point& point) { return point_label(point.id); }

}  // namespace hs::present
