#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "model/entrant.h"
#include "model/event.h"
#include "model/fact.h"
#include "model/relay.h"
#include "model/result.h"
#include "scoring/assignment.h"
#include "scoring/course.h"
#include "scoring/visits.h"

namespace hs::scoring {

/// What persons decided about one runner and have not taken back. Later rulings override earlier
/// ones of their kind; penalties add up.
struct Decisions {
  struct StatusRuling {
    model::RulingFact::Kind kind = model::RulingFact::Kind::Disqualify;
    std::string clause;
    model::FactSeq seq;
  };
  struct At {
    base::RaceTime at;
    model::FactSeq seq;
  };
  struct Forced {
    model::FactSeq read;
    std::string point;
    model::FactSeq seq;
  };
  struct Ignored {
    model::FactSeq read;
    model::FactSeq seq;
  };

  /// What is said of the leg of a relay team that ends, or for a start begins, at a point.
  struct OfLeg {
    std::string point;
    std::optional<base::RaceTime> at;  ///< Its start; absent: it was not finished.
  };

  std::optional<StatusRuling> status;
  std::vector<OfLeg> legs;  ///< In the order in which it was said.
  bool assisted = false;    ///< They were helped, whatever followed.
  base::Duration penalty{0};
  std::optional<At> start;
  std::optional<At> finish;
  bool accept_start = false;
  bool accept_wave = false;
  std::vector<Ignored> ignored;
  std::vector<Forced> forced;
};

/// A gun of the event with the time in which a start behind it is believed.
struct GunWindow {
  base::RaceTime gun;
  base::RaceTime until;
  model::RaceId race;
  model::WaveId wave;
};

/// A part of a race that does not count: between two instants, or between two points of the race.
struct NeutralPart {
  std::optional<base::RaceTime> from;
  std::optional<base::RaceTime> until;
  std::size_t point = 0;
  std::size_t to_point = 0;
};

/// A race that was stopped.
struct StopRuling {
  base::RaceTime at;                 ///< What is behind it does not count.
  std::optional<std::size_t> point;  ///< Those who did not finish are placed by it.
};

/// What a runner's fold needs of the race and event.
struct RaceContext {
  const model::Race* race = nullptr;  ///< With the guns as they hold.
  model::RaceId id;
  std::span<const GunWindow> guns;  ///< All guns of the event, by time.
  bool closed = false;
  bool cancelled = false;
  std::optional<StopRuling> stop;
  std::span<const NeutralPart> neutral;
  std::span<const model::RelayLeg> legs;  ///< Empty: no relay.
};

/// Scratch room of a fold, and what the verdicts are read off afterwards.
struct FoldWork {
  std::vector<Sighting> sightings;  ///< Usable ones by time, then those a ruling forces.
  std::size_t forced_from = 0;      ///< Index of the first forced one.
  std::vector<Visit> visits;
  std::vector<StartOption> starts;
  Assignment assignment;
};

/// One leg of a relay team.
struct LegFold {
  std::size_t from = 0;  ///< Point of the race at which it begins.
  std::size_t to = 0;    ///< Point of the race at which it ends.
  std::optional<base::RaceTime> start_at;
  model::LegStart start = model::LegStart::Handover;
  std::optional<base::Duration> time;
  /// What the sum of the legs up to this one has over the time of day since the start; absent
  /// where it cannot be known, or where a leg was not finished.
  std::optional<base::Duration> ahead;
  bool did_not_finish = false;
  std::optional<std::uint16_t> ran_by;
};

/// What is official about one runner before places are known: only their own reads, entry and
/// rulings, and the race's configuration, decide it.
struct RunnerFold {
  model::RunnerStatus status = model::RunnerStatus::Entered;
  std::string clause;
  std::optional<model::WaveId> wave;
  bool wave_found = false;  ///< No wave was entered; it follows from the start.
  std::optional<base::RaceTime> gun_at;
  model::StartSource start_source = model::StartSource::Gun;
  std::optional<base::RaceTime> start_at;
  std::optional<model::Passing> start;  ///< Absent: the gun stands in.
  /// By point of the race; the start's entry is `start`.
  std::vector<std::optional<model::Passing>> passings;
  base::Duration penalty{0};
  bool assisted = false;
  /// What does not count of their day: by time, apart from one another.
  std::vector<std::pair<base::RaceTime, base::RaceTime>> neutral;
  std::vector<LegFold> legs;  ///< Of a relay team.

  // For the list of things a person should know.
  std::optional<base::Duration> other_wave;   ///< Start minus own gun, negative.
  std::optional<base::Duration> late_start;   ///< Behind the window, start not heard in it.
  std::optional<base::Duration> other_start;  ///< Another start explains as much, so far away.
  std::optional<model::PointId> other_empty;
  /// A start heard in the window that leaves less than the least time to the first counted point.
  std::optional<base::RaceTime> start_aside;
  std::optional<model::PointId> start_aside_for;  ///< That point.
  std::optional<model::PointId> lap_missing;
  std::optional<model::PointId> exchange_missing;  ///< The first, where a later one was heard.
  bool late_start_or_walk = false;
  bool bounded = false;
  bool seen = false;

  [[nodiscard]] const std::optional<model::Passing>& finish() const { return passings.back(); }

  /// How long the runner took from one instant to another, without what does not count.
  [[nodiscard]] base::Duration counted(base::RaceTime from, base::RaceTime to) const;

  /// The time at a point of the race, counted from `from`. Of a relay team the sum of the legs up
  /// to there. Absent where the point was missed, or where a leg before it has no time.
  [[nodiscard]] std::optional<base::Duration> time_at(std::size_t point, base::RaceTime from) const;
};

/// Folds one runner.
///
/// `work.sightings` holds the runner's usable reads in any order: of this race's mats, inside the
/// event, not ignored. Everything else in `work` is overwritten.
///
/// Errors: none; a runner without reads is an outcome, not an error.
/// Cost:   about 1 us for a dozen reads.
[[nodiscard]] RunnerFold fold_runner(const RaceContext& context, const Course& course,
                                     const model::Entrant& entrant, const Decisions& decisions,
                                     FoldWork& work);

}  // namespace hs::scoring
