#include "readers/device_dial.h"

#include "formats/time_zone.h"

namespace hs::readers {

std::optional<base::ReaderTime> dial_at(const model::SourceConfig& source,
                                        const model::Event& event, base::RaceTime at) {
  std::chrono::seconds offset{0};
  switch (source.clock) {
    case model::DeviceClock::Utc:
      break;
    case model::DeviceClock::Local: {
      const base::RaceTime local = at + model::utc_offset_at(event, at);
      offset = formats::frozen_local_offset(event, base::ReaderTime(local.time_since_epoch()));
      break;
    }
    case model::DeviceClock::Fixed:
      offset = source.fixed_offset;
      break;
    case model::DeviceClock::Free:
      return std::nullopt;
  }
  return base::ReaderTime(at.time_since_epoch() + offset);
}

std::optional<base::Duration> clock_ahead(const model::SourceConfig& source,
                                          const model::Event& event, base::ReaderTime said,
                                          base::RaceTime received) {
  const auto should = dial_at(source, event, received);
  return should ? std::optional(said - *should) : std::nullopt;
}

bool is_of_event(const model::Event& event, base::RaceTime at) {
  constexpr base::Duration kDay = std::chrono::hours(24);
  constexpr base::Duration kLongest = 8 * kDay;  // Of an event whose end is not said.
  return at >= event.begins - kDay && at < event.ends.value_or(event.begins + kLongest) + kDay;
}

}  // namespace hs::readers
