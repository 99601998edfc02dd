#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/archive.h"
#include "history/linker.h"
#include "model/result.h"

namespace hs::engine {

/// An archive as linking sees it: everybody who has a name, race by race.
struct ArchiveRoll {
  history::Roll roll;
  std::vector<archive::ResultId> results;   ///< By record.
  std::vector<archive::RaceEntry> races;    ///< By the roll's race.
  std::vector<std::uint32_t> shown_names;   ///< By record, into `texts`; 0 where not asked for.
  std::vector<std::uint32_t> shown_places;  ///< The same.
  model::TextPool texts;                    ///< Names and places as they are shown.
  /// Races that the archive had not folded yet, by number.
  std::vector<std::pair<std::uint32_t, std::string>> new_folds;

  /// The record of a result; nothing where it has no name or is not in the archive.
  [[nodiscard]] std::optional<std::uint32_t> record_of(archive::ResultId result) const;
};

/// Reads an archive for linking, with everybody as they are shown. Cost: as docs/bench.md measures.
[[nodiscard]] base::Result<ArchiveRoll> load_roll(const archive::Archive& archive);

/// What became of an archive's results.
struct LinkReport {
  std::size_t results = 0;   ///< That were looked at: all, or those that were not linked yet.
  std::size_t to_known = 0;  ///< Linked to a person with results of other races.
  std::size_t alone = 0;     ///< Have nobody yet.
  std::size_t doubtful = 0;  ///< Have a doubt: may be somebody else's, and stay apart.
  std::size_t people = 0;    ///< In the archive now.
  bool is_everything = false;
};

enum class LinkWhat : std::uint8_t {
  WhatIsNew,  ///< Results without a person; all where the archive has grown to twice what was
              ///< learned.
  Everything,
};

/// Links an archive and stores what was found, in one transaction. People keep their numbers.
///
/// Errors: those of the archive; then nothing changed.
[[nodiscard]] base::Result<LinkReport> link_archive(archive::Archive& archive, LinkWhat what);

/// Whose an entry of an event is in an archive.
struct EntryLink {
  std::optional<archive::PersonId> person;  ///< Absent: nobody's who is known.
  archive::Probability probability;
};

/// Whose the entries of an event would be, were they results of races on its day. Nothing is
/// stored. A private entry is nobody's: who asks not to be named is not looked up.
///
/// Shape:  by EntrantId.
/// Errors: those of the archive.
/// Cost:   that of a race that is imported.
[[nodiscard]] base::Result<std::vector<EntryLink>> link_entries(const archive::Archive& archive,
                                                                const model::EventResults& results);

}  // namespace hs::engine
