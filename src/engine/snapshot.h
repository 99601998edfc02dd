#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/check.h"
#include "base/time.h"
#include "model/event.h"
#include "model/result.h"
#include "scoring/hand_lists.h"

namespace hs::engine {

/// One runner as everybody may look at them, without knowing the log.
struct SnapshotRunner {
  std::shared_ptr<const model::Entrant> entrant;  ///< Never null, as is the person.
  std::shared_ptr<const model::Person> person;
  /// Without places: one who comes in moves everybody behind, and nobody behind is touched. They
  /// are in `Snapshot::order`.
  model::RunnerResult result;
};

/// The order of one race at one point. Nobody changes it.
///
/// Cost: 20 bytes a runner; a race day has one at every point, and two while one is made anew.
class PointOrder {
 public:
  PointOrder(std::vector<model::EntrantId> entrants, const std::vector<model::Places>& places);

  /// Best first; equal ones by id.
  [[nodiscard]] const std::vector<model::EntrantId>& entrants() const { return entrants_; }
  [[nodiscard]] bool has(model::EntrantId id) const {
    return id.raw() < row_of_.size() && row_of_[id.raw()] != 0;
  }
  /// Of one runner; nothing where they are not placed here. Cost: O(1).
  [[nodiscard]] std::optional<model::Places> places_of(model::EntrantId id) const;

 private:
  /// Overall, of the sex, of the division: the place twice, one more where it is shared; 0: none.
  using Row = std::array<std::uint32_t, 3>;

  std::vector<model::EntrantId> entrants_;
  std::vector<Row> places_;
  std::vector<std::uint32_t> row_of_;  ///< By EntrantId: row + 1; 0: not here.
};

/// One race of a snapshot.
struct SnapshotRace {
  bool is_closed = false;
  bool is_cancelled = false;
  /// By point; nobody at the start. Never null.
  std::vector<std::shared_ptr<const PointOrder>> orders;
};

/// How a race stands after a fact. Nobody changes it; the next one shares what did not change: the
/// other runners, and blocks of them in which nobody changed, so that one runner who passes a mat
/// costs that runner and a block of pointers.
///
/// Order: runners by `EntrantId` of the scorer; one taken out of the list leaves a gap.
/// Threads: safe from any.
class Snapshot {
 public:
  static constexpr std::size_t kBlock = 256;
  using Block = std::array<std::shared_ptr<const SnapshotRunner>, kBlock>;

  Snapshot(model::FactSeq seq, base::RaceTime at, std::uint64_t edition,
           std::shared_ptr<const model::Event> event,
           std::vector<std::shared_ptr<const Block>> blocks, std::size_t size,
           std::vector<SnapshotRace> races, std::shared_ptr<const scoring::HandTiming> hand)
      : seq_(seq),
        at_(at),
        edition_(edition),
        event_(std::move(event)),
        blocks_(std::move(blocks)),
        size_(size),
        races_(std::move(races)),
        hand_(std::move(hand)) {
    HS_CHECK(hand_ != nullptr, "a snapshot without its hand timing");
  }

  [[nodiscard]] model::FactSeq seq() const { return seq_; }
  [[nodiscard]] base::RaceTime at() const { return at_; }  ///< When it was made.
  /// How often the event file had changed since the program began. Numbers of points and divisions
  /// mean the same in whatever is of one edition.
  [[nodiscard]] std::uint64_t edition() const { return edition_; }
  /// Null before the first event fact.
  [[nodiscard]] const model::Event* event() const { return event_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }  ///< Ids are below this.

  /// Nothing of whoever was taken out of the list.
  [[nodiscard]] const SnapshotRunner* runner(model::EntrantId id) const {
    return shared_runner(id).get();
  }
  /// The same, for whoever keeps it longer than the snapshot. While it is the same in memory,
  /// nothing of the runner changed.
  [[nodiscard]] const std::shared_ptr<const SnapshotRunner>& shared_runner(
      model::EntrantId id) const {
    HS_CHECK(id.raw() < size_, "no such entrant in this snapshot");
    return (*blocks_[id.raw() / kBlock])[id.raw() % kBlock];
  }

  /// By race of the event.
  [[nodiscard]] const std::vector<SnapshotRace>& races() const { return races_; }
  /// Who is placed where at a point of a race.
  [[nodiscard]] const PointOrder& order(model::RaceId race, std::size_t point) const {
    HS_CHECK(race.raw() < races_.size() && point < races_[race.raw()].orders.size(),
             "no such point");
    return *races_[race.raw()].orders[point];
  }

  /// What helpers wrote by hand, and what of it was accepted.
  [[nodiscard]] const scoring::HandTiming& hand() const { return *hand_; }

  /// For the next one.
  [[nodiscard]] const std::vector<std::shared_ptr<const Block>>& blocks() const { return blocks_; }
  [[nodiscard]] const std::shared_ptr<const model::Event>& shared_event() const { return event_; }

 private:
  model::FactSeq seq_;
  base::RaceTime at_;
  std::uint64_t edition_;
  std::shared_ptr<const model::Event> event_;
  std::vector<std::shared_ptr<const Block>> blocks_;
  std::size_t size_;
  std::vector<SnapshotRace> races_;
  std::shared_ptr<const scoring::HandTiming> hand_;
};

}  // namespace hs::engine
