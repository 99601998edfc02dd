#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "model/event.h"
#include "model/read.h"
#include "sim/truth.h"

namespace hs::sim {

/// The day every simulated event is on, far from a summer-time switch; its zone is at UTC+2.
inline constexpr base::Date kEventDate{2026, 9, 20};
inline constexpr const char* kEventZone = "Europe/Berlin";
inline constexpr std::chrono::seconds kEventOffset = std::chrono::hours(2);

/// A time of the event's day on the local clock.
[[nodiscard]] base::RaceTime local_time(base::Duration since_midnight);

/// A place on the course's axis where a line of antennas can hear.
struct HearingPlace {
  base::Distance along;
  /// The point of the course that is there; absent: the course passes beside the line by accident,
  /// and hearing somebody here is overhearing.
  std::optional<std::size_t> point;
  std::uint32_t hears_per_million = 1000000;  ///< Of the passings.
};

enum class FileFormat : std::uint8_t { ChronoTrack, Csv, Ipico, Mylaps };

/// What a box does with the detections of one passing.
enum class Reporting : std::uint8_t {
  Every,   ///< Writes each: 4 to 10 lines.
  Merged,  ///< Writes one or two, with the number of detections.
};

/// A span of a box's clock. The dial shows race time + UTC offset + `ahead`, running on at `drift`.
struct ClockSpan {
  base::RaceTime from;
  base::Duration ahead{0};
  std::int32_t drift_per_billion = 0;
  /// What a reader of the files can know: added to the dial's time it gives race time (as local).
  base::Duration known_correction{0};
};

/// A line in the box's marker file.
struct BoxMarker {
  base::RaceTime at;
  std::string type;   ///< "Gun", "TimeChange", "Powerup" ...
  std::string value;  ///< Last column; for TimeChange the old time is put in.
  bool old_time_is_value = false;
};

struct TimeSpan {
  base::RaceTime from, until;  ///< Until is exclusive.
};

/// One box with one line of antennas across the course.
struct Box {
  std::string mat;
  std::string name;    ///< Folder in reads/, "FINISH1".
  std::string serial;  ///< As in its files.
  FileFormat format = FileFormat::ChronoTrack;
  model::ReadRole role = model::ReadRole::Main;
  Reporting reporting = Reporting::Merged;
  std::vector<HearingPlace> places;
  base::Distance reach = base::Distance::millimetres(1800);  ///< To either side along the course.
  std::uint32_t misses_per_million = 3000;                   ///< Passings not heard at all.
  base::Duration resolution{10000};
  std::vector<ClockSpan> clock;  ///< Rising; never empty.
  std::vector<BoxMarker> markers;
  std::vector<TimeSpan> deaf;  ///< Hears nothing.
  std::optional<int> dead_antenna;
  base::Duration configured_offset{0};                ///< `offset` of its source in the event file.
  std::optional<base::Duration> accepted_correction;  ///< As a ruling; its device is `serial`.
  std::vector<Trouble> troubles;                      ///< For the count.
};

struct PlanPoint {
  std::string id;
  base::Distance distance;
  std::string mat;
};

struct PlanWave {
  std::string id;
  base::RaceTime gun;
};

/// A division of those who come with something else than their feet.
struct ModeDivision {
  std::string id;
  model::Mode mode = model::Mode::Foot;
};

/// A table of qualifying times as the event file writes it; only that reader checks the values.
struct PlanStandard {
  std::string name;
  std::string by;            ///< "net" or "gun"; empty: not said.
  std::string course_index;  ///< "0:05:00"; empty: none.
  /// Sex, and its bands ("45-49") with their times ("3:35:00"), rising.
  std::vector<std::pair<model::Sex, std::vector<std::pair<std::string, std::string>>>> times;
};

/// The race as organised: course, waves and boxes. One race an event.
struct Plan {
  std::string event_name;
  std::string race_id;
  std::string race_name;
  std::string rules = "wa-road";
  std::string rank_by = "gun";
  std::vector<PlanPoint> points;
  std::vector<PlanWave> waves;
  std::vector<Box> boxes;
  std::vector<ModeDivision> mode_divisions;  ///< Before those by age.
  /// A runner's net time here, of their marathon (Riegel, exponent 1.06).
  std::int64_t per_million_of_marathon = 1000000;
  base::Duration start_window = std::chrono::minutes(30);
  std::optional<base::RaceTime> closes;  ///< Cut-off, as the event file says it.
  std::vector<PlanStandard> standards;
  std::vector<std::string> publish;  ///< Columns of the entry list that may be shown.
  /// When everybody on the course is stopped; absent: the race runs to its end.
  std::optional<base::RaceTime> stopped_at;
  bool cancelled = false;
};

/// A course in a few words, as a scene brings one of its own.
struct CourseOutline {
  std::string name;
  std::string rules;
  std::string rank_by;
  base::Duration gun{0};                 ///< Local time of day; one wave, "A".
  std::optional<base::Duration> closes;  ///< Local time of day.
  /// In course order, without the start; each has a mat of its own.
  std::vector<std::pair<std::string, base::Distance>> points;
  std::uint32_t runners = 0;  ///< The field beside the people of the scene, at most.
  base::Duration median{0};   ///< Net time of the middle of the field.
};

/// A city marathon: eleven points, four waves, two lines at start and finish, four kinds of boxes.
/// The course passes 15 m beside the finish line before half way.
[[nodiscard]] Plan marathon_plan();

/// A 10 km loop under one arch, which is start and finish at once; two waves.
[[nodiscard]] Plan loop_plan();

/// A 10 km cross-country race over a field; one wave, ranked by the order over the line.
[[nodiscard]] Plan cross_country_plan();

/// The course of an outline: a box at each point, at the finish two lines.
[[nodiscard]] Plan outlined_plan(const CourseOutline& outline);

/// The clock of a box that is right all day.
[[nodiscard]] std::vector<ClockSpan> right_clock();

}  // namespace hs::sim
