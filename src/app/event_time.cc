#include "app/event_time.h"

#include "formats/time_zone.h"

namespace hs::app {

base::Result<base::RaceTime> parse_event_time(std::string_view text, const model::Event& event) {
  const bool is_time_of_day = text.size() < 19 && text.find(':') != std::string_view::npos;
  std::string full(text);
  if (is_time_of_day) {
    if (full.size() > 1 && full[1] == ':') full.insert(full.begin(), '0');
    full = base::format_date(event.date) + "T" + full;
  }
  const auto parsed = base::parse_iso(full);
  if (!parsed) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found '" + std::string(text) +
                          "', expected a time such as 10:32:05.1 or 2026-05-08T10:32:05+02:00");
  }
  if (parsed->utc_offset) {
    return base::RaceTime(base::Duration(parsed->civil.micros) -
                          std::chrono::duration_cast<base::Duration>(*parsed->utc_offset));
  }
  HS_TRY(const formats::TimeZone zone, formats::TimeZone::named(event.timezone));
  return zone.resolve(parsed->civil);
}

}  // namespace hs::app
