#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/moment.h"
#include "model/result.h"

namespace hs::evaluate {

using Runner = model::RunnerResult;
using Evidence = model::Evidence;
using Micros = std::optional<std::int64_t>;

inline constexpr std::int64_t kMicrosOfSecond = 1'000'000;

/// Whole seconds, cut.
[[nodiscard]] std::int64_t cut(std::int64_t micros);

/// What a piece of evidence should say; a number absent here is one nobody can work out.
struct Right {
  std::optional<std::int64_t> seconds, rank, of, years, next_years;
  std::int64_t slack = 0;        ///< Seconds that two ways through doubles may differ.
  std::int64_t count_slack = 0;  ///< Runners who lie on a limit.
};

/// A second way to each number of evidence, from the results and in integers, with no code of the
/// detectors: where a detector and this disagree one of them is wrong. What a word of evidence
/// means is said where its detector makes it.
///
/// Threads: pure. The moment and the results must outlive it.
/// Cost: O(runners) to make; `right` is O(runners x points) at most.
class Book {
 public:
  Book(const model::Moment& moment, const model::EventResults& results);

  /// What the evidence should say; nothing for a kind of evidence that has no second way here.
  [[nodiscard]] std::optional<Right> right(const Evidence& e) const;

 private:
  /// Who was stopped on the course: due at a later mat that heard nobody any more.
  struct Stopped {
    std::int64_t heard = 0;  ///< All whom a mat heard.
    std::int64_t count = 0;
    std::int64_t on_limit = 0;
    std::map<std::size_t, std::int64_t> last_heard;  ///< How many, by point.
  };
  /// Clock times of somebody by point, the start by their own start where its mat missed them.
  using Clocks = std::map<std::size_t, std::int64_t>;

  // What the results say.
  [[nodiscard]] std::size_t point(const std::string& id) const;
  [[nodiscard]] const Runner* runner(const Evidence& e, std::size_t nth) const;
  [[nodiscard]] static Micros net(const Runner* r, std::size_t p);
  [[nodiscard]] static Micros gun(const Runner* r);
  [[nodiscard]] Micros at_clock(const Runner* r, std::size_t p) const;
  [[nodiscard]] static Micros between(const Runner* r, std::size_t from, std::size_t to);
  [[nodiscard]] std::int64_t millimetres(std::size_t p) const;
  [[nodiscard]] bool is_timed(std::size_t p) const;
  /// Microseconds a millimetre.
  [[nodiscard]] double pace(const Runner* r, std::size_t from, std::size_t to) const;
  /// The nearest point `step` before or behind `p` that heard the runner, 2 km off or more.
  [[nodiscard]] std::optional<std::size_t> neighbour(const Runner* r, std::size_t p,
                                                     int step) const;
  /// True where so many of the field were missed that the point says nothing.
  [[nodiscard]] bool is_deaf(std::size_t p) const;
  [[nodiscard]] bool is_doubted(std::size_t p) const;
  /// Of an even number the later one.
  [[nodiscard]] static std::int64_t middle_of(std::vector<std::int64_t> values);

  // Of one runner: moment_book_runner.cc.
  [[nodiscard]] Right stretch(const Evidence& e) const;
  [[nodiscard]] Right lost(const Evidence& e) const;
  [[nodiscard]] Right place(const Evidence& e) const;
  /// Among all who have a place, wheels and feet.
  [[nodiscard]] Right official_place(const Evidence& e) const;
  /// Of the oldest, of one with so many older, or of the youngest.
  [[nodiscard]] Right age(const Evidence& e) const;
  [[nodiscard]] Right clock(const Evidence& e) const;
  /// What the stretch would have taken at the pace until there.
  [[nodiscard]] Right at_the_pace(const Evidence& e) const;
  /// How far under the hour, half hour, goal or standard that the evidence names.
  [[nodiscard]] Right barrier(const Evidence& e) const;
  [[nodiscard]] std::optional<int> age_for(const model::Standard& standard, const Runner* r) const;
  /// From the table of the event, by the sex and the age of the entry list. Nothing where another
  /// time is expected there than the evidence says.
  [[nodiscard]] Right standard(const Evidence& e) const;
  /// Where the middle one, or the first, of those seeded alike came in.
  [[nodiscard]] Right seed(const Evidence& e) const;
  /// Finishing times of those who were given a bib or a wave like this runner's, without theirs.
  [[nodiscard]] std::vector<std::int64_t> seeded_alike(const Runner* own, bool by_bib) const;

  // Of several: moment_book_pairs.cc.
  [[nodiscard]] Right start_gap(const Evidence& e) const;
  [[nodiscard]] Micros clock_apart(const Evidence& e, std::size_t p) const;
  [[nodiscard]] Right apart(const Evidence& e) const;
  [[nodiscard]] Right group(const Evidence& e) const;
  [[nodiscard]] Right gap_before(const Evidence& e) const;
  /// Everybody else at the line within so many seconds, half of them before the first of the pair.
  [[nodiscard]] Right crowd(const Evidence& e) const;
  [[nodiscard]] Right agreement(const Evidence& e) const;
  [[nodiscard]] Right same_times(const Evidence& e) const;
  [[nodiscard]] Right shared_loss(const Evidence& e) const;
  [[nodiscard]] Right several(const Evidence&) const;

  // Of the field: moment_book_field.cc.
  [[nodiscard]] Right negative_splits(const Evidence& e) const;
  /// The course in stretches of two kilometres or more between mats that can be trusted, and how
  /// many were timed over all of them.
  [[nodiscard]] Right stretches(const Evidence&) const;
  /// Who slowed by a quarter in a stretch of two kilometres or more behind 45 % of the course, and
  /// who of them ran the rest, a tenth of the course or more, within a tenth of the pace before.
  [[nodiscard]] Right comebacks(const Evidence&) const;
  [[nodiscard]] std::vector<std::int64_t> ranking_front(const std::string& given) const;
  [[nodiscard]] Right front(const Evidence&) const;
  [[nodiscard]] Right win(const Evidence& e) const;
  [[nodiscard]] Right heard(const Evidence& e) const;
  /// The middle one's time over one half of the course.
  [[nodiscard]] Right middle(const Evidence& e) const;

  // Of a storm: moment_book_storm.cc.
  [[nodiscard]] const model::NoteFact* note_of(const Evidence& e) const;
  /// How long it was, and how many finishers were on the course all the while.
  [[nodiscard]] Right storm(const Evidence& e) const;
  /// True where these two points are the nearest around the storm that heard the runner.
  [[nodiscard]] bool is_around(const Runner* r, std::size_t from, std::size_t to,
                               const model::NoteFact& storm) const;
  [[nodiscard]] Right slowed_least(const Evidence& e) const;

  // Of starts, places and stops: moment_book_stops.cc.
  [[nodiscard]] Clocks clocks(const Runner* r) const;
  /// When each mat heard its last, but for a few stragglers.
  [[nodiscard]] std::map<std::size_t, std::int64_t> silences(
      const std::vector<Clocks>& everybody) const;
  [[nodiscard]] Stopped stopped() const;
  [[nodiscard]] Right stop_front(const Evidence& e) const;
  [[nodiscard]] Right last_heard(const Evidence& e) const;
  [[nodiscard]] Right finished(const Evidence& e) const;
  [[nodiscard]] Right start_behind(const Evidence& e) const;
  [[nodiscard]] Right passed(const Evidence& e) const;
  [[nodiscard]] Right cutoff(const Evidence& e) const;
  [[nodiscard]] Right division_win(const Evidence& e) const;
  /// The time by which the race ranks, at a point.
  [[nodiscard]] Micros ranking(const Runner* r, std::size_t p) const;
  [[nodiscard]] Right place_early(const Evidence& e) const;

  const model::Moment& moment_;
  const model::EventResults& results_;
  const model::Race& race_;
  std::map<model::BibNumber, const Runner*> by_bib_;
  std::vector<const Runner*> everybody_;  ///< Of the race, whatever became of them.
  std::vector<const Runner*> field_;      ///< Finishers on foot with a net time.
  std::optional<base::RaceTime> zero_;    ///< The first gun.
};

}  // namespace hs::evaluate
