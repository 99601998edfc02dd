#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "engine/change_feed.h"
#include "engine/race_day.h"
#include "engine/snapshot.h"
#include "formats/chip_file.h"
#include "model/fact.h"
#include "scoring/list_state.h"

namespace hs::engine {

/// Everything known at a fact, as a whole: what `scoring::Scorer::add_overview` says, and the
/// runners of a snapshot. It shares all that is large with that snapshot, and so do two overviews
/// with each other but for the runners that changed.
struct Overview {
  /// With its own numbers of entrants. Places of the finish alone; no `reads`, which are asked for
  /// one runner (`LiveEngine::reads_of`).
  model::EventResults results;
  std::vector<scoring::ListState> lists;  ///< By race: what sort of list its results are.
  base::RaceTime at;                      ///< When it was made.
  std::uint64_t edition = 0;              ///< As `Snapshot::edition`.
  std::vector<model::Fact> decisions;     ///< All facts that people made, in the order of the log.
  /// By the number of an entrant in a snapshot: the number in `results`; nothing for those it has
  /// not. Entries that a later snapshot knows may lie behind its end.
  std::vector<std::optional<model::EntrantId>> numbers;
};

/// What one source sent, parsed, on its way into the log.
struct Incoming {
  std::vector<formats::ParsedStream> streams;
  /// Called by the engine's thread once all of it is on the disk, or cannot be; before that nobody
  /// may be told that it has arrived. Must be quick and must not throw.
  std::function<void(const base::Result<void>&)> when_stored;
};

/// The single writer of a race while it runs: takes what devices and people bring, makes it
/// durable, folds it, and says what changed.
///
/// All that waits when the writer is free goes into one commit, so that many sources cost no more
/// syncs than one. Results are published as snapshots that nobody changes, at most every
/// `Options::snapshot_every`; changes are published with each commit.
///
/// What needs the whole race at once - the list of things to do, mats, clocks - comes as an
/// overview, some seconds old. To look over a large race costs as much as thousands of reads, so it
/// is done in pieces of `Options::overview_piece` between two commits, and takes at most one part
/// in `Options::overview_share` of the writer's time. What comes meanwhile is in some pieces and
/// not in others: official values are those of its last moment, advice may be those seconds older.
///
/// A full disk or a failed write stops nothing: what could not be stored is said to whoever brought
/// it, who keeps it and brings it again (spool.h), and the next commit is tried as ever.
///
/// Threads: one of its own; every function may be called from any, also while it ends.
class LiveEngine {
 public:
  struct Options {
    std::size_t most_waiting = 4096;  ///< `Incoming`s; then `submit` refuses.
    std::size_t most_changes = 100'000;
    base::Duration snapshot_every = std::chrono::milliseconds(20);
    /// A snapshot takes at most one part in this many of the writer's time, and an overview in its
    /// own.
    int snapshot_share = 4;
    base::Duration overview_every = std::chrono::seconds(4);  ///< At most.
    int overview_share = 20;
    base::Duration overview_piece = std::chrono::milliseconds(2);
    const base::Clock* clock = nullptr;  ///< Absent: the system's. Must outlive.
    /// What an archive knows of the entries as the day has them at the start (model/past.h); the
    /// overviews carry it. May be null.
    std::shared_ptr<const model::Past> past;
    /// Called by the engine's thread behind each commit; must be quick. May be empty.
    std::function<void()> committed;
  };

  /// Takes the race over and starts the thread. The first snapshot is there at once.
  LiveEngine(RaceDay day, const Options& options);
  /// Stores all that waits, then ends.
  ~LiveEngine();
  LiveEngine(const LiveEngine&) = delete;
  LiveEngine& operator=(const LiveEngine&) = delete;

  /// Hands over what a source sent. False where too much waits already: nothing was taken, and the
  /// source brings it again from its spool; a socket is never blocked by it.
  [[nodiscard]] bool submit(Incoming incoming);

  /// Adds a fact that a person made and waits until it is stored.
  /// Errors: those of `RaceDay::add`.
  [[nodiscard]] base::Result<model::FactSeq> add(const model::FactBody& body);

  /// Adds many, in one commit: all or none. Their numbers, in order. What came before under the
  /// same `once` is not added again.
  /// Errors: those of `RaceDay::add_all`.
  [[nodiscard]] base::Result<std::vector<model::FactSeq>> add_all(
      std::vector<model::FactBody> bodies, std::string once);

  /// Takes in what changed in the event folder since it was last taken: the event, entries,
  /// rulings, read files. Waits until it is stored. What came over a wire stays. Where the event
  /// changed, whoever follows the changes is told to read everything anew.
  /// Errors: Unsupported where the event file changed in what has to stay (event_change.h), or
  ///         while only recording: nothing was taken; those of `RaceDay::take`.
  [[nodiscard]] base::Result<IngestReport> take(EventFolder folder);

  /// True where reads are stored and nothing is folded (`RaceDay::record_only`).
  [[nodiscard]] bool is_recording_only() const;

  [[nodiscard]] ChangeFeed& changes();
  [[nodiscard]] const ChangeFeed& changes() const;

  /// How the race stands. Never null; holds as long as somebody holds it.
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;

  /// Everything, official and advisory. Made anew at once after a fact that a person made. Never
  /// null.
  [[nodiscard]] std::shared_ptr<const Overview> overview() const;

  /// What became of each read of an entrant of a snapshot, as it is now; waits until the writer has
  /// a moment. Numbers of entrants are those of snapshots.
  /// Errors: NotFound where there is no such entrant (any more); Busy at the end.
  [[nodiscard]] base::Result<std::vector<model::ReadView>> reads_of(model::EntrantId id);

  /// The highest number of a device's stream in the log; nothing where it has none.
  [[nodiscard]] std::optional<std::uint64_t> last_stored(std::string_view device,
                                                         std::string_view epoch) const;

  /// Waits until everything submitted before is stored and in the snapshot and the overview. For
  /// tests and the end.
  void settle();

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::thread thread_;
};

}  // namespace hs::engine
