#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/fields.h"
#include "archive/people.h"
#include "base/result.h"
#include "base/sha256.h"
#include "model/published.h"

namespace hs::archive {

/// How an archive is opened.
enum class Access : std::uint8_t {
  Create,  ///< To write; made where it is not there.
  Read,
};

/// What happens to a race whose id the archive has already.
enum class IfKnown : std::uint8_t {
  Refuse,  ///< Unless it is the same in every field.
  Replace,
};

enum class Put : std::uint8_t {
  Added,
  Unchanged,  ///< The archive had the same, down to the last split.
  Replaced,
};

/// A race of the archive, without its results.
struct RaceEntry {
  std::string id;
  std::string name;
  base::Date date;
  std::uint64_t results = 0;
  std::uint32_t number = 0;  ///< What `ResultId` calls it; kept when the race is replaced.
  bool is_interrupted = false;
  std::optional<base::Distance> distance;  ///< Where the file tells it.
};

/// `ARCHIVE.db`: the published results of many races, in one SQLite file (docs/archive.md).
///
/// What was put is read back equal (`model::same_content`). A race goes in whole or not at all: a
/// crash or a full disk leaves the archive as it was. Nothing else lies beside the file but for the
/// time of a write.
///
/// Threads: one at a time. Processes: many readers or one writer; who finds another waits up to
///          five seconds and is then told Busy.
/// Cost:    measured in docs/bench.md.
class Archive {
 public:
  /// Errors: NotFound (only for `Read`); InvalidInput if the file is no archive; Unsupported if a
  ///         newer version made it, or an older one whose archive has to be opened for writing
  ///         once; DiskFull, Busy, Io.
  [[nodiscard]] static base::Result<Archive> open(const std::string& path, Access access);

  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  /// Puts a race in one transaction. `progress` is told the share done, 0 to 1; may be empty.
  /// Whoever was forgotten in this race goes in without a name.
  ///
  /// Errors: InvalidInput if a race of this id is there with another content and `if_known` is
  ///         Refuse; DiskFull, Busy, Io. After an error the archive is as before.
  [[nodiscard]] base::Result<Put> put(const model::PublishedRace& published, IfKnown if_known,
                                      const std::function<void(double)>& progress = {});

  /// All races by date, then id.
  [[nodiscard]] base::Result<std::vector<RaceEntry>> races() const;

  /// One race with all it holds. Errors: NotFound, naming the races there are; Corrupt.
  [[nodiscard]] base::Result<model::PublishedRace> race(std::string_view id) const;

  /// A person with every result. Errors: NotFound; Corrupt.
  [[nodiscard]] base::Result<Person> person(PersonId id) const;

  /// People whose names have all the words of `text`, whatever the order, case and accents; the
  /// last word may be cut short. Who has a word as it stands comes first, then who has more
  /// results.
  ///
  /// Shape: at most `limit`. Nothing for a text without letters.
  /// Cost:  made for asking at each key that is pressed; measured in docs/bench.md.
  [[nodiscard]] base::Result<std::vector<PersonHit>> find_people(std::string_view text,
                                                                 std::size_t limit) const;

  /// The person of a result; nothing where it is not linked yet, or has no name.
  [[nodiscard]] base::Result<std::optional<PersonId>> person_of(ResultId result) const;

  /// Every result that has a name, by id; of what each says, who ran and not how. `of_race`: of
  /// this race alone. The views hold for the call.
  [[nodiscard]] base::Result<void> each_named(
      const std::function<void(const NamedResult&)>& visit,
      std::optional<std::uint32_t> of_race = std::nullopt) const;

  /// The same of these results, in their order; those that are not there are left out.
  /// Cost: a look-up each; the cheaper the more they rise.
  [[nodiscard]] base::Result<void> each_named(
      std::span<const ResultId> results,
      const std::function<void(const NamedResult&)>& visit) const;

  /// How every result of a race ended, by id.
  [[nodiscard]] base::Result<void> each_timed(
      std::uint32_t of_race, const std::function<void(const TimedResult&)>& visit) const;
  /// The same of these results, in their order; those that are not there are left out.
  /// Cost: a look-up each.
  [[nodiscard]] base::Result<void> each_timed(
      std::span<const ResultId> results,
      const std::function<void(const TimedResult&)>& visit) const;

  /// Every link, by result.
  [[nodiscard]] base::Result<void> each_link(const std::function<void(const Link&)>& visit) const;

  /// What linking keeps of a race; nothing where it never saw it, or not since it was replaced or
  /// somebody of it forgotten.
  [[nodiscard]] base::Result<std::optional<std::string>> fold_of(std::uint32_t race,
                                                                 std::uint32_t edition) const;

  /// Whose results have changed behind the links: a race was replaced, or somebody forgotten.
  [[nodiscard]] base::Result<std::vector<PersonId>> stale_people() const;

  /// Stores what linking found, in one transaction. Errors: DiskFull, Busy, Io; then nothing
  /// changed.
  [[nodiscard]] base::Result<void> store_links(const LinkChange& change);

  /// What linking learned when it learned last; empty where it never did.
  [[nodiscard]] base::Result<std::string> link_model() const;

  /// All doubts, the likeliest first; at most `limit`.
  [[nodiscard]] base::Result<std::vector<Doubt>> doubts(std::size_t limit) const;

  /// The result that a name means. Errors: NotFound; InvalidInput where several have this bib.
  [[nodiscard]] base::Result<ResultId> result_named(const ResultName& name) const;

  /// Keeps what somebody said. The links follow when they are next computed, and every time after.
  [[nodiscard]] base::Result<void> add_word(const PersonWord& word);
  [[nodiscard]] base::Result<std::vector<PersonWord>> words() const;

  /// Takes a person's name, place and everything else that tells who it is out of these results,
  /// and keeps salted digests by which another import of the same race knows not to bring them
  /// back. The times and places stay, since others ran against them. Errors: NotFound; DiskFull,
  /// Busy, Io.
  [[nodiscard]] base::Result<void> forget(std::span<const ResultId> results);

  /// The middle of every field, by race number, then all, F, M, X.
  [[nodiscard]] base::Result<std::vector<FieldFigures>> fields() const;

  /// The fastest of that sex and age in every race that has one, by race number.
  [[nodiscard]] base::Result<std::vector<AgeBest>> age_bests(model::Sex sex, int age) const;

 private:
  struct Impl;
  [[nodiscard]] base::Result<void> add_missing_fields();
  explicit Archive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// What tells one content of a race from another: the SHA-256 of all its fields. The order of the
/// texts in its pool does not count.
[[nodiscard]] base::Digest content_of(const model::PublishedRace& race);

}  // namespace hs::archive
