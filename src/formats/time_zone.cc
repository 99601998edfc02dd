#include "formats/time_zone.h"

#include <date/tz.h>

#include <algorithm>
#include <exception>

// Implementation notes: the `date` library reads the system's compiled zone files. It throws for
// an unknown name and for a missing table, so every entry is caught here. Midnight may not exist
// (Beirut, Cairo and others switch at 00:00); the first instant of such a day is the switch.

namespace hs::formats {
namespace {

using std::chrono::floor;
using std::chrono::microseconds;
using std::chrono::seconds;

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

date::local_seconds local_of(base::CivilTime civil) {
  return date::local_seconds(floor<seconds>(microseconds(civil.micros)));
}

date::sys_seconds sys_of(base::RaceTime at) {
  return date::sys_seconds(floor<seconds>(at.time_since_epoch()));
}

base::RaceTime race_time(date::sys_seconds at) { return base::RaceTime(at.time_since_epoch()); }

/// "+02:00" or "-04:30", with seconds where the zone has them.
std::string offset_text(seconds offset) {
  const std::int64_t total = offset.count() < 0 ? -offset.count() : offset.count();
  const auto two = [](std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
  };
  std::string out = offset.count() < 0 ? "-" : "+";
  out += two(total / 3600) + ":" + two(total / 60 % 60);
  return total % 60 == 0 ? out : out + ":" + two(total % 60);
}

std::string civil_text(base::CivilTime civil) {
  std::string out = base::format_rfc3339(base::RaceTime(microseconds(civil.micros)), seconds(0));
  out.pop_back();  // The "Z": this is nobody's UTC.
  return out;
}

tl::unexpected<base::Error> needs_offset(base::CivilTime civil, const char* what,
                                         const date::time_zone& zone,
                                         const date::local_info& info) {
  const std::string text = civil_text(civil);
  return base::fail(base::ErrorCode::InvalidInput,
                    "found " + text + ", which " + what + " in " + zone.name() +
                        " because the clocks change, expected an offset behind it: " + text +
                        offset_text(info.first.offset) + " or " + text +
                        offset_text(info.second.offset));
}

}  // namespace

base::Result<TimeZone> TimeZone::named(const std::string& iana_name) {
  const date::time_zone* zone = nullptr;
  try {
    const date::tzdb& table = date::get_tzdb();
    const auto at = std::find_if(table.zones.begin(), table.zones.end(),
                                 [&](const auto& known) { return known.name() == iana_name; });
    if (at != table.zones.end()) {
      zone = &*at;
      (void)zone->get_info(date::sys_seconds{});  // Reads the zone's file now, not later.
    }
  } catch (const std::exception& error) {
    return base::fail(base::ErrorCode::Io,
                      std::string("the system's time-zone table cannot be read: ") + error.what());
  }
  if (zone == nullptr) {
    return base::fail(base::ErrorCode::InvalidInput, "found the time zone '" + iana_name +
                                                         "', expected an IANA name such as "
                                                         "Europe/Berlin or America/New_York");
  }
  return TimeZone(zone);
}

base::Result<base::RaceTime> TimeZone::resolve(base::CivilTime civil) const {
  const date::local_info info = zone_->get_info(local_of(civil));
  if (info.result == date::local_info::nonexistent) {
    return needs_offset(civil, "does not happen", *zone_, info);
  }
  if (info.result == date::local_info::ambiguous) {
    return needs_offset(civil, "happens twice", *zone_, info);
  }
  return base::RaceTime(microseconds(civil.micros) - info.first.offset);
}

base::RaceTime TimeZone::begin_of(const base::Date& day) const {
  const base::CivilTime midnight{base::days_from_epoch(day) * kMicrosPerDay};
  const date::local_info info = zone_->get_info(local_of(midnight));
  if (info.result == date::local_info::nonexistent) return race_time(info.second.begin);
  // Where midnight comes twice, the day begins with the earlier one.
  return base::RaceTime(microseconds(midnight.micros) - info.first.offset);
}

std::vector<model::ZoneOffset> TimeZone::offsets_between(base::RaceTime from,
                                                         base::RaceTime until) const {
  std::vector<model::ZoneOffset> out;
  date::sys_info info = zone_->get_info(sys_of(from));
  out.push_back(model::ZoneOffset{from, info.offset});
  while (race_time(info.end) <= until) {
    info = zone_->get_info(info.end);
    // A change of name alone (a zone that renames itself) is no change of offset.
    if (info.offset != out.back().utc_offset) {
      out.push_back(model::ZoneOffset{race_time(info.begin), info.offset});
    }
  }
  return out;
}

namespace {

/// The offset in force when the local clock shows `civil`, by the event's own list.
seconds offset_at_local(const model::Event& event, std::int64_t civil_micros) {
  const std::vector<model::ZoneOffset>& offsets = event.offsets;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const base::RaceTime at(microseconds(civil_micros) - offsets[i].utc_offset);
    // In the hour that is skipped no offset fits; the one before the switch is kept.
    if (i + 1 == offsets.size() || at < offsets[i + 1].from) return offsets[i].utc_offset;
  }
  return seconds(0);
}

}  // namespace

std::chrono::seconds frozen_local_offset(const model::Event& event,
                                         std::optional<base::ReaderTime> first_read) {
  std::optional<base::RaceTime> first_gun;
  for (const model::Race& race : event.races) {
    for (const model::Wave& wave : race.waves) {
      if (wave.gun && (!first_gun || *wave.gun < *first_gun)) first_gun = wave.gun;
    }
  }
  if (first_gun) return model::utc_offset_at(event, *first_gun);
  if (first_read) return offset_at_local(event, first_read->time_since_epoch().count());
  return model::utc_offset_at(event, event.begins);
}

}  // namespace hs::formats
