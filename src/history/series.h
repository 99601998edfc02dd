#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "history/career_run.h"

namespace hs::history {

/// One holding of a series that the archive has.
struct Edition {
  std::string race;  ///< Its id.
  std::string name;
  base::Date date;
  bool is_interrupted = false;
  friend bool operator==(const Edition&, const Edition&) = default;
};

/// A series: all editions of it in the archive.
struct Series {
  std::string id;                 ///< `series_of` the ids of its races.
  std::string name;               ///< `series_of` the name of the latest.
  std::vector<Edition> editions;  ///< By date.
};

/// Finishes in edition after edition.
///
/// A stopped race does not end it: whoever was stopped is missing from the results, and so is
/// whoever stayed at home; the results cannot tell, so the edition is passed over and named. A hole
/// in the archive (half as long again as usual between two editions) ends it: nothing is known
/// there.
struct Streak {
  std::size_t first = 0;  ///< Index of the run it begins with.
  std::size_t last = 0;
  std::size_t finishes = 0;
  std::vector<Edition> interruptions;  ///< Editions passed over, by date.
  bool is_open = false;                ///< It reaches the last edition of the archive.
};

/// A finish after editions without one.
struct Comeback {
  std::size_t run = 0;
  std::size_t before = 0;              ///< Index of the finish before it.
  int years = 0;                       ///< Between the two.
  std::size_t missed = 0;              ///< Editions between them, stopped ones left out.
  std::vector<Edition> interruptions;  ///< Stopped editions between them.
};

/// What a person did in one series.
struct SeriesRecord {
  std::string id;
  std::string name;
  std::vector<std::size_t> finishes;  ///< Indices of runs, by date; never empty.
  std::size_t editions = 0;           ///< In the archive.
  std::size_t editions_before = 0;    ///< Of those, before the first finish.
  std::size_t best = 0;               ///< Index of the fastest comparable run, else of the first.
  std::optional<Streak> streak;       ///< The longest of two or more; of equals the latest.
  std::vector<Comeback> comebacks;    ///< After three editions missed, or only stopped ones.
};

/// Editions put together by their series, each by date, then id; the series by id.
[[nodiscard]] std::vector<Series> gather_series(std::vector<Edition> editions);

/// Every series in which the runs have a finish, by first finish. `runs` are by date.
[[nodiscard]] std::vector<SeriesRecord> series_records(std::span<const CareerRun> runs,
                                                       std::span<const Series> series);

}  // namespace hs::history
