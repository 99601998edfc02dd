#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "engine/event_folder.h"
#include "log/race_file.h"
#include "model/fact.h"
#include "model/result.h"
#include "scoring/scorer.h"

namespace hs::engine {

/// An entry that the list has changed, or taken out (`after` absent), or added (`before` absent).
struct EntryChange {
  std::optional<model::EntrantFact> before;
  std::optional<model::EntrantFact> after;
};

/// What taking in an event folder brought.
struct IngestReport {
  std::optional<model::Event> event_before;  ///< Set where the event file changed.
  std::optional<model::Event> event_after;
  bool event_changed = false;
  std::vector<EntryChange> entries;  ///< Empty on the first time: all are new.
  std::uint64_t lines = 0;           ///< In the read files.
  std::uint64_t reads_new = 0;
  std::uint64_t reads_known = 0;  ///< Already in the log before.
  std::uint64_t copies = 0;       ///< Came more than once in this pass.
  std::uint64_t conflicts = 0;
  std::uint64_t rulings_new = 0;
};

/// Called now and then while something long goes on, with how far it is.
using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;

/// What the name of a stream begins with that came over a wire: it is in no file, so that none can
/// be missing afterwards.
inline constexpr std::string_view kSentBy = "sent by ";

/// By device and epoch: the highest of its own numbers.
using DeviceNumbers = std::map<std::pair<std::string, std::string>, std::uint64_t>;

/// One event as it stands: the log of facts and everything folded from it. The only writer.
///
/// Errors:  whatever the log says; nothing of a failed call is stored or folded, but where `add`
///          erases and is told Busy.
/// Threads: one.
class RaceDay {
 public:
  /// Opens or makes the race file and folds what it holds.
  /// Errors: those of `log::RaceFile::open`; Corrupt for a fact that cannot be decoded.
  [[nodiscard]] static base::Result<RaceDay> open(const std::string& race_file,
                                                  scoring::Closing closing,
                                                  const log::OpenOptions& options = {});

  /// Opens or makes the race file and folds nothing: what comes is stored, and that is all, so that
  /// no fault in scoring stands in the way of a read. There are no results, no runner is known, and
  /// facts of persons are refused but a read by hand, whose bib nobody can look up now.
  /// Errors: those of `log::RaceFile::open`. Facts that cannot be decoded are passed over.
  [[nodiscard]] static base::Result<RaceDay> record_only(const std::string& race_file,
                                                         const log::OpenOptions& options = {});

  /// True where it was opened by `record_only`.
  [[nodiscard]] bool is_recording_only() const;

  /// Names the event where only reads are recorded and the race file has none yet, so that it is
  /// known which mats there are. Nothing is stored; an event of the race file stays.
  void record_as(model::Event event);

  /// What the race file holds now, copied: whatever is taken in or added is gone when it ends, and
  /// whoever writes the file is not in the way.
  /// Errors: those of `log::RaceFile::copy_in_memory`; Corrupt for a fact that cannot be decoded.
  [[nodiscard]] static base::Result<RaceDay> copy_in_memory(const std::string& race_file,
                                                            scoring::Closing closing);

  /// A race day whose log is gone when it ends.
  [[nodiscard]] static base::Result<RaceDay> in_memory(scoring::Closing closing);

  RaceDay(RaceDay&&) noexcept;
  RaceDay& operator=(RaceDay&&) noexcept;
  ~RaceDay();

  /// Appends what is new in the folder: the event if it changed, entries that changed, streams,
  /// reads by identity, markers, rulings. What was there before stays.
  ///
  /// Errors: DiskFull, Io. What was stored before an error stays stored: reads by batch, the
  ///         entries and the rulings each as a whole.
  [[nodiscard]] base::Result<IngestReport> take(const EventFolder& folder,
                                                const Progress& progress = {});

  /// Appends what devices sent: new streams, markers, and the reads of all in one commit. When this
  /// returns they are on the disk.
  ///
  /// Errors: DiskFull, Io. Reads are then stored by batch, as in `take`.
  [[nodiscard]] base::Result<IngestReport> take_live(std::span<const formats::ParsedStream> sent);

  /// The highest number of each device and epoch that numbers its reads, of all that is stored.
  /// Cost: O(reads) once, when the race day is opened.
  [[nodiscard]] const DeviceNumbers& device_numbers() const;

  /// Appends a fact that a person made, after checking that what it names exists. A hand read that
  /// is the same to the instant at which it was said is there once; it gives its number.
  /// Errors: NotFound for an unknown race, bib, wave, point, mat, device or fact; InvalidInput
  ///         where a fact does not fit (an undo of a read) or nobody signs it. Busy for one that
  ///         erases where a reader of the file keeps its journal: it is stored and the person gone
  ///         from the file, but not from the journal until they are erased again.
  [[nodiscard]] base::Result<model::FactSeq> add(const model::FactBody& body);

  /// Appends many, in one commit: all of them or none. Their numbers, in order.
  ///
  /// `once` names what a person did, so that the same asked for again under that name adds nothing
  /// and gives the numbers of the first time; empty: it is added however often it comes.
  /// Errors: those of `add`, for the first that does not fit.
  [[nodiscard]] base::Result<std::vector<model::FactSeq>> add_all(
      std::span<const model::FactBody> bodies, std::string_view once = {});

  /// What `add` checks, without adding.
  [[nodiscard]] base::Result<void> check(const model::FactBody& body) const;

  /// The race that a bib is in, where the caller named none.
  /// Errors: NotFound for a bib nobody has; InvalidInput where it is in several races.
  [[nodiscard]] base::Result<std::string> race_of(const model::BibNumber& bib) const;

  /// The event as its last fact has it, also while only recording; nothing before the first.
  [[nodiscard]] const model::Event* event() const;

  /// Everything as a snapshot, with what the last `take` found in the files.
  [[nodiscard]] model::EventResults results();

  /// Adds what `scoring::Scorer::add_overview` adds, with what the last `take` found in the files.
  void add_overview(model::EventResults& results);

  /// How often each read came again, where it did: by fact, rising.
  [[nodiscard]] const std::vector<log::CopyCount>& copies() const;

  [[nodiscard]] scoring::Scorer& scorer();
  [[nodiscard]] log::RaceFile& race_file();

 private:
  struct State;
  explicit RaceDay(std::unique_ptr<State> state);
  [[nodiscard]] static base::Result<RaceDay> fold(log::RaceFile file, scoring::Closing closing);
  std::unique_ptr<State> state_;
};

/// `FOLDER/NAME.race`, NAME being the folder's own name.
[[nodiscard]] std::string race_file_of(const std::string& folder);

}  // namespace hs::engine
