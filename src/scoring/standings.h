#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "model/event.h"
#include "model/ids.h"
#include "model/result.h"
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
  std::vector<std::optional<base::Duration>> times;  ///< By point of the race; unrounded.
};

/// All orders of one race: overall, by sex and by primary division, at every point.
///
/// Places are order statistics: nothing is stored per runner but the time, so a change of one
/// runner moves one key and everybody's place is right again.
///
/// Units:   microseconds; never rounded before ranking.
/// Threads: one writer; reading while nobody writes is safe.
/// Cost:    `set` O(p * n) moves of 16 bytes (about 60 us for one point of 60,000 runners);
///          `places` O(log n); `rebuild` O(p n log n).
class RaceStandings {
 public:
  RaceStandings() = default;
  RaceStandings(std::size_t points, std::size_t divisions, EqualTimes equal_times);

  /// Forgets everything and takes `members` as they are.
  void rebuild(std::vector<Member> members);

  /// Puts a runner in, or moves them; only keys that differ are touched.
  void set(const Member& member);

  /// Places at a point; nothing where the runner has no time there.
  [[nodiscard]] model::Places places(model::EntrantId entrant, std::size_t point,
                                     const TieSource& ties) const;

  /// Everybody's places at a point, by EntrantId: what `places` says of each, in one walk over the
  /// orders. Cost: O(n) where few times are equal.
  [[nodiscard]] std::vector<model::Places> all_places(std::size_t point,
                                                      const TieSource& ties) const;

  /// Runners with a time at `point`, best first; equal ones as placed, then by id.
  [[nodiscard]] std::vector<model::EntrantId> order(std::size_t point, const TieSource& ties) const;

  /// Groups that came at the same raw instant at `point` under a book that looks at the picture,
  /// dead heats left out: for the referee, whether a recorded order told them apart or not.
  [[nodiscard]] std::vector<std::vector<model::EntrantId>> shared_instants(
      std::size_t point, const TieSource& ties) const;

 private:
  struct Key {
    base::Duration time;
    model::EntrantId entrant;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  using Order = std::vector<Key>;

  /// Which list within a point: 0 overall, 1 to 3 by sex, from 4 on divisions.
  [[nodiscard]] std::size_t slots() const { return 4 + divisions_; }
  [[nodiscard]] Order& at(std::size_t point, std::size_t slot);
  [[nodiscard]] const Order& at(std::size_t point, std::size_t slot) const;
  [[nodiscard]] std::optional<model::Placing> place_in(const Order& order, const Key& key,
                                                       std::size_t point,
                                                       const TieSource& ties) const;
  [[nodiscard]] bool comparable(std::span<const TieInfo> group) const;
  void move(const Member& before, const Member& after, std::size_t point);
  [[nodiscard]] const Member* find(model::EntrantId entrant) const;

  std::size_t points_ = 0;
  std::size_t divisions_ = 0;
  EqualTimes equal_times_ = EqualTimes::Share;
  std::vector<Order> orders_;                   // by point, then slot
  std::vector<std::optional<Member>> members_;  // by EntrantId
};

}  // namespace hs::scoring
