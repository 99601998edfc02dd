#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/result.h"
#include "moments/memo.h"

namespace hs::moments {

/// Stands for a time that was not taken, inside the arrays of this folder only.
inline constexpr double kNoTime = std::numeric_limits<double>::quiet_NaN();

[[nodiscard]] inline bool is_known(double value) { return !std::isnan(value); }

/// Shorter stretches are too noisy to be a runner's pace.
inline constexpr double kLeastStretchMetres = 2000;

/// What an official or a rule allows to be told of a finisher. Everybody counts as field.
enum class Telling : std::uint8_t {
  All,
  NotHardship,  ///< A minor, or finished only just now: no collapse, no last place.
  Nothing,      ///< Private, or an open question hangs on the runner's own reads.
};

/// The finishers of one race on foot, as arrays that detectors read and nobody changes.
///
/// Units:   times in seconds, distances in metres, paces in seconds a metre.
/// Shape:   n rows, one a finisher; p columns, the timed points in course order, column 0 the
///          start, column p - 1 the finish. Row-major; NaN where nothing was measured.
/// Order:   rows by EntrantId, so that the same results give the same arrays.
struct FieldView {
  const model::EventResults* results = nullptr;  ///< Not owned; outlives the view.
  model::RaceId race;

  std::vector<model::PointId> points;  ///< Timed points; spotters are left out.
  std::vector<double> metres;          ///< By column.
  std::vector<bool> deaf;              ///< By column: so many were missed that it says nothing.
  std::vector<double> clock_doubt;     ///< By column: seconds the mat's clock may be off.
  std::vector<double> usual_share;     ///< By column: of their whole time, the field's median.

  std::vector<model::EntrantId> people;  ///< By row.
  std::vector<Telling> telling;          ///< By row.
  std::vector<bool> tells;               ///< By row: wants told what the entry list says of them.
  std::vector<double> woman;             ///< By row: 1 F, 0 M, .5 X or unknown.
  std::vector<double> age;               ///< By row: years; NaN where unknown.
  std::vector<std::uint32_t> place;      ///< By row: overall; 0 where none.
  std::vector<std::uint32_t> place_sex;  ///< By row: 0 where none.
  std::vector<double> net;               ///< n x p: seconds since the own start.
  std::vector<double> clock;             ///< n x p: seconds since `clock_zero`.
  base::RaceTime clock_zero;             ///< The first gun of the race.
  base::RaceTime latest;                 ///< `latest_instant`, for what is held.
  double clock_resolution = 0;           ///< Of the finish clock, seconds.
  Memo memo;                             ///< Of what detectors share (shared.h).

  [[nodiscard]] std::size_t rows() const { return people.size(); }
  [[nodiscard]] std::size_t columns() const { return points.size(); }
  [[nodiscard]] std::size_t finish() const { return points.size() - 1; }
  [[nodiscard]] double net_at(std::size_t row, std::size_t column) const {
    return net[row * columns() + column];
  }
  [[nodiscard]] double clock_at(std::size_t row, std::size_t column) const {
    return clock[row * columns() + column];
  }
  /// Seconds a metre between two columns; NaN where either was missed.
  [[nodiscard]] double pace(std::size_t row, std::size_t from, std::size_t to) const {
    return (net_at(row, to) - net_at(row, from)) / (metres[to] - metres[from]);
  }
  /// Seconds between two columns beyond those at a pace; negative if won; NaN where either was
  /// missed.
  [[nodiscard]] double lost(std::size_t row, std::size_t from, std::size_t to,
                            double at_pace) const {
    return (pace(row, from, to) - at_pace) * (metres[to] - metres[from]);
  }
  /// The last column before `column` that heard this runner at least `least_metres` earlier.
  [[nodiscard]] std::optional<std::size_t> heard_before(std::size_t row, std::size_t column,
                                                        double least_metres) const;

  /// The first column behind `column` that heard this runner at least `least_metres` later.
  [[nodiscard]] std::optional<std::size_t> heard_after(std::size_t row, std::size_t column,
                                                       double least_metres) const;

  [[nodiscard]] const model::Race& race_config() const { return results->event.races[race.raw()]; }
  [[nodiscard]] const model::RunnerResult& runner(std::size_t row) const {
    return results->runners[people[row].raw()];
  }
  [[nodiscard]] model::BibNumber bib(std::size_t row) const {
    return results->entrants[people[row].raw()].bib;
  }
  [[nodiscard]] const std::string& point_name(std::size_t column) const {
    return race_config().points[points[column].raw()].id;
  }
  /// The reads behind the given columns of a runner, for the officials.
  [[nodiscard]] std::vector<model::FactSeq> reads(std::size_t row,
                                                  std::span<const std::size_t> columns) const;
};

/// Gathers the finishers of one race.
///
/// Cost: O(entrants x points).
[[nodiscard]] FieldView view_field(const model::EventResults& results, model::RaceId race);

/// By the entry list's word or by the age.
[[nodiscard]] bool is_minor(const model::Entrant& entrant);

/// The latest instant the results know of: the nearest thing to "now" in a fold of facts.
/// Cost: O(runners x points).
[[nodiscard]] base::RaceTime latest_instant(const model::EventResults& results);

/// True while the race is open and the runner was heard, anywhere, less than ten minutes before
/// `latest`: whoever is with them hears of it first from them.
[[nodiscard]] bool is_in_hold(const model::EventResults& results, const model::RunnerResult& runner,
                              base::RaceTime latest);

/// True while a question about this entrant's own reads waits for a person: nothing is told.
[[nodiscard]] bool has_open_question(const model::EventResults& results, model::EntrantId entrant);

/// The row of a runner; nothing for whoever is no finisher. Cost: O(log rows).
[[nodiscard]] std::optional<std::size_t> row_of(const FieldView& view, model::EntrantId runner);

/// Takes what `results` say of one runner into a view of an earlier state of the same event: their
/// row comes, changes or goes, the places of all follow, and the memo begins anew. How well the
/// mats hear, and what is held of others, stays as it was.
///
/// `latest`: the latest instant known, for the hold. Cost: O(rows x columns), moving memory.
void refresh_row(FieldView& view, const model::EventResults& results, model::EntrantId runner,
                 base::RaceTime latest);

/// The column nearest to the middle of the course, within a twentieth of its length of it; nothing
/// where no such mat heard. Cost: O(columns).
[[nodiscard]] std::optional<std::size_t> half_of(const FieldView& view);

/// The q-quantile of values (nearest rank); NaN of none. Cost: O(n), a copy.
[[nodiscard]] double quantile(std::vector<double> values, double q);

}  // namespace hs::moments
