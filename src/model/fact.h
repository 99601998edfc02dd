#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "model/entrant.h"
#include "model/event.h"
#include "model/ids.h"
#include "model/read.h"

namespace hs::model {

/// Who said it, and when they did.
struct Author {
  std::string by;                    ///< A name or an account, never empty.
  std::optional<base::RaceTime> at;  ///< When it was said.
};

/// The event file, whole: replaces what was configured before.
struct EventFact {
  Event event;
};

/// An entry made or changed; the last one for a race and bib holds.
struct EntrantFact {
  Entrant entrant;
  Person person;
};

/// An entry taken out of the list.
struct EntrantRemovedFact {
  std::string race;
  BibNumber bib;
};

/// A stream begins, or the event file says something new of it.
struct StreamFact {
  StreamId id;
  Stream stream;
};

/// A chip (or bib) was read.
struct ReadFact {
  Read read;
};

/// A read came again under the same identity with other content. Kept, listed, never scored.
struct ReadConflictFact {
  FactSeq first;  ///< The read that holds.
  Read read;
};

struct MarkerFact {
  StreamId stream;
  Marker marker;
};

/// A gun fired, or a person says when it did. The last active one for a wave holds.
struct GunFact {
  std::string race;
  std::string wave;
  base::RaceTime at;
  Author author;
};

/// No more finishers are expected.
struct CloseFact {
  std::string race;
  Author author;
};

/// The race is called off: nothing is scored, everybody is deferred.
struct CancelFact {
  std::string race;
  std::string reason;
  Author author;
};

/// What a referee or timer decided about one runner.
struct RulingFact {
  enum class Kind : std::uint8_t {
    Disqualify,
    Reinstate,  ///< Takes back any status ruling before it.
    DidNotFinish,
    DidNotStart,
    OutOfCompetition,
    Penalty,      ///< `amount` is added to gun, clock and net time; may be negative.
    Start,        ///< `at` is the start.
    Finish,       ///< `at` is the finish.
    AcceptStart,  ///< A start outside the window counts.
    AcceptWave,   ///< The runner belongs to the wave they started with.
    IgnoreRead,   ///< The reads `reads` do not count.
    ForceRead,    ///< The read `reads[0]` is the passing at `point`.
    DeadHeat,     ///< The runner shares the place of the one before in finish order: `with`.
    Assisted,   ///< Was helped, by `with` or by somebody without a bib; the rules say what follows.
    Merge,      ///< Two entries are one person: all of the runner counts for `with[0]`.
    SwapChips,  ///< The runner and `with[0]` wore each other's chips.
    Move,       ///< The runner belongs to the race `to`.
  };
  Kind kind = Kind::Disqualify;
  std::string race;
  BibNumber bib;
  std::optional<base::Duration> amount;
  std::optional<base::RaceTime> at;
  std::vector<FactSeq> reads;
  std::string point;
  /// The others of a dead heat or who helped, in any order; of a merge and a swap the one other.
  std::vector<BibNumber> with;
  std::string to;  ///< `Move`: a race; `Merge`, `SwapChips`: that of the other, if another.
  bool medical_at_hand = false;  ///< `Assisted`: medical help was at hand and was not waited for.
  bool advantage = false;        ///< `Assisted`: a helper, or their team, gained by it.
  std::string clause;            ///< Public where the ruling disqualifies.
  std::string reason;            ///< For the officials only.
  Author author;
};

/// What a race director decided about a whole race while or after it was run.
struct RaceRulingFact {
  enum class Kind : std::uint8_t {
    Shorten,     ///< The results at `point` are those of the finish; the last word holds.
    Stop,        ///< Nothing counts behind `at`. Others are placed by `point`, if it is named.
    Neutralise,  ///< Not counted: from `from` until `until`, or between `point` and `to_point`.
  };
  Kind kind = Kind::Shorten;
  std::string race;
  std::string point;
  std::string to_point;
  std::optional<base::RaceTime> at;
  std::optional<base::RaceTime> from;
  std::optional<base::RaceTime> until;
  std::string clause;
  std::string reason;
  Author author;
};

/// A person accepted that a device's clock was off: `offset` is added to its times.
struct ClockCorrectionFact {
  std::string device;
  std::string epoch;  ///< Empty: every log of the device.
  base::Duration offset{0};
  std::optional<base::ReaderTime> from;   ///< On the device's dial, inclusive; absent: always.
  std::optional<base::ReaderTime> until;  ///< Exclusive.
  std::string reason;
  Author author;
};

/// A hand-timed passing that a person accepted: one read of one runner at one mat.
struct HandReadFact {
  std::string race;
  BibNumber bib;
  std::string mat;
  base::RaceTime at;
  std::string reason;
  Author author;
};

/// A line of hand timing that is not yet anybody's: a time without a bib, or a bib without a
/// time. Evidence for `doctor`; scoring does not use it.
struct HandLineFact {
  StreamId stream;
  std::uint32_t line = 0;
  std::optional<base::ReaderTime> time;
  std::optional<BibNumber> bib;
};

enum class NoteKind : std::uint8_t { Official, Announcer, Runner, Volunteer };

/// What a note bears witness to, beside its words.
enum class NoteSubject : std::uint8_t {
  Help,   ///< Help among those it names, or of the one it names; their order says nothing.
  Storm,  ///< A storm over the race, or over the event; it names nobody.
};

/// Somebody's words, signed.
struct NoteFact {
  NoteKind kind = NoteKind::Official;
  std::string race;  ///< May be empty: about the event.
  std::vector<BibNumber> bibs;
  std::string point;
  std::string text;
  std::optional<NoteSubject> about;     ///< Absent: a remark.
  std::optional<base::RaceTime> from;   ///< When a storm came; only with `until`.
  std::optional<base::RaceTime> until;  ///< When it had passed; after `from`.
  Author author;
};

/// Takes back a fact that a person made (also another undo).
struct UndoFact {
  FactSeq undone;
  std::string reason;
  Author author;
};

/// Nothing is told of a runner any more, on the page or anywhere; results stay. Taken back by an
/// undo.
struct HideFact {
  std::string race;
  BibNumber bib;
  Author author;
};

/// The results of a race as they are here are a version that was published.
struct PublishFact {
  std::string race;
  std::string reason;
  bool official = false;                        ///< No protest is open any more.
  std::optional<base::RaceTime> protest_until;  ///< Until when protests are taken.
  std::string hash;  ///< Of what was published (`scoring::race_hash`), in hex; empty: not kept.
  Author author;
};

/// What is known of a person is erased and stays so, whatever an entry list says later; they are
/// "Bib N" from then on. Times, places, sex and age on race day stay. No undo brings anything back.
/// Names the entry as it was made: a ruling that moves somebody moves nothing here.
struct EraseFact {
  std::string race;
  BibNumber bib;
  Author author;
};

using FactBody = std::variant<EventFact, EntrantFact, EntrantRemovedFact, StreamFact, ReadFact,
                              ReadConflictFact, MarkerFact, GunFact, CloseFact, CancelFact,
                              RulingFact, ClockCorrectionFact, HandReadFact, HandLineFact, NoteFact,
                              UndoFact, HideFact, PublishFact, RaceRulingFact, EraseFact>;

/// The kind of a fact as stored. Numbers are part of the file format: never reuse one.
enum class FactKind : std::uint8_t {
  Event = 1,
  Entrant = 2,
  EntrantRemoved = 3,
  Stream = 4,
  Read = 5,
  ReadConflict = 6,
  Marker = 7,
  Gun = 8,
  Close = 9,
  Cancel = 10,
  Ruling = 11,
  ClockCorrection = 12,
  HandRead = 13,
  HandLine = 14,
  Note = 15,
  Undo = 16,
  Hide = 17,
  Publish = 18,
  RaceRuling = 19,
  Erase = 20,
};

/// Something that happened. Facts are only ever appended; everything official is a fold of them.
struct Fact {
  FactSeq seq;
  FactBody body;
};

[[nodiscard]] FactKind kind_of(const FactBody& body);
[[nodiscard]] const char* name_of(FactKind kind);  ///< "event", "ruling", "clock-correction" ...
[[nodiscard]] const char* name_of(RulingFact::Kind kind);      ///< "dsq", "accept-start" ...
[[nodiscard]] const char* name_of(RaceRulingFact::Kind kind);  ///< "shorten", "stop" ...
[[nodiscard]] const char* name_of(NoteKind kind);
[[nodiscard]] const char* name_of(NoteSubject subject);  ///< "help", "storm".
[[nodiscard]] std::optional<RulingFact::Kind> parse_ruling_kind(std::string_view text);
[[nodiscard]] std::optional<NoteKind> parse_note_kind(std::string_view text);
[[nodiscard]] std::optional<NoteSubject> parse_note_subject(std::string_view text);

/// What an entry is of whoever was erased.
inline void erase_person(EntrantFact& entry) {
  entry.person = {};
  entry.entrant.is_private = true;
}

/// What does not fit together in a fact: the key of the field, and a sentence.
struct Misfit {
  const char* key = "";
  std::string message;
};

/// What in a note does not fit what it is about; nothing where all does.
///
/// About help: by an official, an announcer or a volunteer, with a bib or more, without times.
/// About a storm: by an official, without bibs, with both times in their order or with none. A
/// remark has no times. Words, names and points are not looked at.
[[nodiscard]] std::optional<Misfit> misfit_of(const NoteFact& note);

/// What in a ruling about a race does not fit its kind; nothing where all does.
[[nodiscard]] std::optional<Misfit> misfit_of(const RaceRulingFact& ruling);

/// True for facts that a person made and may take back.
[[nodiscard]] bool is_made_by_person(FactKind kind);

}  // namespace hs::model
