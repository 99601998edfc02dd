#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/sha256.h"
#include "model/fact.h"
#include "model/ids.h"
#include "model/read.h"

namespace hs::log {

/// A fact to append. The views must hold until the call returns; nothing is kept of them.
struct NewFact {
  model::FactKind kind = model::FactKind::Event;
  std::string_view body;      ///< Chained.
  std::string_view personal;  ///< A person's fields, outside the chain; empty: none.
  /// Names what can come twice (`model::identity_of`); absent: always new.
  std::optional<model::Identity> identity;
  std::uint32_t mark = 0;  ///< Says whether two of one identity say the same.
};

/// What became of one appended fact.
struct Appended {
  enum class What : std::uint8_t {
    New,       ///< Stored as `seq`.
    Copy,      ///< Fact `seq` has this identity and mark; nothing was stored.
    Conflict,  ///< Fact `seq` has this identity and another mark; nothing was stored.
  };
  What what = What::New;
  model::FactSeq seq;
};

/// A fact as stored. The views hold until the callback returns.
struct StoredFact {
  model::FactSeq seq;
  model::FactKind kind = model::FactKind::Event;
  std::string_view body;
  std::string_view personal;  ///< Empty: none, or erased.
};

/// Where the log stands. Equal heads mean equal facts, all of them.
struct Head {
  model::FactSeq last;   ///< 0 before the first fact.
  base::Digest chain{};  ///< All zero before the first commit.
};

/// How often a fact came again.
struct CopyCount {
  model::FactSeq seq;
  std::uint64_t count = 0;
};

/// What `verify` looked at.
struct Verified {
  std::uint64_t facts = 0;
  std::uint64_t commits = 0;
  std::uint64_t people = 0;  ///< Facts that have a person's fields.
  Head head;
};

enum class OpenMode : std::uint8_t {
  ReadWrite,  ///< Makes the file where there is none. One at a time, over all processes.
  ReadOnly,   ///< Any number, also while somebody writes.
};

struct OpenOptions {
  OpenMode mode = OpenMode::ReadWrite;
  const base::Clock* clock = nullptr;  ///< Stamps commits; absent: the system's. Must outlive.
  std::string vfs;  ///< SQLite's file layer by name, for tests that lie about the disk.
};

/// The log of a race: facts in order, appended in groups, never changed. `docs/race-file.md`
/// describes the file byte by byte. What a fact means is nothing that this class knows.
///
/// Errors:  DiskFull, Io: nothing of the call was stored, the file is as before and the next call
///          may succeed. Corrupt: names the fact; stop using the file.
/// Threads: one thread at a time.
class RaceFile {
 public:
  /// Opens or makes the race file at `path`, migrates an older schema, checks the last commits.
  ///
  /// Errors: Busy if another writer has it (also in this process); NotFound for reading what is
  ///         not there; Unsupported if a newer version made it; InvalidInput if it is no race
  ///         file; Corrupt, naming the fact, if one of the last commits does not match its
  ///         checksums; Io, DiskFull.
  /// Cost:   the last commits only. Identities are collected by the first whole `replay`, or by
  ///         the first `append` if that comes before.
  [[nodiscard]] static base::Result<RaceFile> open(const std::string& path,
                                                   const OpenOptions& options = {});

  /// A log without a file, gone when it is closed; all else is the same.
  [[nodiscard]] static base::Result<RaceFile> in_memory(const base::Clock* clock = nullptr);

  /// The log at `path` as it stands, copied into memory: it may be appended to, and neither the
  /// file nor its writer notices. For looking at an event that somebody else may be writing.
  ///
  /// Errors: those of opening `path` for reading; Io.
  /// Cost:   the size of the file, in memory too.
  [[nodiscard]] static base::Result<RaceFile> copy_in_memory(const std::string& path);

  RaceFile(RaceFile&&) noexcept;
  RaceFile& operator=(RaceFile&&) noexcept;
  ~RaceFile();

  /// Appends in one transaction: when this returns, what is new is on the disk, all or nothing.
  ///
  /// Shape:  one result a fact, in order. A fact of the same call counts as stored before.
  /// Errors: DiskFull, Io, Corrupt. On any error nothing of the call was stored.
  /// Cost:   about 2 us a fact and one fsync a call; batches of 100 are a good size.
  [[nodiscard]] base::Result<std::vector<Appended>> append(std::span<const NewFact> facts);

  using Visit = std::function<base::Result<void>(const StoredFact&)>;
  /// Hands out the facts from `from` on, in order, each with its CRC checked.
  ///
  /// Errors: Corrupt, naming the fact; those of `visit`, which end the replay.
  /// Cost:   about 0.3 us a fact.
  [[nodiscard]] base::Result<void> replay(const Visit& visit,
                                          model::FactSeq from = model::FactSeq(1)) const;

  /// Hands out the facts that have a person's fields, in order.
  /// Errors: those of `visit`, which end the walk; Io.
  /// Cost:   about 1 us such a fact; none for the others.
  [[nodiscard]] base::Result<void> visit_people(const Visit& visit) const;

  /// Where the log stands.
  [[nodiscard]] const Head& head() const;

  /// The fact that holds an identity, if any.
  [[nodiscard]] base::Result<std::optional<model::FactSeq>> find(const model::Identity& identity);

  /// When the commit that brought fact `seq` was recorded, by the computer's clock then.
  [[nodiscard]] base::Result<std::optional<base::RaceTime>> recorded_at(model::FactSeq seq) const;

  /// Checks everything: each fact's CRC, each commit's chain, the numbering, people's fields.
  /// Errors: Corrupt, naming the first fact that was changed, is missing or is too much.
  /// Cost:   about 1 us a fact.
  [[nodiscard]] base::Result<Verified> verify() const;

  /// Copies the file as it stands to `path`, safely while it is being written, by this object or
  /// by another process. A file already there is replaced when the copy is whole.
  /// Errors: InvalidInput if `path` is this very file; DiskFull, Io.
  [[nodiscard]] base::Result<void> backup(const std::string& path) const;

  /// Erases the person's fields of these facts, from the file and from its journal; the facts
  /// stay and the chain stays whole. Gives how many were there. Copies made earlier keep theirs.
  [[nodiscard]] base::Result<std::uint64_t> erase_personal(std::span<const model::FactSeq> facts);

  /// The cache of copy counts, by fact number. Lost with the cache tables and then empty.
  [[nodiscard]] base::Result<std::vector<CopyCount>> copies() const;
  /// Sets the counts of these facts; the others stay. Errors: DiskFull, Io.
  [[nodiscard]] base::Result<void> set_copies(std::span<const CopyCount> counts);

 private:
  class Impl;
  explicit RaceFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The version of the tables that this program writes.
inline constexpr int kSchemaVersion = 6;

}  // namespace hs::log
