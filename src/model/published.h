#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "model/event.h"
#include "model/result.h"
#include "model/text_pool.h"

// Results that somebody else published, as values: what `homestretch import` makes of a file and
// what the archive keeps. Nothing here was timed by us, so nothing here has reads or verdicts, and
// every time is as exact as the file and no more.

namespace hs::model {

/// From what a published time is measured.
enum class PublishedClock : std::uint8_t {
  Untold,  ///< "Official time", "time": the file does not say.
  Gun,
  Net,
};

/// A place on the course for which a file has times, or the end of a lap.
struct PublishedPoint {
  std::string id;      ///< "5k", "7.5k", "20mi", "half", "finish", "lap-3", else from the header.
  std::string header;  ///< As the file had it; empty where there was none.
  std::optional<base::Distance> distance;  ///< From the start, where the name tells it.
  friend bool operator==(const PublishedPoint&, const PublishedPoint&) = default;
};

/// A runner's time at one point.
///
/// Units: `time` since the start that the race's `split_clock` names, cumulative; `time_of_day`
///        since the local midnight of the race's date. Absent where the file has none.
class PublishedSplit {
 public:
  enum Flag : std::uint8_t {
    Estimated = 1,  ///< The timer marked it as worked out, not read: never a read.
    Doubtful = 2,   ///< It contradicts the runner's other times, or is faster than anybody runs.
    Repaired = 4,   ///< The file's cell was damaged by a spreadsheet; this is what it meant.
  };

  PublishedSplit() = default;
  PublishedSplit(std::uint16_t point, std::optional<base::Duration> time,
                 std::optional<base::Duration> time_of_day, std::uint8_t flags = 0)
      : time_(time.value_or(base::Duration{0})),
        time_of_day_(time_of_day.value_or(base::Duration{0})),
        point_(point),
        flags_(flags),
        has_time_(time.has_value()),
        has_time_of_day_(time_of_day.has_value()) {}

  [[nodiscard]] std::uint16_t point() const { return point_; }  ///< Index into `points`.
  [[nodiscard]] std::optional<base::Duration> time() const {
    return has_time_ ? std::optional(time_) : std::nullopt;
  }
  [[nodiscard]] std::optional<base::Duration> time_of_day() const {
    return has_time_of_day_ ? std::optional(time_of_day_) : std::nullopt;
  }
  [[nodiscard]] std::uint8_t flags() const { return flags_; }
  [[nodiscard]] bool is_estimated() const { return (flags_ & Estimated) != 0; }
  [[nodiscard]] bool is_doubtful() const { return (flags_ & Doubtful) != 0; }
  [[nodiscard]] bool is_repaired() const { return (flags_ & Repaired) != 0; }
  void set(Flag flag) { flags_ = static_cast<std::uint8_t>(flags_ | flag); }

  friend bool operator==(const PublishedSplit&, const PublishedSplit&) = default;

 private:
  base::Duration time_{0};
  base::Duration time_of_day_{0};
  std::uint16_t point_ = 0;
  std::uint8_t flags_ = 0;
  bool has_time_ = false;
  bool has_time_of_day_ = false;
};
static_assert(sizeof(PublishedSplit) == 24);

/// A place as published, "3 / 4401".
struct PublishedPlace {
  std::uint32_t place = 0;          ///< From 1.
  std::optional<std::uint32_t> of;  ///< The size of the field, where it is given.
  friend bool operator==(const PublishedPlace&, const PublishedPlace&) = default;
};

/// What a file says of a runner in words.
enum class PublishedText : std::uint8_t {
  Bib,  ///< Any text: other people's bibs keep no rule of ours.
  Name,
  FirstName,
  LastName,
  AgeGroup,  ///< "40-44".
  Division,  ///< "V1 H".
  City,
  State,
  Country,
  Citizenship,
  Club,
  Team,
  Note,  ///< A column that nobody knows and that only some runners have: "VI".
};
inline constexpr std::size_t kPublishedTexts = static_cast<std::size_t>(PublishedText::Note) + 1;

/// One row of published results.
struct PublishedResult {
  std::array<TextId, kPublishedTexts> texts{};  ///< By `PublishedText`, in the race's pool.
  std::optional<Sex> sex;
  std::optional<std::uint16_t> age;   ///< Years on race day.
  std::optional<std::uint16_t> laps;  ///< Where the file counts them.
  std::optional<Mode> mode;           ///< Only where the file tells it.
  /// Placed in another field than most of the race (wheelchairs, handcycles): not to be compared
  /// with the others.
  bool is_apart = false;
  RunnerStatus status = RunnerStatus::Finished;
  std::optional<base::GunTime> gun;
  std::optional<base::NetTime> net;
  std::optional<base::Duration> official;       ///< Of a clock that the file does not name.
  std::optional<base::Duration> started_at;     ///< Time of day at the start mat.
  std::optional<PublishedPlace> place_overall;  ///< As published, never computed.
  std::optional<PublishedPlace> place_sex;
  std::optional<PublishedPlace> place_division;
  std::optional<std::uint32_t> age_grade;  ///< Hundredths of a percent: 97.4 % is 9740.
  std::uint32_t line = 0;         ///< In the file, from 1; the first where many lines tell.
  std::uint32_t first_split = 0;  ///< Into the race's `splits`.
  std::uint16_t split_count = 0;

  /// The finishing time on one clock, where the file has it.
  [[nodiscard]] std::optional<base::Duration> finish_on(PublishedClock clock) const {
    if (clock == PublishedClock::Untold) return official;
    if (clock == PublishedClock::Gun) return gun ? std::optional(gun->value()) : std::nullopt;
    return net ? std::optional(net->value()) : std::nullopt;
  }
};

/// A race as published.
///
/// Invariants: `points` in course order, at most 1000; the point "finish" is the last where there
/// is one. Splits of a result lie together, by rising point, one a point at most. A finisher's
/// split at "finish" repeats the finishing time on the splits' clock.
struct PublishedRace {
  std::string id;
  std::string name;
  base::Date date;              ///< Local.
  bool is_interrupted = false;  ///< Stopped for some or all runners.
  std::optional<base::Distance> distance;
  /// The least step of the file's finishing times: 1 s, or 0.6 s where it has decimal minutes.
  base::Duration resolution = std::chrono::seconds(1);
  PublishedClock split_clock = PublishedClock::Untold;
  /// The finishing time that the official places follow, where one does.
  std::optional<PublishedClock> ranked_by;
  std::vector<PublishedPoint> points;
  std::vector<PublishedResult> results;  ///< In the order of the file.
  std::vector<PublishedSplit> splits;
  TextPool texts;

  [[nodiscard]] std::string_view text(const PublishedResult& result, PublishedText kind) const {
    return texts.view(result.texts[static_cast<std::size_t>(kind)]);
  }
  /// The name as the file had it; of first and last name apart, "first last".
  [[nodiscard]] std::string name_of(const PublishedResult& result) const;
  [[nodiscard]] std::span<const PublishedSplit> splits_of(const PublishedResult& result) const {
    return std::span(splits).subspan(result.first_split, result.split_count);
  }
  /// The split at a point, or nothing. Cost: a look at each split of the result.
  [[nodiscard]] const PublishedSplit* split_at(const PublishedResult& result,
                                               std::size_t point) const {
    for (const PublishedSplit& split : splits_of(result)) {
      if (split.point() == point) return &split;
    }
    return nullptr;
  }
  /// The index of the point with this id, or nothing.
  [[nodiscard]] std::optional<std::size_t> point_named(std::string_view point_id) const {
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (points[i].id == point_id) return i;
    }
    return std::nullopt;
  }
  /// The time that counts: the one the places follow, else whichever the file has, an untold one
  /// before net before gun.
  [[nodiscard]] std::optional<base::Duration> finish_of(const PublishedResult& result) const {
    if (ranked_by) {
      if (auto time = result.finish_on(*ranked_by)) return time;
    }
    for (auto clock : {PublishedClock::Untold, PublishedClock::Net, PublishedClock::Gun}) {
      if (auto time = result.finish_on(clock)) return time;
    }
    return std::nullopt;
  }
};

/// True where both say the same, down to the last split, whatever their pools look like.
[[nodiscard]] bool same_content(const PublishedRace& a, const PublishedRace& b);

/// "official", "gun", "net".
[[nodiscard]] const char* name_of(PublishedClock clock);
[[nodiscard]] const char* name_of(PublishedText text);  ///< "bib", "first_name" ...

}  // namespace hs::model
