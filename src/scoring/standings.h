#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "model/event.h"
#include "model/ids.h"
#include "model/result.h"
#include "scoring/rank_key.h"
#include "scoring/rule_set.h"

namespace hs::scoring {

/// What tells two runners with the same time apart.
struct TieInfo {
  base::RaceTime at;                  ///< The instant itself; equal times of two waves differ here.
  std::uint32_t device = 0;           ///< Which device recorded it.
  std::uint64_t position = 0;         ///< In that device's order.
  bool by_hand = false;               ///< Hand timing: its recorded order always decides.
  std::optional<std::uint32_t> heat;  ///< A dead heat declared by a referee.
};

/// Answers for a runner at a point of the course. Asked only where times are equal.
class TieSource {
 public:
  virtual ~TieSource() = default;
  [[nodiscard]] virtual TieInfo tie(model::EntrantId entrant, std::size_t point) const = 0;
};

/// A runner among others: which lists they stand in, and the time that ranks at each point.
struct Member {
  model::EntrantId id;
  std::optional<model::Sex> sex;
  std::optional<model::DivisionId> division;
  std::span<const std::optional<base::Duration>> times;  ///< By point of the race; unrounded.
};

/// All orders of one race: overall, by sex and by primary division, at every point.
///
/// Places are order statistics: nothing is stored per runner but the time, so a change of one
/// runner moves one key and everybody's place is right again.
///
/// Units:   microseconds; never rounded before ranking.
/// Threads: one writer; reading while nobody writes is safe.
/// Cost:    `set` O(p * n) moves of 16 bytes (about 60 us for one point of 60,000 runners);
///          `places` O(log n); `load` and `sort` of everybody O(p n).
class RaceStandings {
 public:
  RaceStandings() = default;
  RaceStandings(std::size_t points, std::size_t divisions, EqualTimes equal_times);

  /// Forgets everybody and makes room for `members`.
  void clear(std::size_t members);

  /// Puts a runner in whose place nobody asks before `sort`. In rising id, after `clear`.
  void load(const Member& member);

  /// Puts the orders right after the last `load`.
  void sort();

  /// Puts a runner in, or moves them; only keys that differ are touched.
  void set(const Member& member);

  /// Places at a point; nothing where the runner has no time there.
  [[nodiscard]] model::Places places(model::EntrantId entrant, std::size_t point,
                                     const TieSource& ties) const;

  /// Everybody's places at a point, by `row_of`: what `places` says of each, in one walk over the
  /// orders. Cost: O(n) where few times are equal.
  [[nodiscard]] std::vector<model::Places> all_places(std::size_t point,
                                                      const TieSource& ties) const;

  /// Where a runner stands in `all_places`; nothing for somebody who was never put in.
  [[nodiscard]] std::optional<std::size_t> row_of(model::EntrantId entrant) const;

  /// Runners with a time at `point`, best first; equal ones as placed, then by id.
  [[nodiscard]] std::vector<model::EntrantId> order(std::size_t point, const TieSource& ties) const;

  /// Groups that came at the same raw instant at `point` under a book that looks at the picture,
  /// dead heats left out: for the referee, whether a recorded order told them apart or not.
  [[nodiscard]] std::vector<std::vector<model::EntrantId>> shared_instants(
      std::size_t point, const TieSource& ties) const;

 private:
  using Key = RankKey;
  using Order = std::vector<Key>;
  using Times = std::span<const std::optional<base::Duration>>;

  /// Which lists a runner stands in: overall, of a sex, of a division; one order a list and point.
  struct Row {
    model::EntrantId id;
    std::array<std::optional<std::uint16_t>, 3> slots;
  };

  /// Which list within a point: 0 overall, 1 to 3 by sex, from 4 on divisions.
  [[nodiscard]] std::size_t slots() const { return 4 + divisions_; }
  [[nodiscard]] Order& at(std::size_t point, std::size_t slot);
  [[nodiscard]] const Order& at(std::size_t point, std::size_t slot) const;
  /// Behind the last of those who share the time of `first`.
  [[nodiscard]] static std::size_t end_of_group(const Order& order, std::size_t first);
  /// Puts into `out` the placings of those from `first` to `end`, who share one time, in the order
  /// of the list. Cost: each one's read is looked up once.
  void place_group(const Order& order, std::size_t first, std::size_t end, std::size_t point,
                   const TieSource& ties, std::vector<model::Placing>& out) const;
  [[nodiscard]] std::optional<model::Placing> place_in(const Order& order, const Key& key,
                                                       std::size_t point,
                                                       const TieSource& ties) const;
  [[nodiscard]] bool comparable(std::span<const TieInfo> group) const;
  [[nodiscard]] static Row row_for(const Member& member);
  std::size_t add_row(const Row& row, Times times);
  void move(const Row& before, const std::optional<base::Duration>& old_time, const Row& after,
            const std::optional<base::Duration>& new_time, std::size_t point);

  std::size_t points_ = 0;
  std::size_t divisions_ = 0;
  EqualTimes equal_times_ = EqualTimes::Share;
  std::vector<Order> orders_;  // by point, then slot
  std::vector<Row> rows_;
  std::vector<std::optional<base::Duration>> times_;  // by row, then point
  std::vector<std::uint32_t> row_of_;                 // by EntrantId: row + 1; 0: not here
};

}  // namespace hs::scoring
