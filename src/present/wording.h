#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/distance.h"
#include "base/time.h"
#include "model/result.h"

namespace hs::present {

/// "2", or "2=" where the place is shared.
[[nodiscard]] std::string place_text(const model::Placing& placing);

/// "1st", "2nd", "11th"; "2nd=" where the place is shared.
[[nodiscard]] std::string ordinal(const model::Placing& placing);

/// A status in words: "finished", "did not start" ...
[[nodiscard]] std::string_view status_words(model::RunnerStatus status);

/// Those of one sex as a list is headed: "women", "men", "X".
[[nodiscard]] std::string_view sex_words(model::Sex sex);  ///< "women", "men", "X".

/// A length of time the short way, sign left out: "1.2 s", "42 s", "15:00", "1:36:28". Below a
/// minute to the tenth of a second, above cut to whole seconds; below a tenth "0.034 s".
[[nodiscard]] std::string short_time(base::Duration value);
/// The same with its sign in front: "+1.5 s".
[[nodiscard]] std::string signed_time(base::Duration value);

/// "h:mm:ss" cut to whole seconds, for splits in tables.
[[nodiscard]] std::string h_mm_ss(base::Duration value);

/// "42.195 km", "5 km", "800 m": as far as it is exact to the metre and below.
[[nodiscard]] std::string distance_text(base::Distance distance);

/// The time of day where the event is: "08:00:55", with decimals on demand.
[[nodiscard]] std::string local_time(const model::Event& event, base::RaceTime at,
                                     int decimals = 0);
/// The same, and on another day than the event's with the day: "2026-05-09 00:10:00".
[[nodiscard]] std::string local_day_and_time(const model::Event& event, base::RaceTime at,
                                             int decimals = 0);

/// `official` with the digits of the race's rule set.
[[nodiscard]] std::string official_time(const model::Race& race, base::Duration official);

/// "1 runner", "2 runners"; thousands apart: "12,345 reads". `plural` is the whole other word;
/// empty: `singular` with an s.
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view singular,
                                  std::string_view plural = {});

/// What a race is called: its name, its id where it has none.
[[nodiscard]] const std::string& race_name(const model::EventResults& results, model::RaceId race);

/// A whole number with thousands apart: "12,345".
[[nodiscard]] std::string grouped(std::uint64_t value);

/// `part` of `whole` in percent with one decimal, cut: 999 of 1000 is "99.9 %", never "100 %"
/// unless it is all. "-" where there is nothing to count.
[[nodiscard]] std::string percent(std::uint64_t part, std::uint64_t whole);

}  // namespace hs::present
