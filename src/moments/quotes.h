#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/moment.h"
#include "moments/field_view.h"

namespace hs::moments {

/// Shorter than this (bytes) somebody's words say nothing.
inline constexpr std::size_t kLeastWords = 12;

/// True where a runner's own words of before the race may be told: they want it (`tell`), are
/// grown up and in, and nothing about their result is open.
[[nodiscard]] bool may_quote(const FieldView& view, std::size_t row);

/// True where the entry list says that this race is a first and the runner says why they run.
[[nodiscard]] bool tells_of_a_first(const model::Person& person);

/// Keeps what a shelf of words holds: the ten who were on the course longest, they first.
void keep_longest(const FieldView& view, std::vector<std::size_t>& rows);

/// Why a note is not told.
enum class Hold : std::uint8_t {
  Private,       ///< Somebody it names is private.
  Hidden,        ///< ... or an official wants nothing told of them.
  Minor,         ///< ... or a minor.
  NotIn,         ///< ... or not among the finishers on foot of the race.
  OnlyJustIn,    ///< ... or in only just now, while the race goes on.
  OpenQuestion,  ///< A question about the reads of somebody it names waits for a person.
  WithoutTell,   ///< A runner's own note, and the runner did not ask to be told of.
  HelpNotRuled,  ///< The rules penalise help and the referee has not closed the case of each.
};

[[nodiscard]] const char* name_of(Hold hold);  ///< "private", "help-not-ruled" ...

/// A reason, and whom it is about; the first named of them.
struct Held {
  Hold why = Hold::Private;
  std::optional<model::BibNumber> bib;  ///< Nobody where it is about all.
};

/// What people wrote that may be quoted beside the moments of one race: signed notes about its
/// finishers, and the causes and dedications of those who want them told.
///
/// A note is held where one of those it names may not be told of (private, a minor, not in, in only
/// just now), where the rules penalise help and the referee has not closed the case of each of them
/// (nobody but a reader can say whether a note speaks of help), and a runner's own note without
/// their `tell`.
class Quotes {
 public:
  /// `view` outlives it. Cost: O(rows + notes).
  explicit Quotes(const FieldView& view);

  /// Adds as evidence one note, that which names most of the people first, then the officials'
  /// first; and the first cause or dedication.
  void add_to(model::Moment& moment) const;

  /// The first note that names all of `people`, whether held or not; null where none does.
  [[nodiscard]] const model::Note* about_all(std::span<const model::EntrantId> people) const;

  /// The same among the notes that bear witness to help.
  [[nodiscard]] const model::Note* witness_of(std::span<const model::EntrantId> people) const;

  /// Why a note is held; nothing where it may be told.
  [[nodiscard]] std::optional<Held> why_held(const model::Note& note) const;

  [[nodiscard]] bool is_held(const model::Note& note) const { return why_held(note).has_value(); }

 private:
  [[nodiscard]] Hold why_not_told(std::size_t row) const;
  [[nodiscard]] Hold why_no_row(const model::BibNumber& bib) const;
  [[nodiscard]] std::vector<model::EntrantId> named_in(const model::Note& note) const;
  [[nodiscard]] bool names_all(const model::Note& note,
                               std::span<const model::EntrantId> people) const;
  void add_note(model::Moment& moment) const;
  void add_own_words(model::Moment& moment) const;

  const FieldView& view_;
  std::map<model::BibNumber, std::size_t> row_of_;  ///< Of those named in notes.
  std::vector<const model::Note*> notes_;  ///< That name somebody of this race, officials' first.
};

}  // namespace hs::moments
