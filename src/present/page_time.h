#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "model/event.h"

namespace hs::present {

/// "3:11:20", or "11:20" below an hour: the time cut to whole seconds, as evidence carries it.
/// A leading "-" (U+2212) where negative.
[[nodiscard]] std::string cut_seconds(base::Duration value);

/// An official time with the digits of the rule set and no "0:" in front of minutes. `value` is
/// rounded up by `rounding` first, which changes nothing where it already was.
[[nodiscard]] std::string official_text(base::Duration value, base::Rounding rounding);

/// Minutes and seconds a kilometre, "4:31", cut to the second.
/// Units:   seconds for one kilometre; anything below zero or absurd (over a day) gives "".
[[nodiscard]] std::string pace_text(double seconds_per_km);

/// "hh:mm" on the event's own dial.
[[nodiscard]] std::string hour_minute(const model::Event& event, base::RaceTime at);

/// How people name a point: "10K" for the id "10k", "half way" for "half", else as written.
[[nodiscard]] std::string point_label(const model::Point& point);
[[nodiscard]] std::string point_label(const std::string& id);

}  // namespace hs::present
