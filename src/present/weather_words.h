#pragma once

#include <string>

#include "model/result.h"
#include "moments/field_weather.h"

namespace hs::present {

/// The day of one race in words, for the top of a story.
struct WeatherWords {
  std::string headline;  ///< One line, at most 110 characters, no full stop.
  std::string text;      ///< One to four plain sentences.
};

/// Says the weather of a field in the language of the event. Every number is one of `weather`; what
/// it leaves absent is not spoken of. Nobody but the winner is named, and a private winner is
/// "Bib N". UTF-8, not escaped.
///
/// Shape: `weather` of a race of `results`.
[[nodiscard]] WeatherWords weather_words(const moments::FieldWeather& weather,
                                         const model::EventResults& results);

}  // namespace hs::present
