#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/slim_optional.h"

namespace hs::base {

/// The clock of the race: UTC, corrected. Never read with `now()`; instants come from facts.
struct RaceClock {
  using duration = std::chrono::microseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<RaceClock, duration>;
  static constexpr bool is_steady = false;
};

/// What a device's own clock said: its zone, its drift, its wrong year. Only a clock map
/// (`scoring/clock_map.h`) turns it into race time.
struct ReaderClock {
  using duration = std::chrono::microseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<ReaderClock, duration>;
  static constexpr bool is_steady = false;
};

/// An instant of the race. Units: microseconds since 1970-01-01T00:00:00Z, no leap seconds.
using RaceTime = RaceClock::time_point;

/// An instant as a device gave it. Units: microseconds since 1970-01-01T00:00:00 on the
/// device's own dial, whatever zone it is set to.
using ReaderTime = ReaderClock::time_point;

/// A length of time. Units: microseconds, signed.
using Duration = std::chrono::microseconds;

/// A finishing time measured from one kind of start. Kinds do not compare with each other.
template <typename Tag>
class Elapsed {
 public:
  constexpr Elapsed() = default;
  constexpr explicit Elapsed(Duration value) : value_(value) {}
  [[nodiscard]] constexpr Duration value() const { return value_; }
  friend constexpr auto operator<=>(const Elapsed&, const Elapsed&) = default;

 private:
  Duration value_{0};
};

using GunTime = Elapsed<struct GunTimeTag>;      ///< From the gun of the runner's own wave.
using ClockTime = Elapsed<struct ClockTimeTag>;  ///< From the first gun of the race.
using NetTime = Elapsed<struct NetTimeTag>;      ///< From the runner's own start.

/// No runner is under way for 292,000 years.
template <typename Tag>
struct Absent<Elapsed<Tag>> {
  static constexpr Elapsed<Tag> value() { return Elapsed<Tag>(Duration::min()); }
  static constexpr bool is(Elapsed<Tag> time) { return time == value(); }
};

/// How a time becomes an official one. Applied once, to the difference, never before ranking.
enum class Rounding : std::uint8_t {
  None,           ///< As measured.
  UpToSecond,     ///< WA TR 19.24.5 (read to 0.1 s), USATF 165/245 (read to 0.01 s).
  UpToTenth,      ///< NCAA cross-country: the slower tenth.
  UpToHundredth,  ///< Track.
};

/// Rounds up to the unit of `rounding`; an exact value stays (2:09:44.000 -> 2:09:44).
[[nodiscard]] Duration round_up(Duration value, Rounding rounding);

/// "h:mm:ss.mmm", the way results files carry times; a leading "-" where negative.
/// Microseconds below a millisecond are cut, not rounded.
[[nodiscard]] std::string format_h_mm_ss_mmm(Duration value);

/// "h:mm:ss", "h:mm:ss.t" or "h:mm:ss.cc" by the digits that `rounding` keeps.
[[nodiscard]] std::string format_official(Duration value, Rounding rounding);

/// Reads "h:mm:ss", "mm:ss" or "ss" with up to six decimals after "." and an optional sign.
/// Errors: InvalidInput for anything else, and for minutes or seconds of 60 or more behind a
/// larger unit.
[[nodiscard]] Result<Duration> parse_duration(std::string_view text);

/// A date of the civil calendar. Invariant: a real day (checked by `parse_date`).
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// Reads "YYYY-MM-DD". Errors: InvalidInput, also for days that do not exist.
[[nodiscard]] Result<Date> parse_date(std::string_view text);
[[nodiscard]] std::string format_date(const Date& date);

/// Whole days from 1970-01-01; negative before.
[[nodiscard]] std::int64_t days_from_epoch(const Date& date);
[[nodiscard]] Date date_from_days(std::int64_t days);

/// Full years between birth and `day`.
[[nodiscard]] int age_on(const Date& birth, const Date& day);

/// A date and time of day on some dial, without a zone. Units: microseconds since
/// 1970-01-01T00:00:00 of that dial.
struct CivilTime {
  std::int64_t micros = 0;
  friend constexpr auto operator<=>(const CivilTime&, const CivilTime&) = default;
};

/// A civil time and, where the text gave one ("Z", "+02:00"), its offset from UTC.
struct CivilText {
  CivilTime civil;
  std::optional<std::chrono::seconds> utc_offset;
};

/// Reads "YYYY-MM-DDThh:mm:ss[.ffffff][Z|+hh:mm]" (a blank may stand for the T).
/// Errors: InvalidInput; more than six decimals are refused, not cut.
[[nodiscard]] Result<CivilText> parse_iso(std::string_view text);

/// "YYYY-MM-DDThh:mm:ss[.ffffff]+hh:mm" at the given offset; "Z" for zero. Trailing zeros of the
/// fraction are left out; `at_least_decimals` keeps that many.
[[nodiscard]] std::string format_rfc3339(RaceTime at, std::chrono::seconds utc_offset,
                                         int at_least_decimals = 0);

/// "hh:mm:ss" of the day at the given offset, for people.
[[nodiscard]] std::string format_time_of_day(RaceTime at, std::chrono::seconds utc_offset,
                                             int decimals = 0);

}  // namespace hs::base
