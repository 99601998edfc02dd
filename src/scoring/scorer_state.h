#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/fact.h"
#include "model/result.h"
#include "scoring/clock_map.h"
#include "scoring/course.h"
#include "scoring/read_store.h"
#include "scoring/runner_fold.h"
#include "scoring/scorer.h"
#include "scoring/standings.h"
#include "scoring/tag_table.h"

// The inside of the scorer, shared by the files that implement it (scorer.cc, scorer_fold.cc,
// scorer_snapshot.cc, verdicts.cc). Not for other folders.

namespace hs::scoring {

class Survey;
struct Bound;

struct StreamState {
  bool known = false;  ///< A stream fact was seen.
  model::Stream stream;
  ClockMap clock;
  MatIndex mat;
  std::uint32_t device = 0;  ///< Equal for streams of one device and epoch.
  bool corrected = false;    ///< An accepted correction holds.
  bool has_reads = false;
};

struct HandRead {
  model::FactSeq seq;
  MatIndex mat;
  base::RaceTime at;
};

/// One entry with everything folded of it.
struct EntrantState {
  /// As it counts: moved and with other chips, by rulings. Never null behind the entry's first
  /// fact.
  std::shared_ptr<const model::Entrant> entrant;
  std::shared_ptr<const model::Entrant> entered;  ///< As the entry list has it; null: just so.
  bool is_entry_new = false;                      ///< `entered` is not yet in `entrant`.
  bool listed = true;                             ///< Still in the entry list.
  bool live = true;                               ///< Listed, and not one with another by a ruling.
  std::vector<std::string> names;  ///< Other keys that are this entry now; see relations.cc.
  std::vector<model::BibNumber> also_bibs;  ///< Of entries that are one with this one.
  std::optional<model::RaceId> race;        ///< Absent where the event has no such race.
  std::optional<model::DivisionId> division;
  std::vector<TagIndex> tags;
  std::vector<HandRead> hand_reads;
  std::unique_ptr<Decisions> decided;  ///< Null: nobody ruled, as of nearly everybody.
  std::optional<std::uint32_t> heat;   ///< Dead heat they are part of.
  RunnerFold fold;
  bool dirty = true;

  [[nodiscard]] const model::Entrant& as_entered() const { return entered ? *entered : *entrant; }
  [[nodiscard]] const Decisions& decisions() const;
  /// The same, to be added to.
  Decisions& own_decisions();
};

/// A fact that a person made, and whether it still holds.
struct PersonFact {
  model::Fact fact;
  bool active = true;
};

struct RaceState {
  std::vector<std::pair<model::Mode, Course>> courses;
  std::vector<bool> mats;  ///< By MatIndex: some timed point uses it.
  bool close_fact = false;
  bool closes_passed = false;  ///< A read after `closes` was seen.
  bool cancelled = false;
  std::optional<model::FactSeq> shortened;
  std::optional<StopRuling> stop;
  std::vector<NeutralPart> neutral;
  std::vector<model::RelayLeg> legs;  ///< Empty: no relay.
  std::optional<base::RaceTime> first_gun;
  base::SharedVector<model::Split> no_splits;  ///< Of whoever was heard nowhere; shared by all.
  RaceStandings standings;
};

/// Everybody's places: by race, point, and row of that race's standings.
using PlaceTable = std::vector<std::vector<std::vector<model::Places>>>;

struct ScorerState : TieSource {
  explicit ScorerState(Closing how);
  ~ScorerState() override;

  // --- facts as they came -----------------------------------------------------------------
  Closing closing;
  model::FactSeq as_of;
  model::Event configured;  ///< As the event fact has it.
  bool has_event = false;
  std::vector<StreamState> streams;  ///< By raw StreamId.
  ReadStore reads;
  TagTable tags;
  std::vector<std::vector<model::EntrantId>> owners_of_tag;      ///< By TagIndex: live entries.
  std::vector<EntrantState> entrants;                            ///< By EntrantId.
  base::SharedRows<model::Person> persons;                       ///< The same; nothing scores them.
  std::unordered_map<std::string, model::EntrantId> entrant_of;  ///< By race + NUL + bib.
  std::unordered_set<std::string> erased;                        ///< By the same key.
  std::vector<PersonFact> person_facts;
  std::unordered_map<std::string, std::vector<std::size_t>> facts_about;  ///< By the same key.
  std::vector<model::Fact> markers;
  std::vector<std::pair<model::FactSeq, model::ReadConflictFact>> conflicts;
  std::vector<model::HandLineFact> hand_lines;  ///< As they came.
  /// Rulings that bind entries to one another (moves, merges, swaps, dead heats), by index into
  /// `person_facts`, those taken back as well.
  std::vector<std::size_t> binding;
  /// Keys that are another entry now; those in nobody's list are themselves.
  std::unordered_map<std::string, model::EntrantId> bound_names;
  std::vector<model::EntrantId> bound;                       ///< Who differs from their entry.
  std::vector<std::pair<std::size_t, const char*>> unbound;  ///< Binds nobody, and why.

  // --- derived, for the whole event ---------------------------------------------------------
  model::Event event;  ///< `configured` with the guns as they hold.
  MatTable mats;
  std::vector<RaceState> races;
  std::vector<GunWindow> guns;
  std::optional<base::RaceTime> ends;
  std::optional<base::RaceTime> last_read;  ///< Latest read inside the event: what `closes` asks.
  std::unordered_map<std::string, std::uint32_t> device_numbers;
  std::map<std::uint32_t, std::vector<model::EntrantId>> heats;  ///< Members by heat number.

  // --- what has to be folded again ------------------------------------------------------------
  bool event_dirty = false;   ///< Guns, races, mats: everybody.
  std::uint64_t derived = 0;  ///< How often the event was derived: numbers of points hold between.
  std::vector<model::EntrantId> dirty;
  std::size_t folded_last = 0;
  /// Folded since somebody asked last; absent while nobody asks.
  std::optional<std::vector<model::EntrantId>> folded_since;
  FoldWork work;                   ///< Scratch.
  std::unique_ptr<Survey> survey;  ///< Under way; null: none is.

  // scorer.cc: taking facts
  void take(model::FactSeq seq, const model::EventFact& fact);
  void take(model::FactSeq seq, const model::EntrantFact& fact);
  void take(model::FactSeq seq, const model::EntrantRemovedFact& fact);
  void take(model::FactSeq seq, const model::EraseFact& fact);
  void take(model::FactSeq seq, const model::StreamFact& fact);
  void take(model::FactSeq seq, const model::ReadFact& fact);
  void take(model::FactSeq seq, const model::ReadConflictFact& fact);
  void take(model::FactSeq seq, const model::MarkerFact& fact);
  void take(model::FactSeq seq, const model::HandLineFact& fact);
  template <typename Body>
  void take(model::FactSeq seq, const Body& fact) {
    take_person_fact(seq, fact);
  }
  void take_person_fact(model::FactSeq seq, model::FactBody body);
  void take_read(model::FactSeq seq, const model::Read& read);

  StreamState& stream_at(model::StreamId id);
  void correct_reads_of(std::uint32_t stream);
  TagIndex intern(const model::TagCode& tag, model::ReadBy by);
  void touch(model::EntrantId id);
  void touch_owners(TagIndex tag);
  void set_tags(EntrantState& state, model::EntrantId id);
  void touch_subject(const model::FactBody& body);
  void touch_key(const std::string& key);

  // relations.cc: who is who
  void relate();
  void regroup_heats();
  void rebind(model::EntrantId id, const Bound* as);
  void leave_orders(const EntrantState& state, model::EntrantId id);
  /// Whoever a key means now: the one who moved there or took the entry over, else the one entered.
  [[nodiscard]] std::optional<model::EntrantId> whoever(const std::string& key) const;
  void weigh_undos();
  void spread(const PersonFact& changed);

  // scorer_fold.cc: deriving and folding
  void derive_event();
  void derive_mats();
  void derive_guns();
  void derive_races();
  void derive_race_rulings(std::size_t race);
  void derive_corrections();
  void derive_last_read();
  void note_last_read(base::RaceTime at);
  void place_entrant(EntrantState& state);
  void decide(EntrantState& state);
  void decide_one(const PersonFact& fact, EntrantState& state);
  void decide_assisted(model::FactSeq seq, const model::RulingFact& ruling,
                       EntrantState& state) const;
  void decide_ruling(model::FactSeq seq, const model::RulingFact& ruling, EntrantState& state);
  [[nodiscard]] LegSet legs_of(const EntrantState& state, TagIndex tag) const;
  void gather(const EntrantState& state, FoldWork& into) const;
  void fold(model::EntrantId id);
  void settle();
  [[nodiscard]] const Course& course_of(const EntrantState& state) const;
  [[nodiscard]] RaceContext context_of(model::RaceId race) const;
  [[nodiscard]] bool is_ambiguous(TagIndex tag, model::RaceId race) const;
  [[nodiscard]] bool in_event(base::RaceTime at) const;
  /// Who stands among others and with which times; these are in `times` until the next call.
  [[nodiscard]] Member member_of(model::EntrantId id,
                                 std::vector<std::optional<base::Duration>>& times) const;
  void rank_all();
  void rank_touched();
  [[nodiscard]] std::optional<base::Duration> ranking_time(const EntrantState& state,
                                                           std::size_t point) const;
  [[nodiscard]] TieInfo tie(model::EntrantId entrant, std::size_t point) const override;

  // scorer_snapshot.cc: giving results
  [[nodiscard]] model::RunnerResult result(model::EntrantId id) const;
  [[nodiscard]] model::RunnerResult unplaced_result(model::EntrantId id) const;
  [[nodiscard]] PlaceTable place_table() const;
  [[nodiscard]] std::vector<model::EntrantId> listed() const;
  [[nodiscard]] std::vector<model::RunnerResult> results(
      const std::vector<model::EntrantId>& listed) const;
  void add_races(model::EventResults& out) const;
  void add_said(model::EventResults& out) const;
};

/// The key of `entrant_of` and `facts_about`.
[[nodiscard]] std::string entry_key(std::string_view race, const model::BibNumber& bib);

}  // namespace hs::scoring
