#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "model/result.h"
#include "scoring/clock_compare.h"
#include "scoring/course_clock.h"
#include "scoring/mat_health.h"
#include "scoring/missed.h"
#include "scoring/scorer_state.h"

namespace hs::scoring {

/// What everybody's reads say together: what the advisory fold looks at, gathered runner by runner,
/// then chip by chip, so that a large race is looked over in pieces small enough to stand between
/// two reads.
///
/// What is folded between two pieces is seen by the later one, as it then is; who wants it all of
/// one moment takes it in without folding anything meanwhile. Where the event itself changes, it
/// begins anew.
///
/// Order: whatever is gathered hangs on the facts alone, not on how many pieces there were.
/// Cost:  about that of judging every read once; memory of tens of bytes a runner and point.
class Survey {
 public:
  /// Takes in some more, of a hundred runners or so. True where nothing is left. The scorer has
  /// settled.
  bool take_some(ScorerState& state);
  /// Takes in one runner with their reads, by time, as `judge_runner` gives them.
  void take_runner(const ScorerState& state, model::EntrantId id,
                   const std::vector<model::ReadView>& reads);
  /// Takes in all that hangs on no runner.
  void take_chips(const ScorerState& state);

  [[nodiscard]] const MissedIntervals& missed() const { return missed_; }
  [[nodiscard]] const MatCounts& mats() const { return mats_; }
  [[nodiscard]] const ClockComparison& clocks() const { return clocks_; }
  [[nodiscard]] const CourseClocks& course_clocks() const { return course_clocks_; }

  /// Streams by their number. Cost: O(reads log reads) where devices number them.
  [[nodiscard]] std::vector<model::StreamHealth> streams(const ScorerState& state) const;
  /// Reads of a stream that a clock marker moved, and by how much the last of them.
  struct Moved {
    std::uint64_t reads = 0;
    model::FactSeq last;
    base::Duration by{0};
  };
  [[nodiscard]] const Moved* moved(model::StreamId stream) const;

  /// Reads of chips that nobody has.
  [[nodiscard]] const std::map<model::TagCode, std::uint64_t>& unknown() const { return unknown_; }
  /// By chip and race: reads of a chip of several runners there, and the first of them.
  struct Shared {
    std::uint64_t reads = 0;
    model::EntrantId first;
  };
  using ChipInRace = std::pair<model::TagCode, model::RaceId>;
  [[nodiscard]] const std::map<ChipInRace, Shared>& ambiguous() const { return ambiguous_; }
  /// Reads of chips that several entries have, each for each of them; in order of time, fact,
  /// runner.
  [[nodiscard]] std::vector<model::ReadView> reads_of_several() const;
  /// Runners who were too early at a point that stayed empty for them.
  using PointOfRace = std::pair<model::RaceId, model::PointId>;
  [[nodiscard]] const std::map<PointOfRace, std::set<model::EntrantId>>& early() const {
    return early_;
  }
  /// A runner whose two chips were heard at different mats within half a minute.
  struct TwoChips {
    model::EntrantId runner;
    TagIndex tag;
    base::Duration apart{0};
  };
  [[nodiscard]] const std::vector<TwoChips>& two_chips() const { return two_chips_; }

 private:
  struct OfStream {
    model::StreamHealth health;
    Moved moved;
    std::vector<std::uint64_t> positions;  // Of the device's own numbers.
  };

  void take_chip(const ScorerState& state, TagIndex tag);
  void look_at_two_chips(const ScorerState& state, model::EntrantId id);

  std::uint64_t derived_ = 0;   // `ScorerState::derived` at the beginning.
  std::size_t next_entry_ = 0;  // Not taken in yet; what comes on the way joins at the end.
  std::size_t next_chip_ = 0;
  std::vector<model::ReadView> scratch_;

  MissedIntervals missed_;
  MatCounts mats_;
  ClockComparison clocks_;
  CourseClocks course_clocks_;
  std::map<model::StreamId, OfStream> streams_;
  std::map<model::TagCode, std::uint64_t> unknown_;
  std::map<ChipInRace, Shared> ambiguous_;
  std::vector<model::ReadView> of_several_;
  std::map<PointOfRace, std::set<model::EntrantId>> early_;
  std::vector<TwoChips> two_chips_;
};

}  // namespace hs::scoring
