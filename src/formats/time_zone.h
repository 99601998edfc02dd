#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/event.h"

namespace date {
class time_zone;
}

namespace hs::formats {

/// A place's civil time, as the system's time-zone table has it. This is the only door to that
/// table: what comes out of here is UTC and offsets, and nothing behind it asks again.
///
/// Threads: a value; the table behind it is shared and never changes after the first use.
class TimeZone {
 public:
  /// Errors: InvalidInput for a name the table does not have; Io when there is no table.
  [[nodiscard]] static base::Result<TimeZone> named(const std::string& iana_name);

  /// The one instant that shows `civil` on the local clock.
  ///
  /// Errors: InvalidInput when summer time makes it happen twice or not at all; the message names
  ///         the offsets to choose from and asks for one.
  [[nodiscard]] base::Result<base::RaceTime> resolve(base::CivilTime civil) const;

  /// The first instant of a local day: midnight, or the end of the gap where midnight is skipped.
  [[nodiscard]] base::RaceTime begin_of(const base::Date& day) const;

  /// The offsets in force from `from` to `until`: the first holds at `from`, each next one from
  /// its switch on. Rising, at least one.
  [[nodiscard]] std::vector<model::ZoneOffset> offsets_between(base::RaceTime from,
                                                               base::RaceTime until) const;

 private:
  explicit TimeZone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;
};

/// The offset that a device with `clock = "local"` keeps for its whole stream: the one in force at
/// the event's first gun; without a gun yet, at `first_read` taken as local time; without either,
/// at the beginning of the event.
///
/// A read in an hour that happens twice takes the earlier of the two instants.
[[nodiscard]] std::chrono::seconds frozen_local_offset(const model::Event& event,
                                                       std::optional<base::ReaderTime> first_read);

}  // namespace hs::formats
