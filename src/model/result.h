#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "base/shared_rows.h"
#include "base/shared_vector.h"
#include "base/slim_optional.h"
#include "base/time.h"
#include "model/entrant.h"
#include "model/event.h"
#include "model/fact.h"
#include "model/ids.h"
#include "model/read.h"

namespace hs::model {

enum class RunnerStatus : std::uint8_t {
  Entered,           ///< ENT: not seen, race open.
  Running,           ///< RUN: seen, race open.
  Unresolved,        ///< UNR: seen, no finish, race closed; needs a person.
  Finished,          ///< FIN.
  DidNotStart,       ///< DNS.
  DidNotFinish,      ///< DNF.
  Disqualified,      ///< DSQ.
  OutOfCompetition,  ///< OOC: timed, not placed.
  Deferred,          ///< DEF.
  Stopped,           ///< STP: on the course when the race was stopped.
};

/// What scoring thought of one read; the first that applies.
enum class Verdict : std::uint8_t {
  Marker,
  Gun,
  OutsideEvent,
  UnknownChip,
  AmbiguousChip,
  IgnoredByRuling,
  ForcedByRuling,
  NotInRace,
  BeforeGun,
  OutsideWindow,
  TooEarly,
  Counted,
  Dwell,
  BackupUnused,
  LateRepeat,
  Duplicate,
  AfterStop,   ///< Behind the instant at which the race was stopped.
  OutsideLeg,  ///< In a relay: of a runner who was not on their leg.
};

enum class StartSource : std::uint8_t { Mat, Gun, OtherWave, Ruling };

/// A place among others. Equal places are shared: 1, 2, 2, 4.
struct Placing {
  std::uint32_t place = 0;  ///< From 1.
  bool shared = false;      ///< Shown "2=".
};

}  // namespace hs::model

/// Places count from 1.
template <>
struct hs::base::Absent<hs::model::Placing> {
  static constexpr model::Placing value() { return {}; }
  static constexpr bool is(const model::Placing& placing) { return placing.place == 0; }
};

namespace hs::model {

struct Places {
  base::SlimOptional<Placing> overall;
  base::SlimOptional<Placing> sex;
  base::SlimOptional<Placing> division;  ///< In the runner's primary division.
};

/// One timed visit of one runner to one point.
struct Passing {
  base::RaceTime at;
  base::SlimOptional<FactSeq> read;  ///< The read whose time is used; absent: set by a ruling.
  ReadRole role = ReadRole::Main;
  bool forced = false;  ///< By a ruling.
};

}  // namespace hs::model

/// Nobody passes a mat 292,000 years before 1970.
template <>
struct hs::base::Absent<hs::model::Passing> {
  static constexpr model::Passing value() { return {base::RaceTime::min(), {}, {}, false}; }
  static constexpr bool is(const model::Passing& passing) {
    return passing.at == base::RaceTime::min();
  }
};

namespace hs::model {

/// What is known of a runner at one point of the course. A large race has a million of them.
struct Split {
  base::SlimOptional<Passing> passing;  ///< Absent: missed, or not there yet.
  base::SlimOptional<base::NetTime> net;
  base::SlimOptional<base::GunTime> gun;
  Places places;  ///< By the race's `rank_by`; empty at the start.
};
static_assert(sizeof(Split) == 64);

/// What a leg of a relay began with.
enum class LegStart : std::uint8_t {
  Start,      ///< The start of the race: it is the first leg.
  Handover,   ///< The read that ended the leg before.
  MassStart,  ///< The gun of a mass start.
  Ruling,
};

/// One leg of a relay team. Its end is the passing of the point that ends it.
struct LegResult {
  std::optional<base::RaceTime> start_at;  ///< Absent: the exchange before it was not heard.
  LegStart start = LegStart::Handover;
  std::optional<base::Duration> time;  ///< From its start to its end, without what does not count.
  Places places;                       ///< Among the times of this leg.
  bool did_not_finish = false;         ///< By a ruling.
  /// Number of the leg for which the runner was entered who seems to have run it; absent: this one.
  std::optional<std::uint16_t> ran_by;
};

/// The official result of one entry.
struct RunnerResult {
  EntrantId entrant;
  RaceId race;
  std::optional<WaveId> wave;          ///< The runner's own wave; absent while unknown.
  std::optional<DivisionId> division;  ///< First matching primary division.
  RunnerStatus status = RunnerStatus::Entered;
  StartSource start_source = StartSource::Gun;
  std::optional<base::RaceTime> gun_at;  ///< Own gun.
  std::optional<base::RaceTime> start_at;
  std::optional<base::Duration> start_offset;  ///< Own start minus own gun; may be negative.
  std::optional<base::GunTime> gun;
  std::optional<base::ClockTime> clock;
  std::optional<base::NetTime> net;
  std::optional<base::Duration> ranking;   ///< The one of the three that ranks, unrounded.
  std::optional<base::Duration> official;  ///< `ranking`, rounded once by the rule set.
  base::Duration penalty{0};
  base::Duration neutral{0};         ///< Left out of all three times at the finish: not counted.
  bool assisted = false;             ///< A referee says that they were helped.
  std::string clause;                ///< Of the disqualification, public.
  Places places;                     ///< Empty unless finished.
  std::optional<FactSeq> hidden_by;  ///< An official wants nothing told of them; no official value.
  base::SharedVector<Split> splits;  ///< One a point of the race, the start included.
  /// Of a relay team, one a leg; else empty. With a mass start the times at points are sums of the
  /// legs, not differences of instants.
  base::SharedVector<LegResult> legs;
};

/// The least and the most a missed point's net time can be. Advisory, never a time.
struct MissedInterval {
  EntrantId entrant;
  PointId point;
  base::NetTime earliest;
  base::NetTime latest;
};

/// A distinct read as scoring sees it, for one race of its runner.
struct ReadView {
  FactSeq fact;
  StreamId stream;
  std::optional<std::uint64_t> device_seq;
  std::uint32_t line = 0;
  TagCode tag;
  base::RaceTime time;
  std::optional<EntrantId> entrant;
  std::optional<PointId> point;  ///< The point the visit was given to, or stood before.
  Verdict verdict = Verdict::Counted;
  /// What the sentence of reason needs; which are set depends on the verdict.
  std::optional<base::Duration> amount;  ///< Before the gun, behind the window, until allowed ...
  std::optional<FactSeq> other;          ///< The read that counted instead; the ruling.
};

/// How much a thing on the list wants a person.
enum class Severity : std::uint8_t {
  Act,   ///< A finisher's result hangs on it: exit code 1.
  Look,  ///< A choice was made that stands; a person should know.
  Note,  ///< For the record.
};

/// Something for a person. `present/` puts it into words.
struct Attention {
  enum class Kind : std::uint8_t {
    Unresolved,       ///< Seen, no finish, race closed.
    UnknownChip,      ///< `tag`, `count` reads.
    AmbiguousChip,    ///< `tag` belongs to several entrants of one race.
    TwoChips,         ///< One entrant heard with two chips at different places.
    OtherWaveStart,   ///< `amount` before (negative) the own gun.
    LateStart,        ///< `amount` behind the window.
    NoGun,            ///< A wave without a gun: nothing of it can be timed.
    OtherAssignment,  ///< Another reading of the visits is as good.
    LateStartOrWalk,  ///< Start not heard; two visits after the window.
    LapMissing,       ///< One point of a shared mat was not heard.
    ReadConflict,     ///< Same identity, other content.
    SharedInstant,    ///< Equal raw times; the referee may want the picture.
    WrongDistance,    ///< More than 2 % too early at `point`.
    DeadMat,          ///< `mat` heard `count` of `of` who passed, `from` .. `until`.
    ClockSuspected,   ///< `text` names the devices; `amount`, `spread`.
    ClockMoved,       ///< A clock marker moved earlier reads by `amount`.
    PowerLost,
    ForeignFile,  ///< `text`: a file whose reads are all outside the event.
    BadLine,      ///< `text`: file, line, column, found, expected.
    FileMissing,  ///< `text`: a file that was there before.
    FileUnreadable,
    StreamRepeated,       ///< `text`: a file that brought nothing new; `count` copies.
    SequenceGap,          ///< A device's numbers have holes: `count` missing.
    NetUnderGunRules,     ///< Ranked by net under a rule book that ranks by gun.
    RulingWithoutRunner,  ///< A ruling names a bib that is not entered.
    SearchBounded,        ///< Too many readings of the visits to weigh them all.
    EntryQuestion,        ///< `text`: something odd in the entry list.
    HandTiming,           ///< Hand times wait to be accepted.
    WaveFound,            ///< No wave was entered; `text` is the one whose window holds the start.
    ChipOfTwo,            ///< Reads of `tag` count for two people, of two races.
    AfterClose,           ///< Finished `amount` after the race closed; counted until ruled.
    RulingWithoutEffect,  ///< A ruling about several entries binds none: `text` says why.
    Assistance,           ///< Words of help; `text` is the clause that a referee weighs.
    ExchangeMissing,      ///< A relay: the exchange `point` was not heard.
    LegOrder,             ///< A relay: legs run in another order than entered; `text` says which.
    StartSetAside,        ///< Heard at the start `from`, too late for what was heard at `point`.
  };
  Severity severity = Severity::Note;
  Kind kind = Kind::Unresolved;
  std::optional<RaceId> race;
  std::optional<EntrantId> entrant;
  std::optional<EntrantId> other_entrant;
  std::optional<PointId> point;
  std::string mat;
  std::optional<TagCode> tag;
  std::optional<FactSeq> fact;
  std::optional<base::Duration> amount;
  std::optional<base::Duration> spread;
  std::optional<base::RaceTime> from;
  std::optional<base::RaceTime> until;
  std::uint64_t count = 0;
  std::uint64_t of = 0;
  std::string text;
};

/// How well a mat heard, of those known to have passed it, minute by minute.
struct MatHealth {
  std::string mat;
  std::uint64_t heard = 0;
  std::uint64_t passed = 0;  ///< Heard, or heard on both sides of it.
  struct Minute {
    base::RaceTime from;
    std::uint32_t heard = 0;
    std::uint32_t passed = 0;
  };
  std::vector<Minute> minutes;  ///< Rising; minutes in which nobody passed are left out.
};

/// What the reads say about one device's clock against another of the same mat.
struct ClockCompare {
  StreamId stream;
  StreamId against;
  std::uint64_t pairs = 0;
  std::optional<base::Duration> offset;  ///< Absent: cannot be told apart from spacing.
  base::Duration offset_error{0};
  std::optional<base::Distance> spacing;  ///< Of the lines, along the course.
  base::Duration at_start{0};             ///< Median difference on start passings.
  base::Duration at_finish{0};            ///< Median difference on later passings.
};

/// What the runners' times at the points around say about the clock of the one device at a mat.
struct CourseClock {
  StreamId stream;
  std::uint64_t runners = 0;  ///< Heard by it and on both sides of it.
  base::Duration apart{0};    ///< Median of its time minus an even pace between the others.
  base::Duration spread{0};   ///< Half of the runners lie within this of the median.
  std::optional<base::Duration> correction;  ///< To add; only where a wrong zone explains it.
};

/// Reads of one stream, counted.
struct StreamHealth {
  StreamId id;
  Stream stream;
  std::uint64_t reads = 0;
  std::uint64_t outside_event = 0;
  std::uint64_t unknown_chips = 0;
  std::uint64_t missing_sequence = 0;  ///< Holes in the device's numbering.
  std::optional<base::RaceTime> first;
  std::optional<base::RaceTime> last;
};

/// Winner list of one award.
struct AwardWinners {
  RaceId race;
  std::string award;
  std::string division;  ///< Empty where the award names none.
  std::vector<std::pair<Placing, EntrantId>> winners;
  /// Nobody who is still able to finish could change it any more; a ruling still could.
  bool is_locked = false;
  std::vector<EntrantId> could;  ///< Who could beat the last prize, by number of the entry.
  std::optional<base::RaceTime>
      open;  ///< Until when; absent where locked, or where prizes are left.
};

/// A runner of a team.
struct TeamMember {
  EntrantId runner;
  std::uint32_t place = 0;  ///< Among those who count for the award; 0: takes no place there.
  base::Duration time{0};   ///< Rounded as the rule set asks.
  bool scores = false;
};

struct TeamStanding {
  std::string name;
  std::optional<Placing> placing;   ///< Absent: too few finishers to be a team.
  std::uint64_t places = 0;         ///< Sum of its scorers' places; of an incomplete team 0.
  base::Duration time{0};           ///< Sum of its scorers' times; of an incomplete team 0.
  std::vector<TeamMember> members;  ///< Finishers, best first; those who score come first.
};

/// All teams of one team award: full ones by place, then those who lack finishers, by name.
struct TeamResults {
  RaceId race;
  std::string award;
  TeamScore score = TeamScore::Places;
  std::vector<TeamStanding> teams;
};

struct Note {
  FactSeq seq;
  NoteFact note;
};

struct Ruling {
  FactSeq seq;
  RulingFact ruling;
};

/// What was decided about a race.
struct RaceRuling {
  FactSeq seq;
  RaceRulingFact ruling;
};

/// A version of a race's results that went out.
struct Version {
  std::uint32_t number = 0;  ///< From 1, by race.
  FactSeq seq;               ///< Results as of this fact.
  PublishFact fact;
};

struct Past;

/// Everything known at a position of the log. A snapshot: it does not change.
struct EventResults {
  FactSeq as_of;
  base::Digest hash{};                 ///< Of the official values (`scoring/results_hash.h`).
  Event event;                         ///< Guns as they hold: moved guns moved.
  std::vector<bool> closed;            ///< By race.
  std::vector<bool> cancelled;         ///< By race.
  base::SharedRows<Entrant> entrants;  ///< By `EntrantId`; removed entries are left out.
  base::SharedRows<Person> persons;    ///< By `EntrantId`.
  std::vector<RunnerResult> runners;   ///< By `EntrantId`.
  std::vector<std::vector<EntrantId>> order;  ///< By race: placed first, then the rest by bib.
  std::vector<AwardWinners> awards;
  std::vector<TeamResults> teams;
  std::vector<MissedInterval> missed;  ///< By entrant, then point.
  std::vector<ReadView> reads;         ///< By race time, then fact number.
  std::vector<Attention> attention;    ///< Most pressing first.
  std::vector<MatHealth> mats;
  std::vector<StreamHealth> streams;
  std::vector<ClockCompare> clocks;
  std::vector<CourseClock> course_clocks;  ///< Only those that look wrong.
  std::vector<Note> notes;
  std::uint32_t version = 0;      ///< How often results were published; 0: not yet.
  std::vector<Version> versions;  ///< Of all races, as they came.
  std::vector<Ruling> rulings;  ///< On somebody's status, not taken back by an undo; as they came.
  std::vector<RaceRuling> race_rulings;  ///< Not taken back by an undo; as they came.
  /// What an archive knows of the runners' earlier races (model/past.h); null without one. No
  /// official value depends on it.
  std::shared_ptr<const Past> past;
};

[[nodiscard]] const char* name_of(RunnerStatus status);   ///< "FIN" ...
[[nodiscard]] const char* name_of(Verdict verdict);       ///< "too-early" ...
[[nodiscard]] const char* name_of(StartSource source);    ///< "other-wave" ...
[[nodiscard]] const char* name_of(LegStart start);        ///< "handover", "mass-start" ...
[[nodiscard]] const char* name_of(Severity severity);     ///< "act", "look", "note".
[[nodiscard]] const char* name_of(Attention::Kind kind);  ///< "unknown-chip" ...

}  // namespace hs::model
