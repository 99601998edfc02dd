#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "model/own_time.h"
#include "model/published.h"

namespace hs::history {

/// A runner's time on the way, as published.
struct RunSplit {
  std::string point;  ///< Id of the point: "5k", "half".
  std::optional<base::Distance> distance;
  base::Duration time{0};     ///< Since the start.
  bool is_estimated = false;  ///< Worked out by the timer, never read.
  bool is_doubtful = false;
};

/// The finishers of one sex on the day.
struct FieldOfDay {
  std::uint32_t finishers = 0;
  base::Duration median{0};
};

/// The fastest of a sex and age over all editions that the archive has.
struct FastestOfAge {
  base::Duration time{0};
  std::uint32_t editions = 0;  ///< In which somebody of that sex and age finished.
};

/// One result of a person, with what a career asks of the race and its field.
struct CareerRun {
  std::string race;  ///< Its id: "harbour-2024".
  std::string race_name;
  base::Date date;
  bool is_interrupted = false;  ///< The race was stopped for some or all.
  std::optional<base::Distance> distance;
  base::Duration resolution{0};  ///< The least step of the file's times.
  model::RunnerStatus status = model::RunnerStatus::Finished;
  bool on_foot = true;                 ///< And not in a field apart.
  std::optional<model::OwnTime> time;  ///< Of a finisher.
  std::optional<model::PublishedPlace> place_overall;
  std::optional<model::PublishedPlace> place_sex;
  std::optional<model::PublishedPlace> place_division;
  std::optional<model::Sex> sex;  ///< As this file has it.
  std::optional<int> age;         ///< Years on race day, as this file has it.
  std::string name, bib, division, city, state, country, club;
  std::optional<std::uint32_t> published_grade;  ///< Hundredths of a percent.
  std::vector<RunSplit> splits;                  ///< In course order, those with a time.
  std::optional<FieldOfDay> field;               ///< Of the runner's sex.
  std::optional<FastestOfAge> fastest_of_age;
  std::uint32_t link_millionths = 1'000'000;  ///< How sure it is that this is theirs.

  /// True where the time can be compared with others: a finisher on foot.
  [[nodiscard]] bool is_comparable() const { return on_foot && time.has_value(); }
};

/// What a race that holds one result says of that runner. `field`, `fastest_of_age` and the link
/// are the caller's to fill.
[[nodiscard]] CareerRun career_run(const model::PublishedRace& race,
                                   const model::PublishedResult& result);

/// The series a race belongs to, from its id or name: without a year of four digits at either end
/// and what joins it ("harbour-2024", "2024 Harbour Run"). The whole text where no year is there.
[[nodiscard]] std::string_view series_of(std::string_view race);

}  // namespace hs::history
