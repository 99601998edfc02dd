#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "model/fact.h"
#include "model/result.h"
#include "scoring/hand_lists.h"
#include "scoring/runner_fold.h"
#include "scoring/standings.h"

namespace hs::scoring {

/// Whether races that no fact closed count as open or closed.
enum class Closing {
  ByFacts,  ///< Only a close fact, or a read after `closes`, closes a race.
  Assume,   ///< The files are complete: every race is closed.
};

struct ScorerState;

/// A runner in an order.
struct Ranked {
  model::EntrantId entrant;
  model::Places places;
};

/// The official fold: facts in, results out. Pure: no clock, disk, network, thread or locale.
///
/// The same facts give the same official results, byte for byte, however they were grouped; what a
/// fact about one runner changes is that runner and the orders they stand in.
///
/// Units:   instants and times in microseconds; nothing is rounded before ranking.
/// Order:   facts in the order of the log. Reads may arrive in any order among themselves.
/// Errors:  none. Facts that make no sense (a ruling for an unknown bib) are listed, not refused.
/// Threads: one writer; const functions are safe while nobody writes.
/// Cost:    `apply` of a fact about one runner and `settle` after it: under 1 ms with 60,000
///          runners; a fact about a race folds that event's runners again. See bench/.
class Scorer {
 public:
  explicit Scorer(Closing closing = Closing::ByFacts);
  ~Scorer();
  Scorer(Scorer&&) noexcept;
  Scorer& operator=(Scorer&&) noexcept;

  /// Takes one fact. Nothing is computed until somebody asks, or `settle` is called.
  void apply(const model::Fact& fact);

  /// The quick way in for reads, the bulk of all facts.
  void apply_read(model::FactSeq seq, const model::Read& read);

  /// Folds what changed and puts all orders right. Called by every function below that needs it.
  void settle();

  /// How many runners the last `settle` folded: what a change cost.
  [[nodiscard]] std::size_t folded_last() const;

  /// Whoever was folded since the last call, or since the first, by rising id, once each; also
  /// those taken out of the list. The first call only begins to count and gives nobody.
  [[nodiscard]] std::vector<model::EntrantId> take_folded();

  [[nodiscard]] model::FactSeq as_of() const;
  [[nodiscard]] std::size_t runner_count() const;

  /// One runner's official result with places. Precondition: a live id below `runner_count()`.
  [[nodiscard]] model::RunnerResult result(model::EntrantId id);

  /// The same without places, here and at every point: what hangs on nobody else.
  [[nodiscard]] model::RunnerResult unplaced_result(model::EntrantId id);

  /// What became of each read of one runner, with the numbers of this scorer. Nothing of one that
  /// is not in the list. Order: by race time, then fact number.
  [[nodiscard]] std::vector<model::ReadView> reads_of(model::EntrantId id);

  /// Whoever is placed at a point of a race, best first; equal ones by id. Nobody at the start.
  /// Cost: a walk over the orders of that point.
  [[nodiscard]] std::vector<Ranked> ranked(model::RaceId race, std::size_t point);

  /// True where the race takes nobody in any more.
  [[nodiscard]] bool is_closed(model::RaceId race);
  [[nodiscard]] bool is_cancelled(model::RaceId race);

  /// The event as the last event fact has it; nothing before the first.
  [[nodiscard]] const model::Event* event() const;

  /// The event as it holds now: with guns that moved, and races as rulings shortened them.
  [[nodiscard]] const model::Event* event_now();

  /// An entry as its last fact and rulings have it, by the scorer's own number (below
  /// `runner_count()`).
  [[nodiscard]] const model::Entrant& entrant(model::EntrantId id) const;
  [[nodiscard]] const model::Person& person(model::EntrantId id) const;
  /// The same, for whoever wants to keep them; a later fact makes others.
  [[nodiscard]] std::shared_ptr<const model::Entrant> shared_entrant(model::EntrantId id) const;
  [[nodiscard]] std::shared_ptr<const model::Person> shared_person(model::EntrantId id) const;
  [[nodiscard]] bool is_live(
      model::EntrantId id) const;  ///< In the list, and not one with another.

  /// The entry list as its last facts have it, whatever rulings made of the entries since.
  [[nodiscard]] const model::Entrant& entered(model::EntrantId id) const;
  [[nodiscard]] bool is_listed(model::EntrantId id) const;
  [[nodiscard]] std::optional<model::EntrantId> find_entry(std::string_view race,
                                                           const model::BibNumber& bib) const;

  /// True of an entry whose person was erased, entered or not.
  [[nodiscard]] bool is_erased(std::string_view race, const model::BibNumber& bib) const;

  /// All facts that persons made, in the order of the log, those taken back as well.
  [[nodiscard]] std::vector<model::Fact> decisions() const;

  /// What kind of fact a number is: a read, or one that a person made; nothing for all others.
  [[nodiscard]] std::optional<model::FactKind> kind_of_fact(model::FactSeq seq) const;

  /// True where the read came from a chip (or bib) of this entry.
  [[nodiscard]] bool is_read_of(model::FactSeq read, model::EntrantId id) const;

  /// True for a fact that a person made and nobody has taken back.
  [[nodiscard]] bool holds(model::FactSeq seq) const;

  /// The entry of a bib in a race, as rulings have it; nothing where it is not there.
  [[nodiscard]] std::optional<model::EntrantId> find(std::string_view race,
                                                     const model::BibNumber& bib) const;

  /// Everybody's official result with places, by rising id; those taken out of the list left out.
  /// Cost: that of a walk over all orders, far less than `result` of each.
  [[nodiscard]] std::vector<model::RunnerResult> results();

  /// Everything, official and advisory, as a snapshot with compact ids.
  [[nodiscard]] model::EventResults snapshot();

  /// Looks over a further piece of the race, for `add_overview`. True once all of it was looked at;
  /// the next call begins anew where `add_overview` or `forget_survey` came between.
  /// Cost: about a hundred runners and their reads.
  [[nodiscard]] bool survey_some();
  /// Gives up what was looked at: it is wanted of one moment, and something came between.
  void forget_survey();

  /// What `snapshot` says of the race as a whole, for whoever has its runners already: `results`
  /// holds the listed ones by rising id, numbered anew from 0, with their entries. Adds all that is
  /// advised, by the survey that just ended, and all that people said. Left out is what a page
  /// about a race under way does not show at once: `reads` (see `reads_of`), `awards`, `hash`, and
  /// those not placed in `order`.
  /// Cost: O(runners), some milliseconds for the largest race.
  void add_overview(model::EventResults& results);

  /// Lists of hand timing as they lie now, for a person to bring together.
  /// Cost: O(lines log lines).
  [[nodiscard]] HandTiming hand_timing();

  /// How many lines of hand timing there are.
  [[nodiscard]] std::size_t hand_line_count() const;

  /// The official values alone: what `results_hash` covers. Cheaper than `snapshot`.
  [[nodiscard]] model::EventResults official();

 private:
  std::unique_ptr<ScorerState> state_;
};

}  // namespace hs::scoring
