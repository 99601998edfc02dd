#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "model/result.h"

namespace hs::moments {

/// How the whole field of one race fared on the day: what a headline for the day is made of. What
/// the data do not say is absent.
struct FieldWeather {
  model::RaceId race;
  std::size_t started = 0;    ///< Seen on the course, whatever came of it.
  std::size_t finished = 0;   ///< With a time, placed or not.
  std::size_t on_course = 0;  ///< Seen, and the race is open.

  /// The way from the timed point nearest to half the distance on, against the way there. Of
  /// finishers on foot whom that point heard.
  struct Halves {
    model::PointId at;
    std::size_t known = 0;
    std::size_t slowed = 0;  ///< More than a tenth more time a kilometre.
    std::size_t faster = 0;  ///< Less time a kilometre.
    std::int64_t middle_permille =
        0;  ///< Time a kilometre after, in thousandths of before: median.
  };
  /// Absent below twenty such runners, where the point missed many or its clock is badly in doubt.
  std::optional<Halves> halves;

  struct Lead {
    model::PointId from;      ///< First there and at every later mat.
    base::Duration ahead{0};  ///< Of the second, there.
  };
  struct Behind {
    model::PointId at;        ///< The timed point before `Lead::from`.
    std::uint32_t place = 0;  ///< There, among those of the same gun who were heard.
    base::Duration by{0};     ///< Behind the first, there.
  };
  /// The first of the race over all, on foot, once the race is closed.
  struct Front {
    model::EntrantId winner;
    base::Duration won_in{0};             ///< The official time.
    std::optional<base::Duration> ahead;  ///< Of the second, by the time that ranks.
    std::optional<Lead> led;              ///< From mats only, and not by net time.
    std::optional<Behind> behind;
  };
  std::optional<Front> front;

  /// The last recorded over the line, by the clock, once the race is closed. Nobody is named.
  struct Last {
    base::Duration after_gun{0};  ///< The race's first gun.
    /// Where that runner had last been heard when the winner crossed the line.
    std::optional<model::PointId> when_won;
  };
  /// Absent below ten finishers, without clock times, and where the last crossing is a question.
  std::optional<Last> last;
};

/// The weather of the field of one race.
///
/// Shape:   at every point the runners' `splits` have one entry a point of the race.
/// Errors:  none; a cancelled race has only its counts.
/// Threads: pure.
/// Cost:    O(runners x points).
[[nodiscard]] FieldWeather field_weather(const model::EventResults& results, model::RaceId race);

/// The timed point nearest to half the distance, if one lies between 40 and 60 % of it.
[[nodiscard]] std::optional<model::PointId> half_way(const model::Race& race);

}  // namespace hs::moments
